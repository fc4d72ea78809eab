"""The only door from outside to the engine: a question in JSON, an answer in JSON.

A worker in the reader's browser knocks here, and so does the command line. Whatever comes in, something
readable goes out: an input that cannot be used gives ``soort`` "fout" with a message in Dutch.
"""

import json
from functools import cache
from importlib import import_module
from typing import Any

from wizard.advies import Schrijver, advise
from wizard.engine import AntwoordFout, replay
from wizard.model import Model


def answer(model: Model, antwoorden: Any) -> dict[str, Any]:
    """Give the next question (``soort`` "vraag") or the advice ("advies"), or say what is wrong ("fout").

    ``antwoorden`` is an object from question id to option id; anything else is told so.
    """
    if not isinstance(antwoorden, dict):
        melding = 'De antwoorden moeten een object zijn: vraag naar optie, zoals {"setting": "zorglocatie"}.'
        return {"soort": "fout", "melding": melding}
    try:
        stand = replay(model, antwoorden)
    except AntwoordFout as fout:
        return {"soort": "fout", "melding": str(fout)}
    if stand.vraag is None:
        return advise(model, stand) | {"ongebruikt": dict(stand.ongebruikt)}
    schrijver = Schrijver(model)
    return {
        "soort": "vraag",
        "vraag": schrijver.vraag(stand.vraag),
        "antwoorden": schrijver.gegeven(stand.antwoorden),
        "ongebruikt": dict(stand.ongebruikt),
    }


def handle(request: str) -> str:
    """Answer a request of the page: ``{"antwoorden": {...}}`` as JSON in, JSON out."""
    try:
        antwoorden = json.loads(request)["antwoorden"]
    except (ValueError, KeyError, TypeError):
        return json.dumps({"soort": "fout", "melding": "Deze vraag aan de wegwijzer is niet te lezen."})
    return json.dumps(answer(warm(), antwoorden), ensure_ascii=False)


@cache
def warm() -> Model:
    """Give the model that was built into this package, with everything loaded that an answer needs.

    A memory snapshot is taken after this call, and what is not loaded by then cannot be loaded later.
    """
    # wizard.inhoud is written by the build; where the tables are edited, content/ is read instead
    model: Model = import_module("wizard.inhoud").MODEL
    stand: dict[str, str] = {}
    while (antwoord := answer(model, stand))["soort"] == "vraag":
        stand[antwoord["vraag"]["id"]] = antwoord["vraag"]["opties"][0]["id"]
    answer(model, {"": ""})
    return model
