"""Answers that come back: by a link or a file, whatever is in it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.journeys import NAMEN, read
from wizard.browser import ask, handle
from wizard.model import LEERLING, SPOOR, Model

DATUM = "24 november 2026"
type Data = dict[str, Any]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda deel: st.lists(deel, max_size=4) | st.dictionaries(st.text(max_size=12), deel, max_size=4),
    max_leaves=12,
)


def pairs(link: str) -> dict[str, str]:
    """A link taken apart as a page does."""
    return dict(paar.split("=", 1) for paar in link.split("&"))


@pytest.mark.parametrize("naam", NAMEN)
def test_a_link_brings_back_the_advice(model: Model, naam: str) -> None:
    """The link of an advice opens the same advice, without a message, and is short."""
    reis = read(naam, model)
    advies = ask(model, {"antwoorden": reis.invoer})
    gelezen = ask(model, {"soort": "link", "paren": pairs(advies["link"])})
    assert gelezen["meldingen"] == []
    assert ask(model, {"antwoorden": gelezen["antwoorden"]}) == advies
    assert len(advies["link"]) < 300


def test_a_link_halfway_brings_back_the_question(model: Model) -> None:
    """Also before the advice there is a link that leads to the same question."""
    vraag = ask(model, {"antwoorden": {"setting": "thuis"}})
    gelezen = ask(model, {"soort": "link", "paren": pairs(vraag["link"])})
    assert ask(model, {"antwoorden": gelezen["antwoorden"]})["vraag"]["id"] == vraag["vraag"]["id"]


def test_a_link_of_other_rules_says_so_and_keeps_what_fits(model: Model) -> None:
    """Another version, an unknown question, an answer that is gone: each is told, the rest is kept."""
    paren = {"v": "0000ffff", "setting": "thuis", "huisdier": "ja", "groep": "honderd"}
    gelezen = ask(model, {"soort": "link", "paren": paren})
    assert gelezen["antwoorden"] == {SPOOR: LEERLING, "setting": "thuis"}
    versie, huisdier, groep = gelezen["meldingen"]
    assert "andere versie" in versie
    assert model.versie in versie
    assert "'huisdier'" in huisdier
    assert "'honderd'" in groep
    assert model.vraag["groep"].tekst in groep


def test_an_unknown_track_falls_back_to_the_pupil(model: Model) -> None:
    """A link to a track that is gone opens the pupil's, with a message."""
    gelezen = ask(model, {"soort": "link", "paren": {SPOOR: "verkeer", "setting": "thuis"}})
    assert gelezen["antwoorden"] == {SPOOR: LEERLING, "setting": "thuis"}
    assert "'verkeer'" in gelezen["meldingen"][0]


def test_a_link_cannot_put_words_on_the_page(model: Model) -> None:
    """What does not look like an id of ours is not repeated in a message."""
    woorden = "Bel 0900-1234, het is dringend"
    gelezen = ask(model, {"soort": "link", "paren": {woorden: "x", "setting": woorden, SPOOR: woorden}})
    assert len(gelezen["meldingen"]) == 3
    assert not any("dringend" in melding for melding in gelezen["meldingen"])


def test_days_travel_in_a_link_only_when_they_exist(model: Model) -> None:
    """A start day in a link is taken over; one that does not exist is told and left out."""
    paren = {"dag.thuis-sinds": "2026-09-01"}
    assert ask(model, {"soort": "link", "paren": paren})["dagen"] == {"thuis-sinds": "2026-09-01"}
    for kapot in ({"dag.thuis-sinds": "2026-02-30"}, {"dag.ooit": "2026-09-01"}):
        gelezen = ask(model, {"soort": "link", "paren": kapot})
        assert gelezen["dagen"] == {}
        assert "Een dag in deze link" in gelezen["meldingen"][0]


