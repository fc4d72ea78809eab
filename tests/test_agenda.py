"""Terms on a calendar: dates from a start day, and a file that a calendar library reads."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.journeys import read
from wizard.agenda import REGEL, calendar, dates
from wizard.browser import ask
from wizard.engine import AntwoordFout
from wizard.model import Model, Rekenregel, Termijn

NU = "20261124T120000Z"


def term(model: Model, **velden: Any) -> Termijn:
    """A term of the real content with another way to count."""
    regel: dict[str, Any] = {"ijkpunt": "thuis-sinds", "aantal": 3, "eenheid": "maanden", "betekenis": "Uiterlijk"}
    return replace(model.termijnen[0], reken=(Rekenregel(**(regel | velden)),))


@pytest.mark.parametrize(
    ("start", "regel", "datum"),
    [
        ("2026-09-01", {}, "2026-12-01"),
        ("2026-11-24", {}, "2027-02-24"),
        ("2026-11-30", {}, "2027-02-28"),
        ("2026-01-31", {"aantal": 1}, "2026-02-28"),
        ("2028-02-29", {"aantal": 1, "eenheid": "jaren"}, "2029-02-28"),
        ("2028-02-29", {"aantal": 4, "eenheid": "jaren"}, "2032-02-29"),
        ("2026-12-31", {"aantal": 2, "eenheid": "jaren"}, "2028-12-31"),
        ("2026-12-11", {"aantal": 6, "eenheid": "weken", "richting": "voor"}, "2026-10-30"),
        ("2026-03-31", {"aantal": 1, "richting": "voor"}, "2026-02-28"),
    ],
)
def test_a_date_follows_from_a_start_day(model: Model, start: str, regel: dict[str, Any], datum: str) -> None:
    """Weeks, months and years are counted both ways; a month that is too short gives its last day."""
    (gegeven,) = dates(model, [term(model, **regel)], {"thuis-sinds": start})
    assert gegeven["datum"] == datum
    assert gegeven["dag"].endswith(datum[:4])


def test_dates_carry_their_source_and_area(model: Model) -> None:
    """Each date says what it is, where it holds and which lines it comes from."""
    (gegeven,) = dates(model, [term(model)], {"thuis-sinds": "2026-09-01"})
    assert gegeven["dag"] == "1 december 2026"
    assert gegeven["gebied"] == model.termijnen[0].gebied
    assert all(bron["regels"] and bron["titel"] for bron in gegeven["bron"])


@pytest.mark.parametrize("dag", ["", None])
def test_without_a_day_there_is_no_date(model: Model, dag: str | None) -> None:
    """A day that was left empty, or not asked, gives no date and no complaint."""
    assert dates(model, [term(model)], {} if dag is None else {"thuis-sinds": dag}) == []


@pytest.mark.parametrize("dag", ["2026-02-30", "morgen", 5, None, ["2026-01-01"], "9999-12-01"])
def test_a_day_that_does_not_exist_is_told(model: Model, dag: Any) -> None:
    """The message names the question of the day, so that the reader knows which field to mend."""
    with pytest.raises(AntwoordFout, match=r"Sinds welke dag zit de leerling thuis\?"):
        dates(model, [term(model)], {"thuis-sinds": dag})


def test_an_unknown_day_is_named_with_those_that_exist(model: Model) -> None:
    """A start day that the content does not know is refused."""
    with pytest.raises(AntwoordFout, match="'ooit' bestaat niet"):
        dates(model, [term(model)], {"ooit": "2026-01-01"})


def test_a_calendar_library_reads_the_file(model: Model) -> None:
    """Every term that can be counted is a whole-day event with the right day, text and source, and its own name."""
    punten = {punt.id: "2026-09-01" for punt in model.ijkpunten}
    data = dates(model, model.termijnen, punten)
    kalender = Calendar.from_ical(calendar(data, NU, "abcd1234"))
    gebeurtenissen = kalender.walk("VEVENT")
    assert len(gebeurtenissen) == len(data) >= 8
    assert len({str(gebeurtenis["UID"]) for gebeurtenis in gebeurtenissen}) == len(data)
    for gegeven, gebeurtenis in zip(data, gebeurtenissen, strict=True):
        assert gebeurtenis.decoded("DTSTART") == date.fromisoformat(gegeven["datum"])
        assert str(gebeurtenis["SUMMARY"]).startswith(gegeven["naam"])
        beschrijving = str(gebeurtenis["DESCRIPTION"])
        assert beschrijving.startswith(gegeven["tekst"])
        assert all(bron["sectie"] in beschrijving for bron in gegeven["bron"])
        assert gegeven["gebied"] in beschrijving
        assert "abcd1234" in beschrijving


@given(naam=st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=200))
def test_any_text_survives_the_calendar_file(naam: str) -> None:
    """Commas, semicolons, backslashes and long lines with any letter come back as they went in."""
    gegeven = {"termijn": "t", "naam": naam, "betekenis": "Uiterlijk", "datum": "2026-09-01", "tekst": naam}
    tekst = calendar([gegeven | {"gebied": "overal", "bron": []}], NU, "v")
    assert all(len(regel.encode()) <= REGEL for regel in tekst.split("\r\n"))
    (gebeurtenis,) = Calendar.from_ical(tekst).walk("VEVENT")
    assert str(gebeurtenis["SUMMARY"]) == f"{naam}: uiterlijk"


def test_the_page_gets_dates_only_for_terms_of_its_advice(model: Model) -> None:
    """Through the page's door: the terms of this advice, counted from the days that were given."""
    reis = read("thuis-ingeschreven", model)
    verzoek = {"soort": "agenda", "antwoorden": reis.invoer, "dagen": {"thuis-sinds": "2026-09-01"}, "nu": NU}
    antwoord = ask(model, verzoek)
    assert [gegeven["datum"] for gegeven in antwoord["data"] if gegeven["termijn"] == "thuiszitten-drie-maanden"] == [
        "2026-12-01"
    ]
    assert "20261201" in antwoord["ics"]
    fout = ask(model, verzoek | {"dagen": {"thuis-sinds": "2026-13-01"}})
    assert fout["soort"] == "fout"
