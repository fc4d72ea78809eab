"""The only door from outside to the engine: a question in JSON, an answer in JSON.

A worker in the reader's browser knocks here, and so does the command line. Whatever comes in, something
readable goes out: an input that cannot be used gives ``soort`` "fout" with a message in Dutch.
"""

import json
import sys
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from wizard import agenda, share, verslag
from wizard.advies import advise, terms
from wizard.engine import AntwoordFout, Stand, replay
from wizard.model import LEERLING, SPOOR, Model
from wizard.schrijver import Data, Schrijver
from wizard.what_if import what_if


def answer(model: Model, antwoorden: Any) -> Data:
    """Give the next question (``soort`` "vraag") or the advice ("advies"), or say what is wrong ("fout").

    ``antwoorden`` is an object from question id to option id; anything else is told so. The key "spoor" in
    it names the track; without it all about a pupil is meant.
    """
    try:
        stand = _stand(model, antwoorden)
    except AntwoordFout as fout:
        return _fout(fout)
    schrijver = Schrijver(model)
    gelijk = {"ongebruikt": dict(stand.ongebruikt), "link": share.fragment(model, stand)}
    if stand.vraag is None:
        return advise(model, stand) | gelijk
    return {
        "soort": "vraag",
        "spoor": schrijver.spoor(stand.spoor),
        "vraag": schrijver.vraag(stand.vraag),
        "antwoorden": schrijver.gegeven(stand.antwoorden),
    } | gelijk


def _stand(model: Model, antwoorden: Any) -> Stand:
    if not isinstance(antwoorden, dict):
        melding = 'De antwoorden moeten een object zijn: vraag naar optie, zoals {"setting": "zorglocatie"}.'
        raise AntwoordFout(melding)
    gegeven = {id_: optie for id_, optie in antwoorden.items() if id_ != SPOOR}
    return replay(model, gegeven, antwoorden.get(SPOOR, LEERLING))


def _klaar(model: Model, verzoek: Mapping[str, Any]) -> Stand:
    stand = _stand(model, verzoek["antwoorden"])
    if stand.vraag is not None:
        raise AntwoordFout("Er is nog geen advies: beantwoord eerst alle vragen.")
    return stand


def _fout(fout: AntwoordFout) -> Data:
    return {"soort": "fout", "melding": str(fout)}


def _gelezen(gelezen: share.Gelezen) -> Data:
    antwoorden = {SPOOR: gelezen.spoor} | dict(gelezen.antwoorden)
    return {
        "soort": "gelezen",
        "antwoorden": antwoorden,
        "dagen": dict(gelezen.dagen),
        "meldingen": list(gelezen.meldingen),
    }


def _agenda(model: Model, verzoek: Mapping[str, Any]) -> Data:
    dagen = verzoek["dagen"]
    data = agenda.dates(model, terms(model, _klaar(model, verzoek)), dagen if isinstance(dagen, dict) else {})
    return {"soort": "agenda", "data": data, "ics": agenda.calendar(data, str(verzoek["nu"]), model.versie)}


def _tekst(model: Model, verzoek: Mapping[str, Any]) -> Data:
    advies = advise(model, _klaar(model, verzoek))
    return {"soort": "tekst", "tekst": verslag.text(advies, str(verzoek["datum"]))}


VERZOEKEN: Mapping[str, Callable[[Model, Mapping[str, Any]], Data]] = {
    "antwoord": lambda model, verzoek: answer(model, verzoek["antwoorden"]),
    "wat-als": lambda model, verzoek: {"soort": "wat-als", "vragen": what_if(model, _klaar(model, verzoek))},
    "agenda": _agenda,
    "tekst": _tekst,
    "bewijs": lambda model, verzoek: share.receipt(model, _klaar(model, verzoek), str(verzoek["datum"])),
    "link": lambda model, verzoek: _gelezen(share.read_link(model, verzoek["paren"])),
    "bestand": lambda model, verzoek: _gelezen(share.read_receipt(model, str(verzoek["tekst"]))),
}
"""What a page can ask, each with the fields that it must send."""


ONLEESBAAR = {"soort": "fout", "melding": "Deze vraag aan de wegwijzer is niet te lezen."}


def ask(model: Model, verzoek: Any) -> Data:
    """Answer a request: ``{"antwoorden": {...}}``, or one with a ``soort`` of ``VERZOEKEN`` and its fields."""
    try:
        return VERZOEKEN[verzoek.get("soort", "antwoord")](model, verzoek)
    except AntwoordFout as fout:
        return _fout(fout)
    except (KeyError, TypeError, AttributeError):
        return ONLEESBAAR


def handle(request: str) -> str:
    """Answer a request of the page, JSON in and JSON out."""
    try:
        verzoek = json.loads(request)
    except (ValueError, RecursionError):
        return json.dumps(ONLEESBAAR, ensure_ascii=False)
    return json.dumps(ask(_inhoud(), verzoek), ensure_ascii=False)


def wake() -> str:
    """Make ready to answer, after a snapshot as well as after an ordinary start; give the version of Python."""
    # a snapshot brings the state of chance of the machine that made it
    if "random" in sys.modules:
        sys.modules["random"].seed()
    return sys.version.split()[0]


@cache
def _inhoud() -> Model:
    # wizard.inhoud is written by the build; where the tables are edited, content/ is read instead
    model: Model = import_module("wizard.inhoud").MODEL
    return model


def warm() -> None:
    """Load everything that an answer needs, by giving one of each kind.

    A memory snapshot is taken after this call, and what is not loaded by then cannot be loaded later. An ordinary
    start does without: it loads what the reader asks for.
    """
    model = _inhoud()
    stand: dict[str, str] = {}
    while (antwoord := answer(model, stand))["soort"] == "vraag":
        stand[antwoord["vraag"]["id"]] = antwoord["vraag"]["opties"][0]["id"]
    answer(model, {"": ""})
    rond = {"antwoorden": stand, "datum": "1 januari 2026", "nu": "20260101T000000Z"}
    dagen = {punt.id: "2026-01-01" for punt in model.ijkpunten}
    for soort in ("wat-als", "tekst"):
        VERZOEKEN[soort](model, rond)
    _agenda(model, rond | {"dagen": dagen})
    share.read_receipt(model, json.dumps(VERZOEKEN["bewijs"](model, rond)))
