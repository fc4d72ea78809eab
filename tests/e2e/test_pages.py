"""The pages: each says where it comes from, what to do next, and can be reached and read."""

import html
import re
from collections import deque
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from tests.readability import fixed, pages
from tests.sections import Sectie, read
from wizard.model import Model
from wizard.site.pages import pages as from_model

NIET_OVER_HET_VAK = ("404", "over/", "besluiten/")
KLIKKEN = 3


@pytest.fixture(scope="module")
def secties(site: Path) -> dict[str, Sectie]:
    """Every section of the built site."""
    return read(site)


class _Artikel(HTMLParser):
    """The links in the article of a page, and what classes stand in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.klassen: set[str] = set()
        self._diep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        eigenschappen = dict(attrs)
        self._diep += tag == "article"
        if self._diep:
            self.klassen |= set((eigenschappen.get("class") or "").split())
            if tag == "a" and eigenschappen.get("href"):
                self.links.append(eigenschappen["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._diep -= tag == "article"


@pytest.fixture(scope="module")
def artikelen(site: Path) -> dict[str, _Artikel]:
    """The article of every page about the field, by its address from the root of the site."""
    gevonden = {}
    for bestand in site.rglob("index.html"):
        plek = bestand.parent.relative_to(site).as_posix()
        plek = "" if plek == "." else f"{plek}/"
        if not plek.startswith(NIET_OVER_HET_VAK):
            gevonden[plek] = _Artikel()
            gevonden[plek].feed(bestand.read_text(encoding="utf-8"))
    return gevonden


def test_every_answer_is_within_three_clicks_from_home(artikelen: dict[str, _Artikel]) -> None:
    """By the links in the text alone, without a menu, no page is further than three clicks; so none is an orphan."""
    afstand = {"": 0}
    rij = deque([""])
    while rij:
        plek = rij.popleft()
        for link in artikelen[plek].links:
            doel = urldefrag(urljoin(f"/{plek}", link))[0].lstrip("/")
            if doel in artikelen and doel not in afstand:
                afstand[doel] = afstand[plek] + 1
                rij.append(doel)
    ver = {plek: afstand.get(plek) for plek in artikelen if afstand.get(plek, KLIKKEN + 1) > KLIKKEN}
    assert ver == {}


def test_every_page_says_what_to_do_next(artikelen: dict[str, _Artikel]) -> None:
    """Each page ends in a next step: links under "Verder", cards, or the way to the wegwijzer."""
    zonder = [
        plek
        for plek, artikel in artikelen.items()
        if not artikel.klassen & {"verder", "naar-wegwijzer", "kaarten", "ww", "md-button"}
    ]
    assert zonder == []


GEEN_BEWERING = {"verder", "instrument", "stap", "stilte", "kiezen", "termijnen"}
"""Sections that only point on, or say what a source does not have."""


def test_every_section_names_its_source(secties: dict[str, Sectie], model: Model) -> None:
    """On each page made from the model, every section with text names at least one document and its lines."""
    adressen = {
        re.sub(r"(index)?\.md$", "", pagina.pad) + "/" for pagina in from_model(model) if pagina.template != "bron.md"
    }
    gevonden = [
        sectie
        for plek, sectie in secties.items()
        if plek.partition("#")[0] in adressen and "#" in plek and plek.partition("#")[2] not in GEEN_BEWERING
    ]
    assert len(gevonden) > 400
    assert [sectie.plek for sectie in gevonden if sectie.blokken and not sectie.bronnen] == []


def test_every_section_of_every_source_is_on_the_site(secties: dict[str, Sectie], model: Model) -> None:
    """Each section of the five documents is cited by lines within it, but for those that say why they are not."""
    aangehaald: dict[str, set[int]] = {}
    for sectie in secties.values():
        for document, regels in sectie.bronnen:
            for deel in regels.split(","):
                van, _, tot = deel.strip().partition("-")
                aangehaald.setdefault(document, set()).update(range(int(van), int(tot or van) + 1))
    gemist = []
    for bron in model.bronnen:
        for deel_van_bron in bron.secties:
            van, _, tot = deel_van_bron.regels.partition("-")
            if not deel_van_bron.weggelaten and not aangehaald[bron.id] & set(range(int(van), int(tot or van) + 1)):
                gemist.append(f"{bron.id}#{deel_van_bron.id}")
    assert gemist == []


def test_every_table_and_box_of_the_model_is_drawn(site: Path, model: Model) -> None:
    """No table of figures and no box of a figure stays unseen."""
    tekst = "".join(bestand.read_text(encoding="utf-8") for bestand in site.rglob("index.html"))
    assert [tabel.id for tabel in model.cijfers if f'id="cijfers-{tabel.id}"' not in tekst] == []
    zonder_opmaak = html.unescape(re.sub(r"<[^>]*>", "", tekst))
    assert [vak.id for vak in model.vakken if vak.naam not in zonder_opmaak or vak.tekst not in zonder_opmaak] == []


def test_every_page_is_easier_than_the_source_that_it_restates(site: Path) -> None:
    """By Flesch-Douma, and with 15 words at most in the average sentence."""
    bronnen = fixed()
    gemeten = pages(site)
    assert len(gemeten) > 90
    moeilijk = [
        f"{pagina} {s.gemak} ({bron} {bronnen[bron]})"
        for pagina, (s, bron) in gemeten.items()
        if s.gemak <= bronnen[bron]
    ]
    lang = [f"{pagina} {s.zin}" for pagina, (s, _) in gemeten.items() if s.zin > 15]
    assert (moeilijk, lang) == ([], [])
