"""The part of ``wizard`` that goes to the browser: the engine, and the model written out as Python.

Writing the model as the records' own ``repr`` needs no reader on the other side: it is byte-compiled with
the rest, and the browser needs nothing beyond the standard library.
"""

import contextlib
from dataclasses import is_dataclass
from pathlib import Path

import wizard.model as records
from wizard.kept import replace
from wizard.load import core
from wizard.model import Model

KERN = (
    "__init__",
    "hint",
    "model",
    "diagram",
    "engine",
    "schrijver",
    "advies",
    "agenda",
    "share",
    "verslag",
    "what_if",
    "browser",
)
"""The modules that the browser needs; the others read content or build the site."""


def stage(model: Model, folder: Path) -> Path:
    """Write the package for the browser under ``folder`` and give ``folder`` back.

    What is right already stays untouched: another build of the same content may be reading it.
    """
    model = core(model)
    bron = Path(records.__file__).parent
    bestanden = {f"{naam}.py": (bron / f"{naam}.py").read_bytes() for naam in KERN}
    namen = ", ".join(sorted(naam for naam, waarde in vars(records).items() if is_dataclass(waarde)))
    inhoud = f'"""The model, written by the build."""\n\nfrom wizard.model import {namen}\n\nMODEL = {model!r}\n'
    bestanden["inhoud.py"] = inhoud.encode()
    pakket = folder / "wizard"
    for naam, tekst in bestanden.items():
        if not (pakket / naam).is_file() or (pakket / naam).read_bytes() != tekst:
            replace(pakket / naam, tekst)
    for over in pakket.rglob("*"):
        if over.is_file() and over.relative_to(pakket).as_posix() not in bestanden:
            with contextlib.suppress(FileNotFoundError):
                over.unlink()
    return folder
