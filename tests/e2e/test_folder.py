"""The folder that works without a server, opened from disk."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import journeys
from tests.e2e.wegwijzer import Wegwijzer
from tests.e2e.zoekvak import Zoekvak
from wizard.model import Model


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when it asks for anything but files of its own, or reports an error."""
    context = browser.new_context(reduced_motion="reduce")
    elders: list[str] = []
    fouten: list[str] = []
    context.on(
        "request",
        lambda verzoek: None if verzoek.url.startswith(("file:", "blob:", "data:")) else elders.append(verzoek.url),
    )
    context.on("weberror", lambda fout: fouten.append(str(fout.error)))
    context.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type == "error" else None)
    yield context.new_page()
    context.close()
    assert (elders, fouten) == ([], [])


def test_a_whole_journey_works_from_disk(page: Page, folder: Path, model: Model) -> None:
    """From the start page to an advice, by clicking, with Python from the snapshot in a worker."""
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="Start de wegwijzer").click()
    wegwijzer = Wegwijzer(page).ready()
    expect(wegwijzer.wortel).to_have_attribute("data-weg", "snapshot")
    wegwijzer.answer(journeys.read("fase-3", model).antwoorden).state("advies")
    expect(wegwijzer.advice("fase")).to_contain_text("Fase 3")
    wegwijzer.advice("fase").get_by_role("link", name="Fase 3").click()
    expect(page.locator("h1")).to_contain_text("Fase 3")


def test_search_finds_the_same_from_disk_as_from_a_server(
    page: Page, folder: Path, browser: Browser, adres: str
) -> None:
    """Without a server the search box gives the same first results, section by section."""
    page.goto((folder / "index.html").as_uri())
    schijf = Zoekvak(page, f"{folder.as_uri()}/")
    online = browser.new_page()
    online.goto(adres)
    server = Zoekvak(online, adres)
    for vraag in ("52 uur", "schoolarts", "onderwijs zorg arrangement", "HB", "IB\u2019er", "wie heeft de procesregie"):
        gevonden = schijf.search(vraag)
        assert gevonden == server.search(vraag), vraag
        assert gevonden, vraag
    online.close()


@pytest.mark.parametrize("kapot", ["missing", "garbage"])
def test_a_broken_snapshot_on_disk_still_ends_in_an_advice(
    browser: Browser, folder: Path, tmp_path: Path, model: Model, kapot: str
) -> None:
    """Python then starts the ordinary way, from the same folder."""
    kopie = shutil.copytree(folder, tmp_path / "kopie")
    (snapshot,) = (kopie / "assets/wegwijzer/python").glob("snapshot.*")
    if kapot == "missing":
        snapshot.unlink()
    else:
        snapshot.write_text(
            f'WegwijzerLos.lever("{snapshot.name.removesuffix(".js")}", "H4sIAAAAAAAA/wMAAAAAAAAAAAA=");'
        )
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.goto((kopie / "wegwijzer/index.html").as_uri())
    wegwijzer = Wegwijzer(page).ready()
    expect(wegwijzer.wortel).to_have_attribute("data-weg", "gewoon")
    wegwijzer.answer(journeys.read("thuis-niet-ingeschreven", model).antwoorden).state("advies")
    page.context.close()
