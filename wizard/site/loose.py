"""The wegwijzer's files for a folder without a server: everything as classic scripts.

From disk a page may load scripts and nothing else. So each file of the runtime becomes a script that hands
over its content, gzip in base64, and the worker with Pyodide's own scripts becomes one text from which the
page makes a Blob.
"""

import base64
import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

WORKER = "worker.tekst.js"
"""The script that carries the worker's text."""


def loose(files: Mapping[str, Path], worker: tuple[Path, ...]) -> dict[str, str]:
    """Give the scripts by file name: one per runtime file, and the worker made of ``worker``, in that order."""
    scripts = {f"{naam}.js": deliver(naam, _inpakken(pad.read_bytes())) for naam, pad in files.items()}
    tekst = "\n;\n".join(pad.read_text(encoding="utf-8") for pad in worker)
    return scripts | {WORKER: deliver("worker", tekst)}


def parts(manifest: Mapping[str, Any], folder: Path, assets: Path) -> tuple[dict[str, Path], tuple[Path, ...]]:
    """Divide a runtime: the files that the worker asks for by name, and the scripts that it is made of."""
    bestanden = {rol: folder / bestand["naam"] for rol, bestand in manifest["bestanden"].items()}
    pyodide = bestanden.pop("pyodide")
    return {pad.name: pad for pad in bestanden.values()}, (pyodide, assets / "worker-los.js", assets / "worker.js")


def _inpakken(inhoud: bytes) -> str:
    return base64.b64encode(gzip.compress(inhoud, mtime=0)).decode()


def deliver(naam: str, tekst: str, door: str = "WegwijzerLos") -> str:
    """A script that hands over a text by name to the object ``door`` of the page."""
    return f"{door}.lever({json.dumps(naam)}, {json.dumps(tekst)});\n"
