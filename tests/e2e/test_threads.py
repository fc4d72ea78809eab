"""Where Python lives: in a worker, or in a hidden page where the browser allows no worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests import journeys
from tests.e2e.wegwijzer import Wegwijzer
from wizard.model import Model

GOOIT = "window.Worker = class { constructor() { throw new DOMException('Workers mogen niet', 'SecurityError'); } };"
"""A browser that refuses a worker at once, as some do."""

LAADT_NIET = """
const Echt = window.Worker;
window.Worker = class Worker extends Echt { constructor(url, opties) { super(`${url}-weg`, opties); } };
"""
"""A worker whose script can not be loaded: that is only known later."""

ONGEMOEID = "[fetch, postMessage, WebAssembly.instantiateStreaming].every(f => String(f).includes('[native code]'))"


@pytest.fixture
def los(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile to open files from disk with; anything else that is asked for fails the test."""
    context = browser.new_context(reduced_motion="reduce")
    elders: list[str] = []
    context.on(
        "request",
        lambda verzoek: None if verzoek.url.startswith(("file:", "blob:", "data:")) else elders.append(verzoek.url),
    )
    yield context
    context.close()
    assert elders == []


def _reis(page: Page, model: Model) -> None:
    wegwijzer = Wegwijzer(page).ready()
    expect(wegwijzer.wortel).to_have_attribute("data-draad", "pagina")
    expect(wegwijzer.wortel).to_have_attribute("data-weg", "snapshot")
    wegwijzer.answer(journeys.read("fase-3", model).antwoorden).state("advies")
    expect(wegwijzer.advice("fase")).to_contain_text("Fase 3")
    assert page.evaluate(ONGEMOEID), "what Python needs changed something of the page"


def test_python_lives_in_a_worker(wegwijzer: Wegwijzer) -> None:
    """Where workers are allowed there is one, and no hidden page."""
    expect(wegwijzer.ready().wortel).to_have_attribute("data-draad", "worker")
    expect(wegwijzer.page.locator("iframe")).to_have_count(0)


@pytest.mark.mag_falen
@pytest.mark.parametrize("browser_zegt", [GOOIT, LAADT_NIET], ids=["throws", "does not load"])
def test_without_a_worker_the_journey_works_in_a_hidden_page(
    page: Page, adres: str, model: Model, browser_zegt: str
) -> None:
    """From the first question to an advice, from the snapshot, and the page itself is left as it is."""
    page.add_init_script(browser_zegt)
    page.goto(f"{adres}wegwijzer/")
    _reis(page, model)


@pytest.mark.mag_falen
def test_a_host_that_forbids_workers_does_not_stop_the_journey(page: Page, adres: str, model: Model) -> None:
    """A policy of the host that the browser itself upholds has the same outcome."""
    page.route(
        f"{adres}wegwijzer/",
        lambda route: route.fulfill(
            response=(antwoord := route.fetch()),
            headers={**antwoord.headers, "content-security-policy": "worker-src 'none'"},
        ),
    )
    page.goto(f"{adres}wegwijzer/")
    _reis(page, model)


@pytest.mark.parametrize("browser_zegt", [GOOIT, LAADT_NIET], ids=["throws", "does not load"])
def test_from_disk_the_hidden_page_works_too(
    los: BrowserContext, folder: Path, model: Model, browser_zegt: str
) -> None:
    """There every file is an origin of its own, and the hidden page asks for its files as the worker does."""
    page = los.new_page()
    page.add_init_script(browser_zegt)
    page.goto((folder / "wegwijzer/index.html").as_uri())
    _reis(page, model)


def test_the_hidden_page_is_there_for_nobody(page: Page, adres: str) -> None:
    """It takes no place, no tab stop and no word of a screen reader."""
    page.add_init_script(GOOIT)
    page.goto(f"{adres}wegwijzer/")
    Wegwijzer(page).ready()
    stil = page.locator("iframe")
    expect(stil).to_have_attribute("aria-hidden", "true")
    expect(stil).to_have_attribute("tabindex", "-1")
    expect(stil).to_have_attribute("title", "Python van de wegwijzer")
    vak = stil.bounding_box()
    assert vak
    assert (vak["width"], vak["height"]) == (1, 1)


def _weg(route: Route) -> None:
    route.fulfill(status=404, body="")


@pytest.mark.mag_falen
@pytest.mark.parametrize("bestand", ["worker.js", "zonder-worker.html"])
def test_with_neither_way_the_page_says_so_and_can_try_again(page: Page, adres: str, bestand: str) -> None:
    """No worker, and the hidden page is broken or gone: a plain message; once mended, another try works."""
    page.add_init_script(LAADT_NIET)
    page.route(f"**/{bestand}", _weg)
    page.goto(f"{adres}wegwijzer/")
    wegwijzer = Wegwijzer(page).state("fout")
    expect(page.locator("iframe")).to_have_count(0)
    page.unroute(f"**/{bestand}")
    wegwijzer.button("opnieuw-starten").click()
    expect(wegwijzer.ready().wortel).to_have_attribute("data-draad", "pagina")
