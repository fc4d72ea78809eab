"""Compressed copies: the same file in less, equal every time, and kept so that a build does not wait for them."""

import gzip
import random
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it has no stubs
import pytest

from wizard.site.compressed import compress

TEKST = b"wie heeft de procesregie, en wanneer? " * 100
RUIS = random.Random(1).randbytes(5000)  # noqa: S311 - bytes that nothing makes smaller


def _site(map_: Path) -> Path:
    map_.mkdir()
    for naam, inhoud in {
        "index.html": TEKST,
        "a.js": TEKST,
        "b.wasm": TEKST * 2,
        "klein.css": b"p {}",
        "ruis.bin": RUIS,
        "foto.png": TEKST,
    }.items():
        (map_ / naam).write_bytes(inhoud)
    return map_


def _kopieen(site: Path) -> dict[str, bytes]:
    return {pad.name: pad.read_bytes() for pad in site.iterdir() if pad.suffix in {".br", ".gz"}}


def test_copies_unpack_to_the_file_itself(tmp_path: Path) -> None:
    """What can become smaller has two copies; what is small, or is packed already, has none."""
    site = _site(tmp_path / "site")
    bespaard = compress(site, tmp_path / "cache")
    kopieen = _kopieen(site)
    assert set(kopieen) == {f"{naam}{eind}" for naam in ("index.html", "a.js", "b.wasm") for eind in (".br", ".gz")}
    for naam, inhoud in kopieen.items():
        unpack = brotli.decompress if naam.endswith(".br") else gzip.decompress
        assert unpack(inhoud) == (site / naam).with_suffix("").read_bytes()
    heel = sum((site / naam).stat().st_size for naam in ("index.html", "a.js", "b.wasm"))
    for eind, winst in bespaard.items():
        assert winst == heel - sum(len(inhoud) for naam, inhoud in kopieen.items() if naam.endswith(eind))


@pytest.mark.parametrize("schade", [b"", b"iets anders"], ids=["empty", "other"])
def test_damage_to_what_was_kept_changes_no_copy(tmp_path: Path, schade: bytes) -> None:
    """Equal files give equal copies, also when what an earlier build kept is spoiled."""
    cache = tmp_path / "cache"
    compress(_site(tmp_path / "een"), cache)
    for bestand in cache.iterdir():
        bestand.write_bytes(schade)
    compress(_site(tmp_path / "twee"), cache)
    assert _kopieen(tmp_path / "twee") == _kopieen(tmp_path / "een")


def test_what_was_kept_is_not_packed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build packs nothing but pages, for which the quick way is quicker than keeping."""
    cache = tmp_path / "cache"
    compress(_site(tmp_path / "een"), cache)
    twee = _site(tmp_path / "twee")

    def refuse(*_: object, **__: object) -> bytes:
        raise AssertionError("packed again")

    (twee / "index.html").unlink()
    # noise is kept too: it is as slow to find out that nothing helps
    monkeypatch.setattr("wizard.site.compressed.brotli.compress", refuse)
    monkeypatch.setattr("wizard.site.compressed.gzip.compress", refuse)
    compress(twee, cache)
    assert _kopieen(twee) == {n: inhoud for n, inhoud in _kopieen(tmp_path / "een").items() if "html" not in n}
