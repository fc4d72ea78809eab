"""The part of ``wizard`` that goes to the browser: the engine, and the model written out as Python.

Writing the model as the records' own ``repr`` needs no reader on the other side: it is byte-compiled with
the rest, and the browser needs nothing beyond the standard library.
"""

import shutil
from dataclasses import is_dataclass
from pathlib import Path

import wizard.model as records
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
    """Write the package for the browser under ``folder`` and give ``folder`` back."""
    model = core(model)
    pakket = folder / "wizard"
    shutil.rmtree(pakket, ignore_errors=True)
    pakket.mkdir(parents=True)
    bron = Path(records.__file__).parent
    for naam in KERN:
        (pakket / f"{naam}.py").write_bytes((bron / f"{naam}.py").read_bytes())
    namen = ", ".join(sorted(naam for naam, waarde in vars(records).items() if is_dataclass(waarde)))
    inhoud = f'"""The model, written by the build."""\n\nfrom wizard.model import {namen}\n\nMODEL = {model!r}\n'
    (pakket / "inhoud.py").write_text(inhoud, encoding="utf-8")
    return folder
