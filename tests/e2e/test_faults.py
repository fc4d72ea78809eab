"""What breaks on the way to Python, and how the reader still gets on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests import journeys
from tests.e2e.wegwijzer import Wegwijzer
from wizard.model import Model

pytestmark = pytest.mark.mag_falen

SNAPSHOT = "**/snapshot.*"


def _weg(route: Route) -> None:
    route.fulfill(status=404, body="")


def _afgekapt(route: Route) -> None:
    antwoord = route.fetch()
    route.fulfill(response=antwoord, body=antwoord.body()[:50_000])


def _ruis(route: Route) -> None:
    antwoord = route.fetch()
    route.fulfill(response=antwoord, body=bytes(len(antwoord.body())))


def _andere_bouw(route: Route) -> None:
    antwoord = route.fetch()
    # the mark of the build ends the file
    route.fulfill(response=antwoord, body=antwoord.body()[:-16] + b"0123456789abcdef")


@pytest.mark.parametrize(
    "kapot", [_weg, _afgekapt, _ruis, _andere_bouw], ids=["missing", "truncated", "garbage", "other-build"]
)
def test_a_broken_snapshot_still_ends_in_an_advice(
    page: Page, adres: str, model: Model, kapot: Callable[[Route], None]
) -> None:
    """Python then starts the ordinary way, and the whole journey works."""
    page.route(SNAPSHOT, kapot)
    page.goto(f"{adres}wegwijzer/")
    wegwijzer = Wegwijzer(page).ready()
    expect(wegwijzer.wortel).to_have_attribute("data-weg", "gewoon")
    wegwijzer.answer(journeys.read("fase-4", model).antwoorden).state("advies")
    expect(wegwijzer.advice("fase")).to_contain_text("Fase 4")


def test_without_python_the_page_says_so_and_points_to_the_tables(page: Page, adres: str) -> None:
    """No WebAssembly file: a plain message, a way on, and the answer that was chosen is still there."""
    page.route("**/*.wasm", _weg)
    page.goto(f"{adres}wegwijzer/")
    wegwijzer = Wegwijzer(page)
    wegwijzer.choose("setting", "thuis").state("fout")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(wegwijzer.wortel.locator(".ww-melding a")).to_have_attribute("href", "beslistabellen/")
    expect(wegwijzer.option("setting", "thuis")).to_be_checked()


def _verbroken(route: Route) -> None:
    route.abort("internetdisconnected")


@pytest.mark.parametrize(
    ("bestanden", "kapot"), [("**/*.wasm", _weg), ("**/python/**", _verbroken)], ids=["files-gone", "network-lost"]
)
def test_a_reader_can_try_again_after_a_failed_start(
    page: Page, adres: str, bestanden: str, kapot: Callable[[Route], None]
) -> None:
    """When it is mended, trying again starts Python without losing the answer."""
    page.route(bestanden, kapot)
    page.goto(f"{adres}wegwijzer/")
    wegwijzer = Wegwijzer(page)
    wegwijzer.choose("setting", "thuis").state("fout")
    page.unroute(bestanden)
    wegwijzer.button("opnieuw-starten").click()
    wegwijzer.ready()
    expect(wegwijzer.option("setting", "thuis")).to_be_checked()
    wegwijzer.button("verder").click()
    expect(wegwijzer.option("ingeschreven", "ja")).to_be_visible()


def test_a_page_whose_files_are_gone_becomes_the_new_page(page: Page, adres: str) -> None:
    """The site has a newer build, and the old files are no longer there: trying again brings the new page."""
    oud: list[bool] = [True]

    def pagina(route: Route) -> None:
        antwoord = route.fetch()
        tekst = re.sub(r'("build": ")\w+', r"\g<1>0000", antwoord.text()) if oud[0] else antwoord.text()
        route.fulfill(response=antwoord, body=tekst)

    page.route("**/wegwijzer/", pagina)
    page.route("**/python/**", lambda route: _weg(route) if oud[0] else route.continue_())
    page.goto(f"{adres}wegwijzer/")
    wegwijzer = Wegwijzer(page)
    wegwijzer.choose("setting", "thuis").state("fout")
    oud[0] = False
    wegwijzer.button("opnieuw-starten").click()
    wegwijzer.ready()
    expect(wegwijzer.option("setting", "thuis")).to_be_checked()
    wegwijzer.button("verder").click()
    expect(wegwijzer.option("ingeschreven", "ja")).to_be_visible()


def test_a_worker_that_the_browser_ended_is_noticed(page: Page, adres: str) -> None:
    """It can't say so itself. After half a minute of silence: a message, and a new start with the answers kept."""
    page.clock.install()
    page.goto(f"{adres}wegwijzer/")
    wegwijzer = Wegwijzer(page).ready()
    wegwijzer.answer({"setting": "thuis"})
    (worker,) = [worker for worker in page.workers if worker.url.endswith("/wegwijzer/worker.js")]
    worker.evaluate("self.close()")
    wegwijzer.choose("ingeschreven", "ja")
    page.clock.run_for(40_000)
    wegwijzer.state("fout")
    expect(page.get_by_role("alert").first).to_contain_text("gestopt")
    wegwijzer.button("opnieuw-starten").click()
    wegwijzer.ready().button("verder").click()
    expect(wegwijzer.wortel.locator('.ww-vraag[data-vraag="ingeschreven"]')).to_have_count(0)
    expect(wegwijzer.wortel.locator("[data-antwoorden]")).to_contain_text("thuis")


def test_the_good_way_is_the_snapshot(wegwijzer: Wegwijzer) -> None:
    """With nothing broken, Python comes from the snapshot and fetches no standard library."""
    gehaald = [naam for naam in wegwijzer.ready().page.evaluate(
        "performance.getEntriesByType('resource').map(entry => entry.name)") if "stdlib" in naam]  # fmt: skip
    expect(wegwijzer.wortel).to_have_attribute("data-weg", "snapshot")
    assert gehaald == []
