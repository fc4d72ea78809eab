"""The folders that are measured: the site, the folder without a server, and the other ways to the same Python."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.files import metered
from wizard.browser import answer
from wizard.load import load
from wizard.model import Model
from wizard.site import npm
from wizard.site.core import stage

ROOT = Path(__file__).parents[2]
CONTENDERS = Path(__file__).with_name("contenders")
AGAINST = "/tegen/"
WHEEL = "wizard-0-py3-none-any.whl"
PYTHON_FILES = "wizard.zip"
TABLE = "fase"


class BouwFout(Exception):
    """The site could not be built; the message is what MkDocs said."""


def build(folder: Path, *, offline: bool = False) -> Path:
    """Build the site strictly into ``folder``, for a host or (``offline``) to open from disk."""
    bouw = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    omgeving = os.environ | {"OFFLINE": "true" if offline else ""}
    gedaan = subprocess.run(  # noqa: S603 - our own build
        bouw, cwd=ROOT, capture_output=True, text=True, check=False, env=omgeving
    )
    if gedaan.returncode:
        raise BouwFout(gedaan.stdout + gedaan.stderr)
    return folder


def folders(site: Path, work: Path) -> Mapping[str, Path]:
    """Give the folders to serve, by prefix of the address, with the contenders' files written under ``work``."""
    modules = npm.install(ROOT)
    return {
        "/": site,
        AGAINST: CONTENDERS,
        f"{AGAINST}pyodide/": modules / "pyodide",
        f"{AGAINST}pyscript/": modules / "@pyscript/core/dist",
        f"{AGAINST}micropython/": modules / "@micropython/micropython-webassembly-pyscript",
        f"{AGAINST}wizard/": package(load(ROOT / "content"), work),
    }


def package(model: Model, work: Path) -> Path:
    """Write what the contenders ask: the wegwijzer as a plain wheel, its first answer, and a table in JSON."""
    source, target = stage(model, work / "kern"), work / "wizard"
    target.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target / WHEEL, "w", zipfile.ZIP_DEFLATED) as wheel:
        for file in sorted((source / "wizard").glob("*.py")):
            wheel.write(file, f"wizard/{file.name}")
        wheel.writestr("wizard-0.dist-info/METADATA", "Metadata-Version: 2.1\nName: wizard\nVersion: 0\n")
        wheel.writestr("wizard-0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("wizard-0.dist-info/RECORD", "")
    # PyScript unpacks a .zip, and knows no .whl
    shutil.copyfile(target / WHEEL, target / PYTHON_FILES)
    vraag = answer(model, {})["vraag"]
    gegeven = {vraag["id"]: vraag["opties"][0]["id"]}
    _write(target / "verzoek.json", {"verzoek": {"antwoorden": gegeven}})
    _write(target / "tabel.json", {"antwoorden": gegeven} | _table(model))
    _write(
        target / "pyscript.json",
        {
            "interpreter": f"{AGAINST}pyodide/pyodide.mjs",
            "files": {f"{AGAINST}wizard/{PYTHON_FILES}": "./*", f"{AGAINST}wizard/verzoek.json": "./verzoek.json"},
        },
    )
    return target


def _table(model: Model) -> dict[str, object]:
    """The table of phases as data, as far as it asks the reader something."""
    (tabel,) = (tabel for tabel in model.tabellen if tabel.id == TABLE)
    vragen = {vraag.id: {"id": vraag.id, "tekst": vraag.tekst} for vraag in model.vragen}
    rijen = [
        {"als": {id_: sorted(opties) for id_, opties in regel.als.items() if id_ in vragen}, "dan": regel.dan}
        for regel in tabel.regels
    ]
    gevraagd = {id_ for rij in rijen for id_ in rij["als"]}
    return {"vragen": {id_: vragen[id_] for id_ in sorted(gevraagd)}, "rijen": rijen}


def _write(file: Path, data: object) -> None:
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def metered_copy(folder: Path, target: Path, meter: str) -> Path:
    """Copy the folder without a server, with the meter (its text) at the top of the pages that are measured."""
    shutil.copytree(folder, target, dirs_exist_ok=True)
    (target / "meter.js").write_text(meter, encoding="utf-8")
    page = target / "wegwijzer" / "index.html"
    page.write_bytes(metered(page.read_bytes(), "../meter.js"))
    return target
