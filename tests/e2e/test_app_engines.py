"""The held site in Firefox and WebKit, with the server gone."""

import time
from pathlib import Path

import pytest

from tests import journeys
from tests.e2e.lezer import Lezer
from tests.e2e.webserver import Webserver
from tests.motor import Motor
from wizard.model import Model

KOP = "document.querySelector('h1').textContent"
STAND = "document.querySelector('footer [data-app-status]').textContent === 'Beschikbaar zonder internet'"


def _first(lezer: Lezer, plek: str) -> bool:
    return bool(gevonden := lezer.results()) and gevonden[0][0] == plek


@pytest.mark.parametrize("motor", ["firefox", "webkit"], indirect=True)
def test_after_one_visit_the_site_works_without_a_network(motor: Motor, site: Path, model: Model) -> None:
    """With the server gone, in a new tab too: a page, an unknown address, search, and a journey from the snapshot."""
    server = Webserver(site)
    lezer = Lezer(motor=motor, wortel=server.adres)
    try:
        lezer.open()
        motor.wait(STAND, 120)
    finally:
        server.stop()
    motor.offline(True)
    try:
        lezer.open("fasen/fase-2/")
        assert "Fase 2" in motor.js(KOP)
        lezer.open("bestaat/niet/")
        assert "Deze pagina is er niet" in motor.js(KOP)
        motor.new_tab()
        lezer.open().open_search()
        motor.type(".md-search__input", "wie heeft de procesregie")
        einde = time.monotonic() + 20
        # results follow each key
        while not _first(lezer, "procesregie/") and time.monotonic() < einde:
            time.sleep(0.1)
        assert _first(lezer, "procesregie/")
        lezer.start()
        assert lezer.weg() == "snapshot"
        lezer.answer(journeys.read("fase-3", model).antwoorden).state("advies")
        assert "Fase 3" in lezer.card("fase")
    finally:
        motor.offline(False)
