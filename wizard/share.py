"""Answers that come back from outside: in a link, or in a file that the wegwijzer made earlier.

Whatever comes in, what still fits is kept and the rest is told. Nothing of it is shown that is not ours: a
message names only what looks like an id, so that no link can put words on the page.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from wizard.agenda import day
from wizard.engine import Stand, complain, complain_track, replay
from wizard.model import LEERLING, SPOOR, Ingang, Model, Spoor
from wizard.schrijver import Data

VERSIE = "v"
"""Key of the version of the rules in a link."""

DAG = "dag."
"""What the key of a start day in a link begins with; a link has one only if the reader asked for it."""

SOORT = "wegwijzer-bewijs"
"""What a file of ours calls itself."""


@dataclass(frozen=True, kw_only=True)
class Gelezen:
    """What could be used: a track, its answers, and what the reader has to know about the rest."""

    spoor: str
    antwoorden: Mapping[str, str]
    meldingen: tuple[str, ...]
    dagen: Mapping[str, str] = field(default_factory=dict)


def fragment(model: Model, stand: Stand) -> str:
    """Give the answers that counted as the part of a link after the #."""
    spoor = {} if stand.spoor.id == LEERLING else {SPOOR: stand.spoor.id}
    return _join({VERSIE: model.versie} | spoor | dict(stand.antwoorden))


def way_in(spoor: Spoor, ingang: Ingang) -> str:
    """Give the same for a way into a track; it is made with the site that it leads to, so it needs no version."""
    return _join({SPOOR: spoor.id} | dict(ingang.antwoorden))


def _join(paren: Mapping[str, str]) -> str:
    return "&".join(f"{id_}={optie}" for id_, optie in paren.items())


def read_link(model: Model, gegeven: Any) -> Gelezen:
    """Read the pairs of a link, whatever they are; ``gegeven`` maps keys to values."""
    paren = gegeven if isinstance(gegeven, dict) else {}
    meldingen = [] if isinstance(gegeven, dict) else ["Deze link is niet te lezen. De wegwijzer begint opnieuw."]
    versie = paren.get(VERSIE)
    if versie is not None and versie != model.versie:
        meldingen.append(
            f"Deze link is gemaakt met een andere versie van de regels. Nu geldt versie {model.versie}. "
            "Het advies kan daardoor anders zijn."
        )
    dagen = {id_.removeprefix(DAG): dag for id_, dag in paren.items() if id_.startswith(DAG)}
    bekend = {punt.id for punt in model.ijkpunten}
    goed = {id_: dag for id_, dag in dagen.items() if id_ in bekend and day(dag)}
    if len(goed) < len(dagen):
        meldingen.append("Een dag in deze link is niet te lezen. Vul hem zelf in.")
    rest = {id_: optie for id_, optie in paren.items() if id_ != VERSIE and not id_.startswith(DAG)}
    return replace(_keep(model, rest, meldingen), dagen=goed)


def receipt(model: Model, stand: Stand, gemaakt: str) -> Data:
    """Give a finished ``Stand`` as a file: answers, the rows that matched, and a hash over all of it."""
    bewijs: Data = {
        "soort": SOORT,
        "versie": model.versie,
        "gemaakt": gemaakt,
        "spoor": stand.spoor.id,
        "antwoorden": dict(stand.antwoorden),
        "regels": _rows(stand),
    }
    return bewijs | {"hash": _hash(bewijs)}


def read_receipt(model: Model, tekst: str) -> Gelezen:
    """Read a file that ``receipt`` made, whatever is left of it."""
    try:
        bewijs = json.loads(tekst)
    except (ValueError, RecursionError):
        bewijs = None
    if not isinstance(bewijs, dict) or bewijs.get("soort") != SOORT:
        melding = "Dit bestand is niet van de wegwijzer. Kies het bestand dat je eerder bij een advies hebt bewaard."
        return Gelezen(spoor=LEERLING, antwoorden={}, meldingen=(melding,))
    meldingen = []
    if bewijs.get("hash") != _hash({naam: waarde for naam, waarde in bewijs.items() if naam != "hash"}):
        meldingen.append("Dit bestand is veranderd nadat de wegwijzer het maakte. Kijk de antwoorden na.")
    antwoorden = bewijs.get("antwoorden")
    if not isinstance(antwoorden, dict):
        meldingen.append("In dit bestand staan geen antwoorden.")
        antwoorden = {}
    spoor = {SPOOR: bewijs[SPOOR]} if SPOOR in bewijs else {}
    gelezen = _keep(model, antwoorden | spoor, meldingen)
    return Gelezen(
        spoor=gelezen.spoor,
        antwoorden=gelezen.antwoorden,
        meldingen=(*gelezen.meldingen, *_since(model, gelezen, bewijs)),
    )


def _keep(model: Model, paren: Mapping[str, Any], meldingen: list[str]) -> Gelezen:
    """Keep the pairs that are answers today; tell of every other one."""
    spoor = paren.get(SPOOR, LEERLING)
    if complain_track(model, spoor):
        meldingen.append(f"Het onderwerp {_naam(spoor)} is er niet meer. De wegwijzer neemt alles over een leerling.")
        spoor = LEERLING
    antwoorden = {}
    for id_, optie in paren.items():
        if id_ == SPOOR:
            continue
        if not complain(model, id_, optie):
            antwoorden[id_] = optie
        elif id_ in model.vraag:
            meldingen.append(
                f'Het antwoord {_naam(optie)} op "{model.vraag[id_].tekst}" is er niet meer. Kies opnieuw.'
            )
        else:
            meldingen.append(f"De vraag {_naam(id_)} is er niet meer. Dat antwoord doet niet mee.")
    return Gelezen(spoor=spoor, antwoorden=antwoorden, meldingen=tuple(meldingen))


def _since(model: Model, gelezen: Gelezen, bewijs: Mapping[str, Any]) -> tuple[str, ...]:
    """What became different in the rules since a file was made."""
    if bewijs.get("versie") == model.versie:
        return ()
    toen = bewijs.get("regels")
    stand = replay(model, gelezen.antwoorden, gelezen.spoor)
    nu = _rows(stand)
    if stand.vraag is None and nu == toen:
        return ("De regels zijn sindsdien veranderd, maar voor deze antwoorden past nog steeds hetzelfde.",)
    anders = [model.tabel[id_].titel for id_ in nu if not isinstance(toen, dict) or toen.get(id_) != nu[id_]]
    waar = f" Anders is nu: {', '.join(anders)}." if anders else ""
    return (f"De regels zijn veranderd sinds dit bestand is gemaakt.{waar}",)


def _rows(stand: Stand) -> dict[str, list[str]]:
    return {uitslag.tabel.id: [regel.id for regel in uitslag.regels] for uitslag in stand.uitslagen}


def _hash(bewijs: Mapping[str, Any]) -> str:
    return sha256(json.dumps(bewijs, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _naam(waarde: Any) -> str:
    """An id as it can be shown; anything that does not look like one is left out."""
    return f"'{waarde}'" if isinstance(waarde, str) and re.fullmatch(r"[a-z0-9-]{1,40}", waarde) else "hierin"
