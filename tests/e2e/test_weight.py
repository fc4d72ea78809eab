"""What a page costs to load: little, and nothing that it does not show."""

import gzip
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.zoekvak import Zoekvak

BUDGET = 250_000
"""Bytes of HTML, style, script and fonts that a page may need, compressed."""

LETTERS = "assets/lettertype/atkinson-hyperlegible-next-latin-wght-{}.woff2"
SCHUIN = frozenset({"em", "i", "figcaption"})
"""Elements that stand in slanted letters, as does the class ``stil``."""


class Bestanden(HTMLParser):
    """Collects the styles and scripts that a page asks for, and whether a reader sees slanted letters at once."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.adressen: list[str] = []
        self.schuin = False
        self._dicht = 0

    def handle_endtag(self, tag: str) -> None:
        """Leave what is folded."""
        self._dicht -= tag == "details" and self._dicht > 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the address of a script, a style sheet, or what is asked for ahead."""
        gegeven = dict(attrs)
        self._dicht += tag == "details" and ("open" not in gegeven or self._dicht > 0)
        if not self._dicht and (tag in SCHUIN or "stil" in (gegeven.get("class") or "").split()):
            self.schuin = True
        if tag == "script" and gegeven.get("src"):
            self.adressen.append(gegeven["src"] or "")
        if tag == "link" and gegeven.get("rel") in {"stylesheet", "preload", "modulepreload"}:
            self.adressen.append(gegeven["href"] or "")


def _gewicht(bestand: Path) -> int:
    inhoud = bestand.read_bytes()
    return len(inhoud) if bestand.suffix == ".woff2" else len(gzip.compress(inhoud, 9))


def _nodig(site: Path, pagina: Path) -> set[Path]:
    """Every file that a page needs to be read: what it names, its letters, and what the theme's script gets."""
    lezer = Bestanden()
    lezer.feed(pagina.read_text(encoding="utf-8"))
    letters = ["normal", *(["italic"] if lezer.schuin else [])]
    # from the root, as the page for an address that does not exist names its files
    adressen = (urlsplit(urljoin(f"/{pagina.relative_to(site)}", adres)).path for adres in lezer.adressen)
    return {
        pagina,
        *(site / unquote(adres.lstrip("/")) for adres in adressen),
        *(site / LETTERS.format(soort) for soort in letters),
        site / "search/search_index.json",
        *site.glob("assets/zoeken/zoeken.*.js"),
    }


def test_no_page_weighs_more_than_its_budget(site: Path, record_property: Any) -> None:
    """HTML, styles, scripts and fonts of every page together stay under 250 kB, compressed."""
    gewichten = {
        pagina.relative_to(site).as_posix(): sum(_gewicht(bestand) for bestand in _nodig(site, pagina))
        for pagina in sorted(site.rglob("*.html"))
    }
    zwaarste = dict(sorted(gewichten.items(), key=lambda paar: -paar[1])[:5])
    record_property("zwaarste", zwaarste)
    assert len(gewichten) > 100
    assert {pad: gewicht for pad, gewicht in gewichten.items() if gewicht > BUDGET} == {}, zwaarste


@pytest.mark.parametrize("pad", ["", "praktijk/regios/", "wegwijzer/beslistabellen/"])
def test_a_page_fetches_only_what_it_needs(page: Page, adres: str, site: Path, pad: str) -> None:
    """Until it is idle a page without the wegwijzer fetches what was counted and its pictures: nothing of Python."""
    gehaald: set[Path] = set()
    page.on("response", lambda antwoord: gehaald.add(_bestand(antwoord, adres, site)))
    page.goto(adres + pad)
    page.wait_for_load_state("networkidle")
    geteld = {bestand for bestand in gehaald if bestand.suffix not in {".svg", ".png"}}
    assert geteld == _nodig(site, site / pad / "index.html")
    assert not [bestand for bestand in gehaald if bestand.is_relative_to(site / "assets/wegwijzer")]


def _bestand(antwoord: Response, adres: str, site: Path) -> Path:
    pad = urlsplit(antwoord.url.removeprefix(adres)).path
    return site / (f"{pad}index.html" if pad.endswith("/") or not pad else pad)


def test_search_fetches_its_sections_when_the_reader_goes_there(page: Page, adres: str) -> None:
    """By click, by key and at an address with a question the sections come, once; not before."""
    gehaald: list[str] = []
    page.on("response", lambda antwoord: gehaald.append(antwoord.url))

    def secties() -> int:
        return sum("/search/secties." in url for url in gehaald)

    page.goto(adres)
    page.wait_for_load_state("networkidle")
    assert secties() == 0
    vak = Zoekvak(page, adres)
    assert vak.search("onderschrijding")
    page.keyboard.press("Escape")
    vak.vak.click()
    assert secties() == 1
    page.goto(f"{adres}procesregie/?q=schoolarts")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.goto(f"{adres}procesregie/?h=regie")
    page.wait_for_load_state("networkidle")
    expect(page.locator("article mark").first).to_be_visible()
    assert secties() == 2


@pytest.mark.mag_falen
def test_search_survives_a_renewed_site_and_a_lost_connection(page: Page, adres: str) -> None:
    """Sections that are gone are looked up anew, and what failed is tried again when the reader comes back."""
    page.route("**/search/secties.*.json", lambda route: route.abort())
    page.goto(adres)
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    page.unroute("**/search/secties.*.json")
    page.keyboard.press("Escape")
    assert Zoekvak(page, adres).search("onderschrijding")
