"""What a reader does with the wegwijzer besides answering: choose a subject, share, keep, print, look further."""

import json
from pathlib import Path

from icalendar import Calendar
from playwright.sync_api import Download, FilePayload, Page, expect

from tests import journeys
from tests.e2e.wegwijzer import START, Wegwijzer
from wizard.browser import answer, ask
from wizard.model import SPOOR, Model

REIS = "thuis-ingeschreven"


def follow(page: Page, adres: str, link: str) -> Wegwijzer:
    """Open the wegwijzer by a link, as a new visit."""
    page.goto("about:blank")
    page.goto(f"{adres}wegwijzer/#{link}")
    return Wegwijzer(page)


def advised(page: Page, adres: str, model: Model, naam: str = REIS) -> Wegwijzer:
    """The advice of a journey, opened by its link."""
    return follow(page, adres, answer(model, journeys.read(naam, model).invoer)["link"]).state("advies")


def text_of(download: Download) -> str:
    """What a reader finds in the file that was kept."""
    return Path(download.path()).read_text(encoding="utf-8")


def test_every_way_in_leads_to_its_first_question(wegwijzer: Wegwijzer, model: Model) -> None:
    """Each subject on the page opens its track, with the answers that it brings along filled in."""
    wegwijzer.ready()
    getoond = wegwijzer.wortel.locator("[data-ingang]").evaluate_all("links => links.map(link => link.dataset.ingang)")
    assert getoond == [ingang.id for spoor in model.sporen for ingang in spoor.ingangen]
    for spoor in model.sporen:
        for ingang in spoor.ingangen:
            wegwijzer.wortel.locator("[data-sporen] > summary").click()
            wegwijzer.wortel.locator(f'[data-ingang="{ingang.id}"]').click()
            # the list closes when the new question stands there, which may be the one that stood there before
            expect(wegwijzer.wortel.locator("[data-sporen]")).not_to_have_attribute("open", "")
            hoort = answer(model, {SPOOR: spoor.id, **ingang.antwoorden})
            expect(wegwijzer.wortel).to_have_attribute("data-spoor", spoor.id)
            expect(wegwijzer.option(hoort["vraag"]["id"], hoort["vraag"]["opties"][0]["id"])).to_be_visible()
            expect(wegwijzer.wortel.locator("[data-onderwerp]")).to_have_text(spoor.titel)
            assert "#" not in wegwijzer.page.url


def test_every_journey_can_be_seen_by_its_link(wegwijzer: Wegwijzer, model: Model) -> None:
    """The link of each journey, in every track, opens its advice: every outcome stands there with a source."""
    wegwijzer.ready()
    for naam in journeys.NAMEN:
        hoort = answer(model, journeys.read(naam, model).invoer)
        wegwijzer.page.evaluate("link => { location.hash = link; }", hoort["link"])
        namen = {uitkomst["naam"] for uitslag in journeys.tables(hoort).values() for uitkomst in uitslag["uitkomsten"]}
        for uitkomst in namen - {"Niets extra"}:
            expect(wegwijzer.state("advies").wortel).to_contain_text(uitkomst)
        for deel in wegwijzer.wortel.locator("[data-advies]").all():
            assert deel.locator("[data-bron]").count() > 0, naam
        assert "#" not in wegwijzer.page.url


def test_a_link_with_old_answers_says_so_and_keeps_the_rest(page: Page, adres: str) -> None:
    """What a link holds that is gone is told in a message; what still fits is filled in."""
    wegwijzer = follow(page, adres, "v=0000ffff&setting=thuis&groep=honderd&huisdier=ja")
    expect(wegwijzer.option("ingeschreven", "ja")).to_be_visible(timeout=START)
    meldingen = wegwijzer.wortel.locator("[data-meldingen]")
    expect(meldingen).to_contain_text("andere versie van de regels")
    expect(meldingen).to_contain_text("'honderd'")
    expect(meldingen).to_contain_text("'huisdier'")


