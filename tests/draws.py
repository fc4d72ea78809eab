"""Answer sets drawn at random, the same every time, over all tracks and with *weet ik niet* among them."""

import hashlib
import json
import random
from collections.abc import Iterator

from wizard.browser import answer
from wizard.model import SPOOR, Model


def draw(model: Model, aantal: int, zaad: int = 2026) -> Iterator[dict[str, str]]:
    """Give ``aantal`` answer sets: a track and an answer to each of its questions, or to a part of them."""
    lot = random.Random(zaad)  # noqa: S311 - a sample, not a secret
    for _ in range(aantal):
        spoor = lot.choice(model.sporen)
        vragen = {id_ for tabel in spoor.tabellen for id_ in model.tabel[tabel].invoer}
        deel = lot.random() < 0.1
        gegeven = {
            id_: lot.choice(model.vraag[id_].toegestaan) for id_ in sorted(vragen) if not deel or lot.random() < 0.6
        }
        yield {SPOOR: spoor.id, **gegeven}


def digest(antwoord: object) -> str:
    """The SHA-256 of an answer as a page writes it in JSON."""
    tekst = json.dumps(antwoord, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(tekst.encode()).hexdigest()


def digests(model: Model, sets: list[dict[str, str]]) -> list[str]:
    """The digest of the answer to each set, by CPython."""
    return [digest(answer(model, antwoorden)) for antwoorden in sets]
