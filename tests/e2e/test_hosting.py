"""What a build gives to the host that serves it: copies, cache lifetimes, and examples that agree with the files."""

import gzip
import re
from hashlib import sha256
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it has no stubs

from wizard.site.hosts import REGELS, SOORTEN, keep, nginx

IMMUTABLE = "public, max-age=31536000, immutable"


def _adressen(site: Path) -> dict[str, Path]:
    """Every file that a browser can ask for, by its address from the root."""
    kopieen = {pad for pad in site.rglob("*") if pad.suffix in {".br", ".gz"} and pad.with_suffix("").is_file()}
    alle = {pad for pad in site.rglob("*") if pad.is_file() and pad.name != "_headers"} - kopieen
    return {f"/{pad.relative_to(site).as_posix()}": pad for pad in alle}


def test_what_may_stay_for_ever_is_named_after_its_content(site: Path) -> None:
    """Python, the search engine and its sections have a hash in their name, and that is the hash of what is in them."""
    eeuwig = {adres: pad for adres, pad in _adressen(site).items() if keep(adres) == IMMUTABLE}
    eigen = {adres: pad for adres, pad in eeuwig.items() if adres.startswith(("/assets/wegwijzer/", "/search/"))}
    assert len(eigen) >= 5
    for adres, pad in eigen.items():
        codes = re.findall(r"\.([0-9a-f]{8,})\.", adres)
        assert codes, adres
        assert sha256(pad.read_bytes()).hexdigest().startswith(codes[-1]), adres
    assert [adres for adres in eeuwig if adres.startswith("/assets/javascripts/bundle.")]
    for adres in ("/", "/index.html", "/sw.js", "/manifest.webmanifest", "/download/wegwijzer-1234abcd.zip"):
        assert keep(adres) == "no-cache"
    assert keep("/assets/wegwijzer/wegwijzer.js") == "no-cache"
    assert keep("/search/search_index.json") == "no-cache"


def test_the_headers_say_the_same_of_every_file(site: Path) -> None:
    """Each address in `_headers` is a file of this build, with the lifetime of the list; no long one lacks."""
    blokken = re.split(r"\n(?=/)", (site / "_headers").read_text(encoding="utf-8"))[1:]
    gezegd = {regels[0]: regels[1:] for regels in (blok.strip().splitlines() for blok in blokken)}
    adressen = _adressen(site)
    assert len(gezegd) == len(blokken)
    assert set(gezegd) <= set(adressen)
    for adres, pad in adressen.items():
        regels = [regel.strip() for regel in gezegd.get(adres, [])]
        if "max-age" in keep(adres):
            assert f"Cache-Control: {keep(adres)}" in regels, adres
        if pad.suffix == ".wasm":
            assert "Content-Type: application/wasm" in regels, adres


def test_every_large_file_has_its_copies(site: Path) -> None:
    """Every page, and every script, style and machine of some size, has a `.br` and a `.gz` that unpack to it."""
    pagina = site / "wegwijzer/index.html"
    assert brotli.decompress((site / "wegwijzer/index.html.br").read_bytes()) == pagina.read_bytes()
    assert gzip.decompress((site / "wegwijzer/index.html.gz").read_bytes()) == pagina.read_bytes()
    for pad in _adressen(site).values():
        if pad.suffix in {".html", ".css", ".js", ".wasm"} and pad.stat().st_size > 1500:
            for eind in (".br", ".gz"):
                kopie = pad.parent / f"{pad.name}{eind}"
                assert kopie.is_file(), pad
                assert kopie.stat().st_size < pad.stat().st_size


def test_the_example_for_nginx_is_on_the_site_and_says_the_same(site: Path) -> None:
    """The file, the page that shows it and the list are one; every kind of file of the site has its type."""
    assert (site / "over/nginx.conf").read_text(encoding="utf-8") == nginx()
    pagina = (site / "over/publiceren/index.html").read_text(encoding="utf-8")
    assert "brotli_static" in pagina
    for regel in REGELS:
        assert f'"~{regel.patroon}" "{regel.bewaren}";' in nginx()
        assert regel.bewaren in pagina
    zonder = {pad.suffix.removeprefix(".") for pad in _adressen(site).values()} - set(SOORTEN)
    # archives, which a browser takes as they are
    assert zonder <= {"gz", "ico", "whl"}