def test_reload_keeps_the_place_and_the_answers(wegwijzer: Wegwijzer) -> None:
    """After a reload the same question stands there, with the earlier answers; back still works."""
    wegwijzer.answer({"setting": "zorglocatie", "groep": "5"})
    wegwijzer.page.reload()
    expect(wegwijzer.option("ingroei", "nee")).to_be_visible(timeout=START)
    expect(wegwijzer.wortel.locator("[data-antwoorden]")).to_contain_text("Een groep van ongeveer 5")
    wegwijzer.page.go_back()
    expect(wegwijzer.option("groep", "5")).to_be_checked()


def test_a_reader_shares_the_advice_by_a_link(page: Page, adres: str, model: Model) -> None:
    """The link that is copied opens the same advice; a start day goes along only when that is asked."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    wegwijzer = advised(page, adres, model)
    wegwijzer.wortel.locator('[data-dag="thuis-sinds"]').fill("2026-09-01")
    link = wegwijzer.wortel.locator('[data-meenemen="link"]')
    link.click()
    expect(wegwijzer.wortel.locator(".ww-gedaan")).to_have_text("De link is gekopieerd.")
    gekopieerd = page.evaluate("navigator.clipboard.readText()")
    assert "2026-09-01" not in gekopieerd
    wegwijzer.wortel.locator("#ww-met-dagen").check()
    link.click()
    expect(wegwijzer.wortel.locator(".ww-uitvoer")).to_have_value(f"{gekopieerd}&dag.thuis-sinds=2026-09-01")
    ander = follow(page, adres, f"{gekopieerd}&dag.thuis-sinds=2026-09-01".partition("#")[2]).state("advies")
    expect(ander.wortel.locator('[data-dag="thuis-sinds"]')).to_have_value("2026-09-01")
    expect(ander.wortel.locator("[data-datum='2026-12-01']")).to_be_visible()


def test_a_reader_copies_the_advice_as_text(page: Page, adres: str, model: Model) -> None:
    """The text on the clipboard is the one that CPython writes, but for the date of today."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    wegwijzer = advised(page, adres, model)
    wegwijzer.wortel.locator('[data-meenemen="tekst"]').click()
    expect(wegwijzer.wortel.locator(".ww-gedaan")).to_have_text("De tekst is gekopieerd.")
    tekst = page.evaluate("navigator.clipboard.readText()").splitlines()
    invoer = journeys.read(REIS, model).invoer
    hoort = ask(model, {"soort": "tekst", "antwoorden": invoer, "datum": ""})["tekst"].splitlines()
    assert tekst[0] == hoort[0]
    assert tekst[2:] == hoort[2:]


def test_a_reader_keeps_the_advice_as_a_file_and_opens_it_again(page: Page, adres: str, model: Model) -> None:
    """The file holds answers, rows and hash; opened on a fresh page it gives the same advice."""
    wegwijzer = advised(page, adres, model)
    with page.expect_download() as download:
        wegwijzer.wortel.locator('[data-meenemen="bestand"]').click()
    bewijs = json.loads(text_of(download.value))
    reis = journeys.read(REIS, model)
    assert bewijs["antwoorden"] == dict(reis.antwoorden)
    bewaard = FilePayload(name="advies.json", mimeType="application/json", buffer=json.dumps(bewijs).encode())
    page.goto(f"{adres}wegwijzer/")
    wegwijzer.ready().wortel.locator("[data-bestand]").set_input_files(files=[bewaard])
    wegwijzer.state("advies")
    expect(wegwijzer.wortel.locator("[data-meldingen] p")).to_have_count(0)
    expect(wegwijzer.advice("verantwoordelijk")).to_contain_text("School")


