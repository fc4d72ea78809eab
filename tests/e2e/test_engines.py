"""The real builds in Firefox and WebKit: served, and opened from a folder.

What they must do there, other tests ask of Chromium, in more depth and with playwright's own means.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import journeys
from tests.e2e.lezer import Lezer
from tests.e2e.zoekvak import Zoekvak
from tests.motor import Motor
from wizard.browser import answer
from wizard.model import LEERLING, Model

pytestmark = pytest.mark.parametrize("motor", ["firefox", "webkit"], indirect=True)

VRAGEN = ("52 uur", "schoolarts", "wie heeft de procesregie", "HB")
ZOEKT = 20
"""Seconds that the results may take."""


ICONEN = ("assets/beeld/favicon.svg", "assets/beeld/icoon-180.png")
"""What a page names as its icon: Firefox may fetch that of the page before, which was served, only now."""

AFGEBROKEN = "status=2152398850"
"""What Firefox reports of a font that was still on its way when the reader went on to another page."""


@pytest.fixture(params=["server", "map"])
def lezer(request: pytest.FixtureRequest, motor: Motor, adres: str, folder: Path) -> Iterator[Lezer]:
    """A reader of the site, served or from disk. A request to elsewhere fails the test, and so does an error."""
    los = request.param == "map"
    lezer = Lezer(motor=motor, wortel=f"{folder.as_uri()}/" if los else adres, blad="index.html" if los else "")
    motor.watch()
    yield lezer
    fouten = [fout for fout in motor.errors() or [] if AFGEBROKEN not in fout]
    assert (lezer.elsewhere(*(f"{adres}{icoon}" for icoon in ICONEN)), fouten) == ([], [])


@pytest.fixture(scope="module")
def gevonden(browser: Browser, adres: str) -> dict[str, list[list[str]]]:
    """What the search box of the served site finds first in Chromium."""
    page = browser.new_page()
    page.goto(adres)
    vak = Zoekvak(page, adres)
    gevonden = {vraag: vak.search(vraag) for vraag in VRAGEN}
    page.close()
    assert all(gevonden.values())
    return gevonden


@pytest.mark.parametrize(
    ("lezer", "naam"), [("server", "fase-3"), ("map", "begeleider-kan-beginnen")], indirect=["lezer"]
)
def test_a_journey_by_clicks_gives_the_advice_of_cpython(lezer: Lezer, model: Model, naam: str) -> None:
    """From the start page, with Python from the snapshot: the same advice, with its answers and sources on screen."""
    reis = journeys.read(naam, model)
    lezer.start()
    assert lezer.weg() == "snapshot"
    if reis.spoor != LEERLING:
        lezer.subject(model.spoor[reis.spoor].ingangen[0].id)
    lezer.answer(reis.antwoorden).state("advies")
    hoort = json.loads(json.dumps(answer(model, reis.invoer)))
    assert lezer.ask(reis.invoer) == hoort
    enkel = {"fase": [hoort["fase"]], "stap": [hoort["stap"]]}
    for deel, uitslagen in {**enkel, "verantwoordelijk": hoort["verantwoordelijk"], "zaak": hoort["zaak"]}.items():
        for uitslag in filter(None, uitslagen):
            assert all(uitkomst["naam"] in lezer.card(deel) for uitkomst in uitslag["uitkomsten"])
            bronnen = [bron for regel in uitslag["regels"] for bron in regel["bron"]]
            plekken = {f"{bron['titel']}, {bron['sectie']}, regel {bron['regels']}." for bron in bronnen}
            getoond = lezer.sources(deel)
            assert plekken
            assert {plek for plek in plekken if not any(regel.startswith(plek) for regel in getoond)} == set()


def test_links_lead_on_and_the_back_button_keeps_the_answers(lezer: Lezer, model: Model) -> None:
    """From the advice to a page of the site, with its picture, and back to the advice and the last question."""
    antwoorden = journeys.read("fase-3", model).antwoorden
    lezer.open("wegwijzer/").ready().answer(antwoorden).state("advies")
    lezer.motor.click("[data-advies=fase] .ww-uitkomst a")
    lezer.motor.wait(
        "document.readyState === 'complete' && document.querySelector('h1').textContent.includes('Fase 3')"
    )
    beelden = lezer.motor.js("[...document.images].map((beeld) => beeld.naturalWidth)")
    assert beelden
    assert all(beelden)
    lezer.motor.back()
    lezer.state("advies").motor.back()
    lezer.chosen(*list(antwoorden.items())[-1])


def test_search_finds_first_what_it_finds_in_chromium(lezer: Lezer, gevonden: dict[str, list[list[str]]]) -> None:
    """Typing in the box gives the same first results, section by section."""
    lezer.open().open_search()
    for vraag, hoort in gevonden.items():
        lezer.motor.type(".md-search__input", vraag)
        einde = time.monotonic() + ZOEKT
        while (resultaten := lezer.results()) != hoort and time.monotonic() < einde:
            time.sleep(0.1)
        assert resultaten == hoort, vraag


def test_without_a_snapshot_python_starts_the_ordinary_way(
    motor: Motor, folder: Path, tmp_path: Path, model: Model
) -> None:
    """Slower, but from the same folder, and the journey ends in the same advice."""
    kopie = shutil.copytree(folder, tmp_path / "één kopie", copy_function=os.link)
    (snapshot,) = (kopie / "assets/wegwijzer/python").glob("snapshot.*")
    snapshot.unlink()
    reis = journeys.read("fase-4", model)
    lezer = Lezer(motor=motor, wortel=f"{kopie.as_uri()}/", blad="index.html").open("wegwijzer/").ready()
    assert lezer.weg() == "gewoon"
    lezer.answer(reis.antwoorden).state("advies")
    assert lezer.ask(reis.invoer) == json.loads(json.dumps(answer(model, reis.invoer)))
    assert "Fase 4" in lezer.card("fase")
