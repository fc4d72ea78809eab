"""The hidden page in which Python runs where a browser allows no worker: the worker's own scripts, in a window.

Pyodide's scripts stand in it as well: a window has no way to run a script and wait for it, as a worker has.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wizard.site.csp import protect
from wizard.site.runtime import Runtime

NAAM = "zonder-worker.html"
SCRIPTS = ("pyodide",)
"""Files of the runtime that the page takes as they are, by their role."""

PAGINA = """\
<!doctype html>
<html lang="nl">
  <head>
    <meta charset="utf-8">
    <meta name="robots" content="noindex">
    <title>Python van de wegwijzer</title>
  </head>
  <body>
{scripts}
  </body>
</html>
"""


def scripts(runtime: Runtime) -> tuple[Path, ...]:
    """The files of a runtime that the page needs as scripts of their own, also where all others go as text."""
    return tuple(runtime.folder / runtime.manifest["bestanden"][rol]["naam"] for rol in SCRIPTS)


def page(manifest: Mapping[str, Any], *, los: bool) -> str:
    """Give the page for a runtime, to stand in the folder of the wegwijzer's assets."""
    python = [f"python/{manifest['bestanden'][rol]['naam']}" for rol in SCRIPTS]
    # from disk this window can fetch no more than a worker can, and asks its parent in the same way
    namen = ("zonder-worker.js", *python, *(("worker-los.js",) if los else ()), "worker.js")
    scripts = "\n".join(f'    <script src="{naam}"></script>' for naam in namen)
    return protect(PAGINA.format(scripts=scripts), python=True, los=los)
