"""Without WebAssembly, and without any script: the tables and the checklists do the work."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.chromium import VLAGGEN
from tests.e2e.axe import faults
from tests.e2e.wegwijzer import Wegwijzer
from wizard.model import Model


@pytest.fixture
def jitless(browser: Browser) -> Iterator[Browser]:
    """A Chromium as a strict organisation sets it up: without compiler, and so without WebAssembly."""
    streng = browser.browser_type.launch(executable_path=chromium(), args=[*VLAGGEN, "--js-flags=--jitless"])
    yield streng
    streng.close()


@pytest.fixture
def zonder_script(browser: Browser) -> Iterator[Page]:
    """A page of a phone on which scripts are off."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    yield context.new_page()
    context.close()


def test_without_webassembly_the_page_says_so_at_once_and_shows_the_way(jitless: Browser, adres: str) -> None:
    """A plain message, no try that is of no use, the question kept, and the tables and lists a click away."""
    page = jitless.new_page(viewport={"width": 360, "height": 780})
    page.goto(f"{adres}wegwijzer/")
    assert page.evaluate("typeof WebAssembly") == "undefined"
    wegwijzer = Wegwijzer(page).state("fout")
    expect(page.get_by_role("alert").first).to_contain_text("WebAssembly staat uit")
    expect(wegwijzer.button("opnieuw-starten")).to_have_count(0)
    wegwijzer.choose("setting", "thuis").state("fout")
    expect(wegwijzer.option("setting", "thuis")).to_be_checked()
    assert faults(page) == []
    wegwijzer.button("zonder").click()
    expect(page.locator("[data-zonder] > summary")).to_be_focused()
    page.locator("[data-zonder] [data-spoor=overbrugging]").get_by_role("link", name="Overbrugging").click()
    expect(page.locator("#overbrugging")).to_be_in_viewport()


def test_with_python_there_the_lists_keep_quiet(wegwijzer: Wegwijzer) -> None:
    """The block is folded up, at the end of the page; a link to it opens it."""
    blok = wegwijzer.ready().page.locator("[data-zonder]")
    assert blok.get_attribute("open") is None
    wegwijzer.page.goto(f"{wegwijzer.page.url}#zonder-de-wegwijzer")
    wegwijzer.page.reload()
    expect(blok.get_by_role("link", name="Termijnen")).to_be_visible()


def test_without_a_script_the_page_leads_to_every_table(zonder_script: Page, adres: str, model: Model) -> None:
    """The message and the lists stand there; what would need a script does not. Each track leads to all its tables."""
    page = zonder_script
    page.goto(f"{adres}wegwijzer/")
    expect(page.locator(".ww-melding")).to_contain_text("JavaScript")
    expect(page.locator(".ww-paneel")).to_be_hidden()
    for spoor in model.sporen:
        links = page.locator(f"[data-zonder] [data-spoor={spoor.id}] a")
        doelen = {link.get_attribute("href") for link in links.all()}
        assert {f"beslistabellen/#{id_}" for id_ in spoor.tabellen} <= doelen, spoor.id
    page.locator("[data-zonder] [data-spoor=fase]").get_by_role("link", name="Fase").click()
    expect(page.locator("#fase")).to_be_in_viewport()
    tabel = page.locator("#fase + p + details")
    tabel.locator("summary").first.click()
    regel = tabel.locator(".beslistabel > li").first
    expect(regel.locator(".beslistabel__dan")).to_be_visible()
    expect(regel.locator(".beslistabel__als")).to_contain_text("Als")


@pytest.mark.parametrize("kop", ["De routekaart", "De fasen", "Wie nodig je uit", "Termijnen", "Als het vastloopt"])
def test_without_a_script_the_lists_fit_the_screen_and_print(zonder_script: Page, adres: str, kop: str) -> None:
    """Each page that the block leads to reads on a phone, and prints with what is folded up."""
    page = zonder_script
    page.goto(f"{adres}wegwijzer/")
    page.locator("[data-zonder] .kaarten").get_by_role("link", name=kop).click()
    expect(page.locator("article li:visible").nth(2)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.emulate_media(media="print")
    dicht = page.locator("article details.vouw > :not(summary)")
    assert all(deel.is_visible() for deel in dicht.all())


def test_the_tables_print_whole_without_a_script(zonder_script: Page, adres: str, model: Model) -> None:
    """On paper every rule of every table is there, though on the screen they are folded up."""
    page = zonder_script
    page.goto(f"{adres}wegwijzer/beslistabellen/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    regels = page.locator(".beslistabel > li")
    expect(regels).to_have_count(sum(len(tabel.regels) for tabel in model.tabellen))
    assert not regels.last.is_visible()
    page.emulate_media(media="print")
    assert all(regel.is_visible() for regel in regels.all())
