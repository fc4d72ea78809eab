"""The built site: whole, reachable, readable, and calm while Python starts."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin

import pytest
from playwright.sync_api import BrowserContext, Page

from tests import journeys
from tests.e2e.axe import faults
from tests.e2e.wegwijzer import Wegwijzer
from wizard.browser import answer
from wizard.model import Model
from wizard.share import read_link

PAGINAS = (
    "",
    "wegwijzer/",
    "wegwijzer/beslistabellen/",
    "fasen/",
    "fasen/fase-2/",
    "routekaart/stap-6/",
    "partijen/toegang/",
    "procesregie/",
    "termijnen/",
    "bronnen/spanningen/",
    "bronnen/regionale-afspraken/",
    "handreiking/",
    "thuis/",
    "overleg/opp/",
    "beleid/petra/",
    "beleid/continuum/",
    "methode/stap-3/",
    "instrumenten/kwaliteitskader/",
    "praktijk/regios/",
    "praktijk/gouda-kosten/",
    "begrippen/",
    "over/zonder-internet/",
)


class Adressen(HTMLParser):
    """Collects the links and the anchors of a page."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self.links: list[str] = []
        self.ankers: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag points to and what it is called."""
        for naam, waarde in attrs:
            if naam == "id" and waarde:
                self.ankers.add(waarde)
            if naam in {"href", "src"} and waarde and tag != "base":
                self.links.append(waarde)


def _lees(bestand: Path) -> Adressen:
    adressen = Adressen()
    adressen.feed(bestand.read_text(encoding="utf-8"))
    return adressen


def test_every_link_and_anchor_leads_somewhere(site: Path, model: Model) -> None:
    """No page of the built site points to a page, file, place, track or answer that is not there."""
    paginas = {f"/{bestand.relative_to(site).as_posix()}": _lees(bestand) for bestand in site.rglob("*.html")}
    assert len(paginas) > 50
    kapot = []
    for plek, adressen in paginas.items():
        for link in adressen.links:
            doel, anker = urldefrag(urljoin(plek, link))
            if re.match(r"[a-z]+:", doel):
                continue
            doel = unquote(doel)
            if doel.endswith("/"):
                doel += "index.html"
            if not (site / doel.lstrip("/")).is_file():
                kapot.append(f"{plek} → {link}")
            elif "=" in anker:
                gelezen = read_link(model, dict(parse_qsl(anker)))
                kapot += [f"{plek} → {link}: {melding}" for melding in gelezen.meldingen]
            elif anker and doel in paginas and unquote(anker) not in paginas[doel].ankers | {"__skip"}:
                kapot.append(f"{plek} → {link} (anchor)")
    assert kapot == []


def test_every_record_of_the_model_has_its_page(site: Path, model: Model) -> None:
    """Each phase, step, party and source has a page of its own with its name as title."""
    mappen = (("fasen", model.fasen), ("partijen", model.rollen), ("bronnen", model.bronnen))
    for map_, records in mappen:
        for record in records:
            assert (site / map_ / record.id / "index.html").is_file()
    for stap in model.stappen:
        pagina = site / ("routekaart" if stap.nummer else "bijzonder") / stap.id / "index.html"
        assert stap.titel in re.sub(r"\s+", " ", pagina.read_text(encoding="utf-8"))


def test_every_page_is_under_a_policy_that_lets_nothing_out(site: Path) -> None:
    """Each page carries a Content-Security-Policy without inline scripts, eval or other origins."""
    for bestand in site.rglob("*.html"):
        gevonden = re.search(r'Content-Security-Policy" content="([^"]*)"', bestand.read_text(encoding="utf-8"))
        assert gevonden, bestand
        beleid = gevonden[1]
        assert beleid.startswith("default-src 'self';")
        assert "unsafe-inline" not in beleid
        assert "http" not in beleid
        python = bestand.parent == site / "wegwijzer" or bestand.name == "zonder-worker.html"
        assert ("wasm-unsafe-eval" in beleid) == python, bestand


@pytest.mark.parametrize("kleuren", ["light", "dark"])
@pytest.mark.parametrize("breedte", [360, 1280])
def test_pages_fit_the_screen_and_have_no_accessibility_faults(
    page: Page, adres: str, breedte: int, kleuren: str
) -> None:
    """No page scrolls sideways, and axe finds nothing against WCAG 2.2 AA, in both themes and widths."""
    # high enough that no menu scrolls: axe takes a link that is scrolled half out of sight for a small target
    page.set_viewport_size({"width": breedte, "height": 2000})
    page.emulate_media(color_scheme="dark" if kleuren == "dark" else "light")
    for pad in PAGINAS:
        page.goto(adres + pad)
        assert page.evaluate("document.documentElement.scrollWidth") <= breedte, pad
        assert faults(page) == [], pad


def test_the_advice_has_no_accessibility_faults(wegwijzer: Wegwijzer, adres: str, model: Model) -> None:
    """The same for advices with every fold open: a settled and an open one, of a matter and of the region."""
    sporen = {reis.spoor: naam for naam in journeys.NAMEN for reis in [journeys.read(naam, model)]}
    for naam in ("fase-2", "weet-niet-ingroei", sporen["vrijstelling"], sporen["regio"]):
        link = answer(model, journeys.read(naam, model).invoer)["link"]
        wegwijzer.page.goto("about:blank")
        wegwijzer.page.goto(f"{adres}wegwijzer/#{link}")
        wegwijzer.state("advies")
        wegwijzer.page.evaluate("document.querySelectorAll('details').forEach(deel => { deel.open = true })")
        for breedte in (360, 1280):
            wegwijzer.page.set_viewport_size({"width": breedte, "height": 800})
            assert wegwijzer.page.evaluate("document.documentElement.scrollWidth") <= breedte, naam
            assert faults(wegwijzer.page) == [], naam


def test_the_page_stays_responsive_while_python_starts(context: BrowserContext, adres: str) -> None:
    """From the start of Python until it answers, no task of the main thread takes more than 200 ms.

    The theme's own scripts run in that time, and these tests run on busy machines; the benchmark asks for 50 ms.
    """
    page = context.new_page()
    page.add_init_script("""
        window.lang = [];
        new PerformanceObserver((lijst) => window.lang.push(...lijst.getEntries().map((taak) => taak.toJSON())))
            .observe({type: 'longtask', buffered: true});
    """)
    page.goto(f"{adres}wegwijzer/")
    Wegwijzer(page).ready()
    start = page.evaluate("performance.getEntriesByName('wegwijzer-start')[0].startTime")
    taken = page.evaluate("window.lang")
    lang = [taak["duration"] for taak in taken if taak["startTime"] >= start]
    assert max(lang, default=0) <= 200, lang


def test_the_progress_of_the_start_is_true(context: BrowserContext, adres: str) -> None:
    """The bar only goes up, and says how far it is in words too."""
    page = context.new_page()
    page.add_init_script("""
        window.standen = [];
        new MutationObserver(() => {
            const balk = document.querySelector('[data-start] progress');
            if (balk) window.standen.push(balk.value);
        }).observe(document, {subtree: true, attributes: true, attributeFilter: ['value']});
    """)
    page.goto(f"{adres}wegwijzer/")
    Wegwijzer(page).ready()
    standen = page.evaluate("window.standen")
    assert len(standen) > 1
    assert standen == sorted(standen)
    assert standen[-1] > 80
