"""The wegwijzer on the real build in a real browser, from first question to advice."""

import json

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import journeys
from tests.draws import digests, draw
from tests.e2e.wegwijzer import START, Wegwijzer
from wizard.browser import answer
from wizard.engine import replay
from wizard.model import SPOOR, Model

VIJF = ("fase-6", "fase-5", "fase-4", "fase-3", "fase-2")
NU = "20261124T120000Z"
NERGENS_ANDERS = ("thuis-niet-ingeschreven", "behandelinstelling")


@pytest.mark.parametrize("naam", [*VIJF, "fase-1-met-onderwijsbehoefte", *NERGENS_ANDERS])
def test_a_reader_gets_from_the_first_question_to_the_advice(wegwijzer: Wegwijzer, model: Model, naam: str) -> None:
    """Answering one question at a time leads to phase, responsibility and step, each with its sources."""
    reis = journeys.read(naam, model)
    wegwijzer.answer(reis.antwoorden).state("advies")
    hoort = answer(model, dict(reis.antwoorden))
    procesregie = next(uitslag for uitslag in hoort["verantwoordelijk"] if uitslag["tabel"] == "procesregie")
    for deel, uitslag in (("fase", hoort["fase"]), ("verantwoordelijk", procesregie), ("stap", hoort["stap"])):
        for uitkomst in uitslag["uitkomsten"]:
            expect(wegwijzer.advice(deel)).to_contain_text(uitkomst["naam"])
        expect(wegwijzer.advice(deel).locator("[data-bron]").first).to_be_visible()
    for id_ in reis.verwacht.fase:
        if id_ in model.fase:
            expect(wegwijzer.advice("fase")).to_contain_text(f"Fase {model.fase[id_].nummer}")
    for gegeven in hoort["fase"]["fasen"]:
        for doel in gegeven["doelen"]:
            rij = wegwijzer.advice("verantwoordelijk").locator("tr", has_text=doel["naam"])
            expect(rij).to_contain_text(doel["hoe"])


def test_every_journey_gives_the_same_advice_in_the_browser_as_in_cpython(wegwijzer: Wegwijzer, model: Model) -> None:
    """The JSON from Pyodide equals that from CPython, key by key, for every journey and every step on its way."""
    for naam in journeys.NAMEN:
        reis = journeys.read(naam, model)
        stappen = list(reis.antwoorden.items())
        for aantal in range(len(stappen) + 1):
            antwoorden = {SPOOR: reis.spoor, **dict(stappen[:aantal])}
            hoort = json.loads(json.dumps(answer(model, antwoorden)))
            assert wegwijzer.ask(antwoorden) == hoort, f"{naam} after {aantal} answers"
        dagen = dict(reis.dagen or {})
        data = wegwijzer.ask(reis.invoer, soort="agenda", dagen=dagen, nu=NU)["data"] if dagen else []
        journeys.expect(reis, wegwijzer.ask(reis.invoer), data)


TREKKINGEN = 10_000
"""Answer sets for which Pyodide must say what CPython says."""

HANDEN = """async (sets) => {
  const tekst = new TextEncoder();
  const gevonden = [];
  for (const antwoorden of sets) {
    const antwoord = JSON.stringify(await WegwijzerPython.vraag({ antwoorden }));
    const som = await crypto.subtle.digest('SHA-256', tekst.encode(antwoord));
    gevonden.push([...new Uint8Array(som)].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  return gevonden;
}"""


def test_ten_thousand_drawn_answer_sets_give_the_same_in_the_browser_as_in_cpython(
    wegwijzer: Wegwijzer, model: Model
) -> None:
    """Over all tracks, with weet ik niet and with gaps: the JSON of each answer is the same to the letter."""
    wegwijzer.ready()
    sets = list(draw(model, TREKKINGEN))
    for begin in range(0, TREKKINGEN, 500):
        deel = sets[begin : begin + 500]
        assert wegwijzer.page.evaluate(HANDEN, deel) == digests(model, deel), f"in {begin}-{begin + 500}"


