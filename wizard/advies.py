"""The advice as plain data: what the tables of a track say, with all that the content tells about it.

Everything a page or a reader of JSON needs is in it, sources included.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from wizard.engine import Stand, Uitslag, elsewhere, facts, holds
from wizard.model import Fase, Model, Termijn
from wizard.schrijver import Data, Schrijver


def advise(model: Model, stand: Stand) -> Data:
    """Give the advice for a finished ``Stand``: what the tables of its track say, and what goes with it.

    A part that the track has no table for is None (``fase``, ``stap``) or empty.
    """
    feiten = facts(model, stand)
    schrijver = Schrijver(model, feiten, elders=elsewhere(stand))
    delen: dict[str, list[Uitslag]] = {}
    for uitslag in stand.uitslagen:
        delen.setdefault(uitslag.tabel.onderdeel, []).append(uitslag)
    fasen: list[Fase] = []
    advies: Data = {
        "soort": "advies",
        "versie": model.versie,
        "spoor": schrijver.spoor(stand.spoor),
        "antwoorden": schrijver.gegeven(stand.antwoorden),
        "fase": None,
        "stap": None,
    }
    for over_fase in delen.get("fase", ()):
        fasen = [model.fase[id_] for id_ in over_fase.uitkomsten if id_ in model.fase]
        advies["fase"] = schrijver.uitslag(over_fase) | {"fasen": [schrijver.fase(fase) for fase in fasen]}
    for over_stap in delen.get("stap", ()):
        stappen = [model.stap[id_] for id_ in over_stap.uitkomsten if id_ in model.stap]
        advies["stap"] = schrijver.uitslag(over_stap) | {"stappen": [schrijver.stap(stap) for stap in stappen]}
    for naam in ("verantwoordelijk", "zaak", "gebied", "afspraken"):
        advies[naam] = [schrijver.uitslag(uitslag) for uitslag in delen.get(naam, ())]
    advies["methode"] = []
    for over_methode in delen.get("methode", ()):
        methode = [model.methode_stap[id_] for id_ in over_methode.uitkomsten if id_ in model.methode_stap]
        stappen_methode = {"stappen": [schrijver.methode(stap) for stap in methode]}
        advies["methode"].append(schrijver.uitslag(over_methode) | stappen_methode)
    advies["uitnodigen"] = [
        schrijver.uitslag(uitslag) | {"rol": uitslag.tabel.rol} for uitslag in delen.get("uitnodigen", ())
    ]
    advies["gevolgen"] = []
    for gevolg in model.gevolgen:
        if gevolg.id in stand.spoor.gevolgen:
            acties = schrijver.acties(actie for actie in gevolg.acties if (actie.als or {}).keys() <= feiten.keys())
            if acties:
                deel = {"id": gevolg.id, "titel": gevolg.titel, "kort": gevolg.kort, "acties": acties}
                advies["gevolgen"].append(deel)
    advies["termijnen"] = [schrijver.termijn(termijn) for termijn in terms(model, stand)]
    telt = {id_ for termijn in advies["termijnen"] for id_ in termijn["ijkpunten"]}
    advies["ijkpunten"] = [
        {"id": punt.id, "vraag": punt.vraag, "uitleg": punt.uitleg} for punt in model.ijkpunten if punt.id in telt
    ]
    advies["taken"] = _taken(model, advies)
    genoemd = {id_ for lijst in _spanningen(advies) for id_ in lijst}
    advies["spanningen"] = [
        {
            "id": spanning.id,
            "titel": spanning.titel,
            "kanten": schrijver.uitspraken(spanning.kanten),
            "volgt": spanning.volgt,
            "waarom": spanning.waarom,
        }
        for spanning in model.spanningen
        if spanning.id in genoemd
    ]
    return advies


def _taken(model: Model, advies: Data) -> list[Data]:
    """Per party what this advice asks of it, each with the part of the advice it comes from."""
    taken: dict[str, list[Data]] = {}

    def voeg_toe(partijen: Iterable[str], waar: str, tekst: str, bron: list[Data]) -> None:
        for id_ in partijen:
            taken.setdefault(id_, []).append({"waar": waar, "tekst": tekst, "bron": bron})

    def ids(partijen: Iterable[Data]) -> list[str]:
        return [partij["id"] for partij in partijen]

    lijsten = ("verantwoordelijk", "zaak", "afspraken", "methode")
    for uitslag in (*(deel for naam in lijsten for deel in advies[naam]), *filter(None, [advies["stap"]])):
        for uitkomst in uitslag["uitkomsten"]:
            for regel in uitslag["regels"] if uitkomst["soort"] == "rol" else ():
                if regel["naar"] == uitkomst["id"]:
                    voeg_toe([uitkomst["id"]], uitslag["titel"], regel["omdat"], regel["bron"])
            for actie in uitkomst.get("acties", ()):
                voeg_toe(ids(actie["wie"]), uitslag["titel"], actie["tekst"], actie["bron"])
        for stap in uitslag.get("stappen", ()):
            for doet in stap["wie"]:
                voeg_toe([doet["rol"]], stap["titel"], doet["tekst"], doet["bron"])
            for substap in stap.get("substappen", ()):
                if substap["geldt"] != "nee":
                    voeg_toe(ids(substap["wie"]), f"Handreiking {substap['nummer']}", substap["tekst"], substap["bron"])
    for fase in (advies["fase"] or {}).get("fasen", ()):
        for doel in fase["doelen"]:
            if not doel["voorbehoud"]:
                voeg_toe(ids(doel["wie"]), f"Fase {fase['nummer']}", f"{doel['naam']}: {doel['hoe']}", doel["bron"])
    for gevolg in advies["gevolgen"]:
        for actie in gevolg["acties"]:
            voeg_toe(ids(actie["wie"]), gevolg["titel"], actie["tekst"], actie["bron"])
    return [{"id": rol.id, "naam": rol.naam, "taken": taken[rol.id]} for rol in model.rollen if rol.id in taken]


def terms(model: Model, stand: Stand) -> list[Termijn]:
    """The terms that can matter at a ``Stand``: a question that was not asked cannot make one apply.

    Elsewhere they are an example, and no date follows from them.
    """
    feiten = facts(model, stand)
    fasen = feiten.get("fase", frozenset())
    elders = elsewhere(stand)
    return [
        replace(termijn, reken=()) if elders else termijn
        for termijn in model.termijnen
        if (not termijn.fasen or not fasen.isdisjoint(termijn.fasen))
        and any(
            (als or {}).keys() <= feiten.keys() and holds(als, feiten) is not False
            for als in (termijn.als, *termijn.ook_als)
        )
    ]


def _spanningen(deel: Any) -> Iterator[list[str]]:
    """Every list of tension ids in a piece of advice."""
    if isinstance(deel, dict):
        for naam, waarde in deel.items():
            if naam == "spanning":
                yield waarde
            else:
                yield from _spanningen(waarde)
    elif isinstance(deel, list):
        for waarde in deel:
            yield from _spanningen(waarde)