@pytest.mark.parametrize("naam", NAMEN[::7])
def test_a_file_brings_back_the_advice(model: Model, naam: str) -> None:
    """A receipt holds answers, rows and a hash, and opens the same advice without a message."""
    reis = read(naam, model)
    bewijs = ask(model, {"soort": "bewijs", "antwoorden": reis.invoer, "datum": DATUM})
    advies = ask(model, {"antwoorden": reis.invoer})
    gelezen = ask(model, {"soort": "bestand", "tekst": json.dumps(bewijs, indent=2)})
    assert gelezen["meldingen"] == []
    assert ask(model, {"antwoorden": gelezen["antwoorden"]}) == advies
    assert set(bewijs["regels"]) == set(model.spoor[reis.spoor].tabellen)
    assert bewijs["gemaakt"] == DATUM


@pytest.fixture
def bewijs(model: Model) -> Data:
    """A receipt."""
    return ask(model, {"soort": "bewijs", "antwoorden": read("fase-3", model).invoer, "datum": DATUM})


def opened(model: Model, bewijs: Any) -> list[str]:
    """The messages with which a file opens."""
    meldingen: list[str] = ask(model, {"soort": "bestand", "tekst": json.dumps(bewijs)})["meldingen"]
    return meldingen


def test_a_file_that_was_changed_is_told(model: Model, bewijs: Data) -> None:
    """One other answer, and the hash no longer fits."""
    bewijs["antwoorden"]["ingroei"] = "nee"
    assert "veranderd nadat" in opened(model, bewijs)[0]


def test_a_file_of_older_rules_tells_what_is_different_now(model: Model, bewijs: Data) -> None:
    """When the rules changed since, the message names the tables that say something else."""
    ouder = replace(model, versie="0000ffff")
    oud = ask(ouder, {"soort": "bewijs", "antwoorden": bewijs["antwoorden"] | {SPOOR: LEERLING}, "datum": DATUM})
    assert any("nog steeds hetzelfde" in melding for melding in opened(model, oud))
    oud["regels"]["fase"] = ["thuis"]
    assert any("Anders is nu: Fase." in melding for melding in opened(model, oud))


@pytest.mark.parametrize("tekst", ["", "geen json", "[]", "5", '{"soort": "iets anders"}', "[" * 100_000])
def test_a_file_that_is_not_ours_is_told(model: Model, tekst: str) -> None:
    """Any other file gives one plain message and no answers."""
    gelezen = ask(model, {"soort": "bestand", "tekst": tekst})
    assert gelezen["antwoorden"] == {SPOOR: LEERLING}
    assert "niet van de wegwijzer" in gelezen["meldingen"][0]


@given(paren=JSON)
@settings(max_examples=300, deadline=None)
def test_nothing_in_a_link_makes_it_throw(model: Model, paren: Any) -> None:
    """Whatever a link holds, what is left leads to a question."""
    gelezen = ask(model, {"soort": "link", "paren": paren})
    assert ask(model, {"antwoorden": gelezen["antwoorden"]})["soort"] in {"vraag", "advies"}


@given(velden=st.dictionaries(st.sampled_from(["versie", "gemaakt", "spoor", "antwoorden", "regels", "hash"]), JSON))
@settings(max_examples=300, deadline=None)
def test_nothing_in_a_file_makes_it_throw(model: Model, velden: Data) -> None:
    """Whatever stands in the fields of a receipt, what is left leads to a question."""
    gelezen = ask(model, {"soort": "bestand", "tekst": json.dumps({"soort": "wegwijzer-bewijs"} | velden)})
    assert ask(model, {"antwoorden": gelezen["antwoorden"]})["soort"] in {"vraag", "advies"}


@given(verzoek=JSON | st.fixed_dictionaries({"soort": st.sampled_from(["wat-als", "agenda", "tekst", "bewijs"])}))
def test_nothing_that_a_page_asks_makes_it_throw(model: Model, verzoek: Any) -> None:
    """Whatever request comes in, an answer with a kind goes out."""
    assert ask(model, verzoek)["soort"]


@given(tekst=st.text(max_size=60))
def test_nothing_that_is_no_json_makes_it_throw(tekst: str) -> None:
    """Text that is no request gives an error that a page can show."""
    try:
        json.loads(tekst)
    except ValueError:
        pass
    else:
        reject()
    assert json.loads(handle(tekst))["soort"] == "fout"