def test_a_file_that_is_not_ours_is_told_and_nothing_is_lost(wegwijzer: Wegwijzer) -> None:
    """Another file gives a message, and back leads to the answers that were there."""
    wegwijzer.answer({"setting": "thuis"})
    vreemd = FilePayload(name="brief.json", mimeType="application/json", buffer=b'{"geachte": "heer"}')
    wegwijzer.wortel.locator("[data-bestand]").set_input_files(files=[vreemd])
    expect(wegwijzer.wortel.locator("[data-meldingen]")).to_contain_text("niet van de wegwijzer")
    wegwijzer.page.go_back()
    expect(wegwijzer.option("ingeschreven", "ja")).to_be_visible()


def test_terms_become_dates_and_a_calendar_file(page: Page, adres: str, model: Model) -> None:
    """A start day gives a date with its source; the file is read by a calendar library; nothing stays behind."""
    wegwijzer = advised(page, adres, model)
    wegwijzer.wortel.locator('[data-dag="thuis-sinds"]').fill("2026-11-30")
    datum = wegwijzer.wortel.locator("[data-datum='2027-02-28']")
    expect(datum).to_contain_text("28 februari 2027")
    expect(datum.locator("[data-bron]")).to_be_visible()
    with page.expect_download() as download:
        wegwijzer.wortel.locator('[data-meenemen="agenda"]').click()
    dagen = [gebeurtenis.decoded("DTSTART").isoformat() for gebeurtenis in Calendar.from_ical(
        text_of(download.value)).walk("VEVENT")]  # fmt: skip
    assert "2027-02-28" in dagen
    assert "2026-11-30" not in page.url + page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


def test_a_reader_sees_the_tasks_of_one_party_first(page: Page, adres: str, model: Model) -> None:
    """Choosing a role shows each of its tasks in this advice, with where it comes from."""
    wegwijzer = advised(page, adres, model)
    for rol in answer(model, journeys.read(REIS, model).invoer)["taken"][:3]:
        wegwijzer.wortel.locator("#ww-rol").select_option(rol["id"])
        taken = wegwijzer.wortel.locator('[data-plek="taken-lijst"] li[data-taak]')
        expect(taken).to_have_count(len(rol["taken"]))
        expect(taken.first).to_contain_text(rol["taken"][0]["tekst"])


def test_a_reader_sees_what_another_answer_would_change(page: Page, adres: str, model: Model) -> None:
    """Without leaving the advice: per question the other answers, with what would be different."""
    wegwijzer = advised(page, adres, model)
    wegwijzer.wortel.locator('[data-plek="wat-als"] > summary').click()
    ingeschreven = wegwijzer.wortel.locator('[data-watals="ingeschreven"]')
    expect(ingeschreven).to_contain_text("Procesregie: Leerplicht", timeout=START)
    wegwijzer.state("advies")


def test_on_paper_everything_is_open_and_buttons_are_gone(page: Page, adres: str, model: Model) -> None:
    """Print shows answers, date and version, opens what is folded, and leaves out what cannot be clicked."""
    wegwijzer = advised(page, adres, model)
    dicht = wegwijzer.wortel.locator(".ww-advies details:not([open]):not([data-plek])")
    eerder = dicht.count()
    assert eerder > 10
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(dicht).to_have_count(0)
    papier = wegwijzer.wortel.locator(".ww-papier")
    expect(papier).to_be_visible()
    expect(papier).to_contain_text(model.versie)
    expect(papier).to_contain_text("Nergens. De leerling zit thuis")
    for weg in (".ww-knoppen", ".ww-kop", '[data-plek="meenemen"]', ".md-header"):
        expect(page.locator(weg).first).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(dicht).to_have_count(eerder)


def test_outside_the_region_the_advice_says_so_first(page: Page, adres: str, model: Model) -> None:
    """Above all else stands that the agreements do not hold there, and that it is an example."""
    anders = journeys.read(REIS, model).invoer | {"gebied": "buiten"}
    wegwijzer = follow(page, adres, answer(model, anders)["link"]).state("advies")
    melding = wegwijzer.wortel.locator("[data-analogie]")
    expect(melding).to_contain_text("Naar analogie")
    expect(melding.locator("[data-bron]")).to_be_visible()