def test_an_answer_can_be_changed_halfway(wegwijzer: Wegwijzer, model: Model) -> None:
    """A changed answer keeps the others, asks only what is newly needed, and gives what a fresh run gives."""
    reis = journeys.read("fase-3", model)
    wegwijzer.answer(reis.antwoorden).state("advies")
    expect(wegwijzer.advice("fase")).to_contain_text("Fase 3")
    wegwijzer.change("ingroei")
    expect(wegwijzer.option("ingroei", reis.antwoorden["ingroei"])).to_be_checked()
    wegwijzer.choose("ingroei", "nee")
    wegwijzer.choose("leerbehoefte", "nee").state("advies")
    expect(wegwijzer.advice("fase")).to_contain_text("Fase 1")
    anders = dict(reis.antwoorden) | {"ingroei": "nee", "leerbehoefte": "nee"}
    assert answer(model, anders)["fase"]["uitkomsten"][0]["id"] == "fase-1-zonder-onderwijsbehoefte"
    expect(wegwijzer.advice("fase")).to_contain_text(answer(model, anders)["fase"]["regels"][0]["omdat"])


def test_a_reader_can_go_back_and_start_again(wegwijzer: Wegwijzer) -> None:
    """Terug shows the last question with the answer given; opnieuw forgets everything."""
    wegwijzer.answer({"setting": "zorglocatie", "groep": "5"})
    wegwijzer.button("terug").click()
    expect(wegwijzer.option("groep", "5")).to_be_checked()
    wegwijzer.button("opnieuw").click()
    expect(wegwijzer.option("setting", "zorglocatie")).to_be_visible()
    expect(wegwijzer.wortel.locator("input:checked")).to_have_count(0)
    expect(wegwijzer.wortel.locator("[data-antwoorden]")).to_be_hidden()


def test_back_and_forward_of_the_browser_walk_the_screens(wegwijzer: Wegwijzer) -> None:
    """The browser's own buttons go through questions and changes, and no answer is lost."""
    wegwijzer.answer({"setting": "thuis", "ingeschreven": "nee", "vrijstelling": "nee", "thuishulp": "nee"})
    wegwijzer.choose("gebied", "leidse-regio").state("advies").page.go_back()
    expect(wegwijzer.option("gebied", "leidse-regio")).to_be_checked()
    wegwijzer.page.go_back()
    expect(wegwijzer.option("thuishulp", "nee")).to_be_checked()
    wegwijzer.page.go_forward()
    wegwijzer.page.go_forward()
    wegwijzer.state("advies").page.go_back()
    expect(wegwijzer.option("gebied", "leidse-regio")).to_be_checked()
    wegwijzer.page.go_back()
    wegwijzer.choose("thuishulp", "ja").state("advies")
    expect(wegwijzer.wortel).to_contain_text("gezinsplan")


def test_going_on_without_an_answer_says_what_is_missing(wegwijzer: Wegwijzer) -> None:
    """Nothing is sent on; a message asks for an answer and the first option has the focus."""
    wegwijzer.ready().button("verder").click()
    expect(wegwijzer.page.get_by_role("alert")).to_contain_text("Kies eerst een antwoord")
    expect(wegwijzer.option("setting", "regulier")).to_be_focused()


def test_not_knowing_shows_what_remains_possible_and_whom_to_ask(wegwijzer: Wegwijzer, model: Model) -> None:
    """With weet ik niet the advice names every phase left, the question that settles it, and who knows."""
    reis = journeys.read("weet-niet-ingroei", model)
    wegwijzer.answer(reis.antwoorden).state("advies")
    fase = wegwijzer.advice("fase")
    assert len(reis.verwacht.fase) > 1
    for id_ in reis.verwacht.fase:
        expect(fase).to_contain_text(f"Fase {model.fase[id_].nummer}: {model.fase[id_].naam}")
    expect(fase).to_contain_text("Nog niet te bepalen")
    expect(fase).to_contain_text(model.vraag["ingroei"].tekst)
    weet_niet = model.vraag["ingroei"].weet_niet
    assert weet_niet is not None
    for rol in weet_niet.wie:
        expect(fase).to_contain_text(model.rol[rol].naam)


