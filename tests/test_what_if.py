"""What another answer would have changed, and the advice as text."""

import pytest

from tests.journeys import NAMEN, outcomes, read, tables
from wizard.browser import ask
from wizard.model import WEET_NIET, Model
from wizard.what_if import HOOFDZAKEN


@pytest.mark.parametrize("naam", NAMEN[::3])
def test_what_if_says_what_a_fresh_run_gives(model: Model, naam: str) -> None:
    """For each other answer the changed outcomes are those of a fresh run with that answer; the rest stays."""
    reis = read(naam, model)
    nu = ask(model, {"antwoorden": reis.invoer})
    namen = {uitslag["titel"]: uitslag for uitslag in tables(nu).values()}
    for vraag in ask(model, {"soort": "wat-als", "antwoorden": reis.invoer})["vragen"]:
        id_ = vraag["vraag"]
        assert [ander["optie"] for ander in vraag["anders"]] == [
            optie for optie in model.vraag[id_].optie_ids if optie != reis.antwoorden[id_]
        ]
        for ander in vraag["anders"]:
            dan = {**reis.invoer, id_: ander["optie"]}
            while (stand := ask(model, {"antwoorden": dan}))["soort"] == "vraag":
                # a question that only becomes needed stays open, as far as it can
                mogelijk = model.vraag[stand["vraag"]["id"]].toegestaan
                if WEET_NIET not in mogelijk:
                    break
                dan[stand["vraag"]["id"]] = WEET_NIET
            if stand["soort"] == "vraag":
                continue
            verschil = {deel["titel"]: deel for deel in ander["verschil"]}
            for tabel, uitslag in tables(stand).items():
                if model.tabel[tabel].onderdeel not in HOOFDZAKEN:
                    continue
                anders = set(outcomes(uitslag)) != set(outcomes(tables(nu)[tabel]))
                assert (uitslag["titel"] in verschil) == anders, (id_, ander["optie"], tabel)
                if anders:
                    assert sorted(verschil[uitslag["titel"]]["dan"]) == sorted(
                        uitkomst["naam"] for uitkomst in uitslag["uitkomsten"]
                    )
            assert set(verschil) <= set(namen)


@pytest.mark.parametrize("naam", NAMEN)
def test_the_text_holds_all_that_minutes_need(model: Model, naam: str) -> None:
    """Answers, every main outcome with how sure it is and its source, the date and the version, in plain text."""
    reis = read(naam, model)
    advies = ask(model, {"antwoorden": reis.invoer})
    tekst = ask(model, {"soort": "tekst", "antwoorden": reis.invoer, "datum": "24 november 2026"})["tekst"]
    assert "24 november 2026" in tekst
    assert model.versie in tekst
    for gegeven in advies["antwoorden"]:
        assert f"{gegeven['tekst']} {gegeven['antwoord']}" in tekst
    for uitslag in tables(advies).values():
        for uitkomst in uitslag["uitkomsten"]:
            assert uitkomst["naam"] in tekst
        if model.tabel[uitslag["tabel"]].onderdeel in HOOFDZAKEN:
            assert uitslag["zeker"].lower() in tekst
            assert all(f"regel {bron['regels']}" in tekst for regel in uitslag["regels"] for bron in regel["bron"])
    assert "<" not in tekst


def test_what_comes_after_an_advice_needs_an_advice(model: Model) -> None:
    """Halfway there is nothing to take along yet, and the message says so."""
    for soort in ("wat-als", "tekst", "bewijs", "agenda"):
        verzoek = {"soort": soort, "antwoorden": {"setting": "thuis"}, "datum": "", "nu": "", "dagen": {}}
        assert "nog geen advies" in ask(model, verzoek)["melding"]
