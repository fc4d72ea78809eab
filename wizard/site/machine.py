"""Pyodide as the wegwijzer starts it: the npm package, with only the exports that its own JavaScript calls.

A package written in C may call any of Pyodide's 8,500 functions, so each is exported, and every start enters
each in a table. The wegwijzer is pure Python: what Pyodide's own glue calls is enough.
"""

import re
from pathlib import Path

from wizard.site.npm import BuildError
from wizard.site.wasm import WasmFout, keep_exports

GLUE = "pyodide.asm.js"
SCRIPTS = ("pyodide.js", GLUE)
WASM = "pyodide.asm.wasm"
LOCK = "pyodide-lock.json"
FILES = (*SCRIPTS, "pyodide.mjs", "package.json", WASM, LOCK)

# where the glue takes an export over, which is not where it calls one
TAKEN_OVER = re.compile(r'var (?P<here>\w+)=(?:Module\["(?P=here)"\]=)?wasmExports\["(?P<name>\w+)"\];')
WRAPPED = re.compile(r'wasmExports\["(?P<name>\w+)"\]=makeWrapper_\w+\(wasmExports\["(?P=name)"\]\);')
# what there is for the dynamic linker, and for whoever prepares the snapshot
ALWAYS = frozenset({"__wasm_call_ctors", "__wasm_apply_data_relocs", "malloc", "free"})
SOURCE_MAP = re.compile(rb"^//# sourceMappingURL=.*$\n?", re.MULTILINE)


def prepare(pyodide: Path, folder: Path) -> Path:
    """Write the machine into ``folder`` (which must not exist), from the npm package in ``pyodide``.

    Gives ``folder``, with the names that the package has. Raises ``BuildError`` when it is another Pyodide than
    this module understands.
    """
    folder.mkdir(parents=True)
    for name in FILES:
        content = (pyodide / name).read_bytes()
        # the site does not have the source maps
        (folder / name).write_bytes(SOURCE_MAP.sub(b"", content) if name in SCRIPTS else content)
    glue = (folder / GLUE).read_text(encoding="utf-8")
    called = _called(glue)
    try:
        (folder / WASM).write_bytes(keep_exports((pyodide / WASM).read_bytes(), called.__contains__))
    except WasmFout as error:
        raise BuildError(f"{WASM} van Pyodide is niet te lezen: {error}") from error
    # a quarter of the glue does nothing but take over what is gone now
    glue = TAKEN_OVER.sub(lambda found: found[0] if found["name"] in called else "", glue)
    (folder / GLUE).write_text(glue, encoding="utf-8")
    return folder


def _called(glue: str) -> frozenset[str]:
    """The exports that the glue uses by name; a word that only looks like one does no harm."""
    if not TAKEN_OVER.search(glue):
        raise BuildError(f"{GLUE} neemt zijn functies anders over dan verwacht; kijk wizard/site/machine.py na.")
    words = set(re.findall(r"[\w$]+", WRAPPED.sub("", TAKEN_OVER.sub("", glue))))
    return ALWAYS | words | {word[1:] for word in words if word.startswith("_")}