def test_a_whole_journey_works_with_the_keyboard_alone(wegwijzer: Wegwijzer, model: Model) -> None:
    """Arrow keys choose, Enter goes on, and the focus follows to each new question and to the advice."""
    reis = journeys.read("thuis-niet-ingeschreven", model)
    wegwijzer.ready()
    toetsen = wegwijzer.page.keyboard
    for vraag, optie in reis.antwoorden.items():
        plek = [*model.vraag[vraag].toegestaan].index(optie)
        while wegwijzer.page.evaluate("document.activeElement.name") != vraag:
            toetsen.press("Tab")
        toetsen.press("Space")
        for _ in range(plek):
            toetsen.press("ArrowDown")
        expect(wegwijzer.option(vraag, optie)).to_be_checked()
        toetsen.press("Enter")
        expect(wegwijzer.wortel.locator(f'.ww-vraag[data-vraag="{vraag}"]')).to_have_count(0)
    wegwijzer.state("advies")
    expect(wegwijzer.wortel.locator("h2", has_text="Advies")).to_be_focused()


def test_links_of_the_advice_lead_to_the_page_and_place_on_the_site(wegwijzer: Wegwijzer, model: Model) -> None:
    """Every address in an advice exists on the site, anchor included."""
    wegwijzer.answer(journeys.read("fase-2", model).antwoorden).state("advies")
    adressen = set(wegwijzer.wortel.locator(".ww-advies a").evaluate_all("links => links.map(link => link.href)"))
    assert len(adressen) > 20
    for adres in sorted(adressen):
        pagina, _, anker = adres.partition("#")
        antwoord = wegwijzer.page.request.get(pagina)
        assert antwoord.ok, adres
        assert not anker or f'id="{anker}"' in antwoord.text(), adres


def test_nothing_is_stored_and_the_address_stays_bare(
    wegwijzer: Wegwijzer, context: BrowserContext, model: Model
) -> None:
    """After a whole journey there is no cookie, no stored answer, and none in the address."""
    wegwijzer.answer(journeys.read("fase-3", model).antwoorden).state("advies")
    assert context.cookies() == []
    bewaard = wegwijzer.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    for woord in ("zorglocatie", "ingroei", "setting"):
        assert woord not in bewaard
        assert woord not in wegwijzer.page.url


def test_the_first_question_is_in_the_html_before_any_script(context: BrowserContext, adres: str, model: Model) -> None:
    """Without JavaScript the question and its options can be read, and the page points to the tables."""
    browser = context.browser
    assert browser is not None
    zonder = browser.new_context(java_script_enabled=False)
    pagina: Page = zonder.new_page()
    pagina.goto(f"{adres}wegwijzer/")
    eerste = replay(model, {}).vraag
    assert eerste is not None
    expect(pagina.locator("fieldset legend")).to_contain_text(eerste.tekst)
    assert pagina.locator(f'fieldset input[name="{eerste.id}"]').count() == len(eerste.toegestaan)
    pagina.locator(".ww-melding a").click()
    tabellen = pagina.locator("#zonder-de-wegwijzer a[href^='beslistabellen/']")
    assert tabellen.count() >= len(model.sporen)
    expect(tabellen.first).to_be_visible()
    zonder.close()


def test_an_answer_given_before_python_is_there_is_kept(wegwijzer: Wegwijzer) -> None:
    """A reader who is faster than Python gets the next question as soon as it is there."""
    wegwijzer.choose("setting", "thuis")
    expect(wegwijzer.option("ingeschreven", "ja")).to_be_visible(timeout=START)
