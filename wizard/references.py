"""What records say of each other: every reference followed, everything that is there twice found.

A list of which a record was refused when it was read is left alone: what a reference points to may be
that very record, and one mistake is to give one message.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from wizard.hint import hint
from wizard.model import SPOOR, WEET_NIET, Ingang, Rekenregel, Verwijzing

VERWIJST = {
    "spanning": "spanningen",
    "wie": "rollen",
    "rol": "rollen",
    "fasen": "fasen",
    "invoer": "vragen",
    "tabellen": "tabellen",
    "gevolgen": "gevolgen",
    "ijkpunt": "ijkpunten",
    "cellen": "aspecten",
    "instrumenten": "instrumenten",
    "stappen": "methode",
    "cijfers": "cijfers",
}
"""Fields that hold ids, and the list in which those ids must be."""

SOORTEN = {"fase": "fasen", "rol": "rollen", "stap": "stappen", "methode": "methode", "overig": ""}
"""What the outcomes of a table of each kind point to."""

ENIG = ("fase", "stap")
"""Answers of the advice that have exactly one table."""

ONDERDELEN = (*ENIG, "verantwoordelijk", "zaak", "methode", "gebied", "afspraken", "uitnodigen")
"""The parts of the advice that a table can be for."""

ONDERDEEL_SOORT = {"fase": "fase", "stap": "stap", "zaak": "overig", "methode": "methode", "gebied": "overig"}
"""Parts of the advice that are shown in a way that fits one kind of table."""

UNIEK = {
    "opties": "id",
    "regels": "id",
    "secties": "id",
    "overig": "id",
    "doelen": "letter",
    "substappen": "nummer",
    "delen": "id",
    "ingangen": "id",
}

REKENEN = {"eenheid": ("weken", "maanden", "jaren"), "richting": ("na", "voor")}
"""Fields of a ``Rekenregel`` that have a fixed set of words."""
"""Lists inside a record, and the field that tells their items apart."""


@dataclass(frozen=True, kw_only=True)
class Probleem:
    """One defect: the file, the field in it, what is wrong and what mends it."""

    bestand: str
    veld: str
    melding: str

    def __str__(self) -> str:
        """The defect on one line."""
        return f"{self.bestand}, {self.veld}: {self.melding}" if self.veld else f"{self.bestand}: {self.melding}"


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record of the model with the list it belongs to and the place it was read from."""

    lijst: str
    bestand: str
    pad: str
    waarde: Any


class Register:
    """The ids that exist per list, and the questions and source sections behind them."""

    def __init__(self, records: Sequence[Record], gebroken: Collection[str]) -> None:
        """Collect what ``records`` define; nothing is known of the lists in ``gebroken``."""
        self._gebroken = gebroken
        self._lijsten: dict[str, dict[str, Any]] = {}
        for record in records:
            self._lijsten.setdefault(record.lijst, {})[record.waarde.id] = record.waarde

    def get(self, lijst: str, id_: str) -> Any:
        """The record with this id, or None."""
        return self._lijsten.get(lijst, {}).get(id_)

    def broken(self, lijst: str) -> bool:
        """Whether a record of this list was refused, so that what is missing may be that very one."""
        return lijst in self._gebroken

    def klacht(self, lijst: str, id_: str) -> Iterator[str]:
        """Complain when a list does not have this id."""
        if lijst not in self._gebroken:
            yield from _klacht(lijst, id_, self._lijsten.get(lijst, {}))


def _klacht(lijst: str, id_: str, bekend: Collection[str]) -> Iterator[str]:
    if id_ not in bekend:
        yield f"{id_!r} staat niet bij de {lijst}{hint(id_, bekend)}"


def follow(records: Sequence[Record], gebroken: Collection[str]) -> Iterator[Probleem]:
    """Give every reference that leads nowhere, every source that is missing, and every id used twice."""
    register = Register(records, gebroken)
    yield from _tweelingen(records)
    yield from _vaste_tabellen(records, gebroken)
    yield from _sporen(records, gebroken)
    for record in records:
        for veld, naam, waarde in walk(record.pad, record.waarde):
            for melding in _klachten(naam, waarde, register):
                yield Probleem(bestand=record.bestand, veld=veld, melding=melding)
        if record.lijst == "tabellen":
            for veld, melding in _tabel(record.waarde, register):
                yield Probleem(bestand=record.bestand, veld=veld, melding=melding)


def walk(veld: str, waarde: Any, naam: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every value in a record, with its path (which starts with ``veld``) and the name of its field."""
    yield veld.lstrip("."), naam, waarde
    if isinstance(waarde, str):
        # nearly all of them: the site walks the whole model a few times for every build
        return
    if is_dataclass(waarde):
        for deel in fields(waarde):
            yield from walk(f"{veld}.{deel.name}", getattr(waarde, deel.name), deel.name)
    elif isinstance(waarde, tuple):
        for nummer, deel in enumerate(waarde, 1):
            plek = getattr(deel, "id", None) or getattr(deel, "nummer", None) or nummer
            # each of ``ook_als`` is a condition as ``als`` is
            yield from walk(f"{veld}[{plek}]", deel, "als" if naam == "ook_als" else "")
    elif isinstance(waarde, dict) and naam != "als":
        for sleutel, deel in waarde.items():
            yield from walk(f"{veld}.{sleutel}", deel)


def uncited(records: Sequence[Record]) -> Iterator[Probleem]:
    """Give every section of a source that no record cites, unless it says why it is left out."""
    aangehaald = {
        (waarde.document, waarde.plaats)
        for record in records
        for _, _, waarde in walk("", record.waarde)
        if isinstance(waarde, Verwijzing)
    }
    for record in records:
        if record.lijst != "bronnen":
            continue
        for sectie in record.waarde.secties:
            plek = {"bestand": record.bestand, "veld": f"{record.pad}.secties[{sectie.id}]"}
            if (record.waarde.id, sectie.id) in aangehaald:
                if sectie.weggelaten:
                    yield Probleem(**plek, melding="dit deel is aangehaald; haal 'weggelaten' weg")
            elif not sectie.weggelaten:
                yield Probleem(
                    **plek, melding="niets haalt dit deel aan; haal het aan, of zeg bij 'weggelaten' waarom niet"
                )


def _klachten(naam: str, waarde: Any, register: Register) -> Iterator[str]:
    if naam == "bron" and waarde == ():
        yield "hier is geen bron genoemd; noem document, plaats en regels"
    if isinstance(waarde, Verwijzing):
        yield from citation(waarde, register)
    if naam == "als":
        yield from _voorwaarde(waarde or {}, register)
    if isinstance(waarde, Ingang):
        yield from _antwoorden(waarde.antwoorden, register)
    if isinstance(waarde, Rekenregel):
        for veld, bekend in REKENEN.items():
            if (woord := getattr(waarde, veld)) not in bekend:
                yield f"{veld} {woord!r} is onbekend; wel: {', '.join(bekend)}"
    if naam in VERWIJST:
        for id_ in waarde if isinstance(waarde, tuple | dict) else (waarde,):
            # an empty string means: no party; records in a field of this name are walked on their own
            if isinstance(id_, str) and id_:
                yield from register.klacht(VERWIJST[naam], id_)


def citation(verwijzing: Verwijzing, register: Register) -> Iterator[str]:
    """What is wrong with a citation: a document, section or lines that are not there."""
    bron = register.get("bronnen", verwijzing.document)
    if bron is None:
        yield from register.klacht("bronnen", verwijzing.document)
        return
    secties = {sectie.id: sectie for sectie in bron.secties}
    if verwijzing.plaats not in secties:
        yield from _klacht(f"secties van {bron.id!r}", verwijzing.plaats, secties)
        return
    ruimte = secties[verwijzing.plaats].regels
    delen, grenzen = line_ranges(verwijzing.regels), line_ranges(ruimte)
    if not delen or not grenzen:
        yield f"{verwijzing.regels!r} is geen reeks regelnummers, zoals 361-397 of '518, 546'"
    elif any(van < grenzen[0][0] or tot > grenzen[0][1] or van > tot for van, tot in delen):
        yield f"regels {verwijzing.regels} vallen buiten {verwijzing.plaats!r} ({ruimte})"


def line_ranges(tekst: str) -> list[tuple[int, int]]:
    """Line ranges as numbers, first and last included; empty when ``tekst`` is no such list."""
    delen = [re.fullmatch(r"(\d+)(?:-(\d+))?", deel.strip()) for deel in tekst.split(",")]
    return [(int(deel[1]), int(deel[2] or deel[1])) for deel in delen if deel] if all(delen) else []


def _voorwaarde(als: Mapping[str, tuple[str, ...]], register: Register) -> Iterator[str]:
    for id_, opties in als.items():
        vraag, tabel = register.get("vragen", id_), register.get("tabellen", id_)
        if vraag is None and tabel is None:
            if not register.broken("tabellen"):
                yield from register.klacht("vragen", id_)
            continue
        bekend = vraag.optie_ids if vraag else tuple(dict.fromkeys(regel.dan for regel in tabel.regels))
        for optie in opties:
            if optie not in bekend:
                yield f"{optie!r} is geen {'optie' if vraag else 'uitkomst'} van {id_!r}; wel: {', '.join(bekend)}"


def _antwoorden(antwoorden: Mapping[str, str], register: Register) -> Iterator[str]:
    """Answers that a way into a track gives: ordinary options of existing questions."""
    for id_, optie in antwoorden.items():
        yield from _voorwaarde({id_: (optie,)}, register)


def _tabel(tabel: Any, register: Register) -> Iterator[tuple[str, str]]:
    if tabel.onderdeel not in ONDERDELEN:
        yield "onderdeel", f"{tabel.onderdeel!r} is onbekend; wel: {', '.join(ONDERDELEN)}"
    if tabel.soort not in SOORTEN:
        yield "soort", f"{tabel.soort!r} is onbekend; wel: {', '.join(SOORTEN)}"
        return
    if (hoort := ONDERDEEL_SOORT.get(tabel.onderdeel, tabel.soort)) != tabel.soort:
        yield "soort", f"bij het onderdeel {tabel.onderdeel!r} hoort de soort {hoort!r}"
    eigen = {uitkomst.id for uitkomst in tabel.overig}
    for regel in tabel.regels:
        for naam, genoemd in (("dan", (regel.dan,)), ("ook", regel.ook)):
            for uitkomst in genoemd:
                if uitkomst not in eigen:
                    for melding in register.klacht(SOORTEN[tabel.soort] or "uitkomsten", uitkomst):
                        yield f"regels[{regel.id}].{naam}", melding
        for vraag in regel.als:
            if vraag not in tabel.invoer:
                yield f"regels[{regel.id}].als", f"{vraag!r} staat niet bij de invoer van deze tabel"


def _vaste_tabellen(records: Sequence[Record], gebroken: Collection[str]) -> Iterator[Probleem]:
    """Phase and step need their one table; a part that is misspelt has been told already."""
    onderdelen = [record.waarde.onderdeel for record in records if record.lijst == "tabellen"]
    if "tabellen" in gebroken or not set(onderdelen) <= set(ONDERDELEN):
        return
    for onderdeel in ENIG:
        if (aantal := onderdelen.count(onderdeel)) != 1:
            melding = f"voor het onderdeel {onderdeel!r} is precies één tabel nodig, er zijn er {aantal}"
            yield Probleem(bestand="regels", veld="", melding=melding)


def _sporen(records: Sequence[Record], gebroken: Collection[str]) -> Iterator[Probleem]:
    """Tables in no track, ways in that two tracks share, and a question that has the name of the track itself."""
    if {"sporen", "tabellen", "vragen"} & set(gebroken):
        return
    gebruikt = {id_ for record in records if record.lijst == "sporen" for id_ in record.waarde.tabellen}
    ingangen: dict[str, Record] = {}
    for record in records:
        plek = {"bestand": record.bestand, "veld": "id"}
        if record.lijst == "tabellen" and record.waarde.id not in gebruikt:
            yield Probleem(
                **plek, melding="deze tabel staat in geen enkel spoor; zet haar bij 'tabellen' van een spoor"
            )
        if record.lijst == "vragen" and record.waarde.id == SPOOR:
            yield Probleem(**plek, melding=f"{SPOOR!r} is al de naam van het spoor; geef de vraag een andere id")
        for ingang in record.waarde.ingangen if record.lijst == "sporen" else ():
            eerder = ingangen.setdefault(ingang.id, record)
            if eerder is not record:
                melding = f"de ingang {ingang.id!r} is al gebruikt in {eerder.bestand}"
                yield Probleem(bestand=record.bestand, veld="ingangen", melding=melding)


def _tweelingen(records: Sequence[Record]) -> Iterator[Probleem]:
    """Ids and places in the reading order that two records share, and twins inside a record."""
    vragen = {record.waarde.id for record in records if record.lijst == "vragen"}
    for sleutel in ("id", "volgorde"):
        gezien: dict[tuple[str, Any], Record] = {}
        for record in records:
            waarde = getattr(record.waarde, sleutel, None)
            eerder = gezien.setdefault((record.lijst, waarde), record)
            if waarde is not None and eerder is not record:
                melding = f"{sleutel} {waarde!r} is al gebruikt in {eerder.bestand} {eerder.pad}".rstrip()
                yield Probleem(bestand=record.bestand, veld=f"{record.pad}.{sleutel}".lstrip("."), melding=melding)
    for record in records:
        # a condition names either, so one id cannot stand for both
        if record.lijst == "tabellen" and record.waarde.id in vragen:
            yield Probleem(bestand=record.bestand, veld="id", melding=f"{record.waarde.id!r} is al de id van een vraag")
        for naam, sleutel in UNIEK.items():
            waarden = [getattr(deel, sleutel) for deel in getattr(record.waarde, naam, ()) if is_dataclass(deel)]
            for waarde in sorted({waarde for waarde in waarden if waarden.count(waarde) > 1}):
                yield Probleem(bestand=record.bestand, veld=naam, melding=f"{sleutel} {waarde!r} staat er twee keer")
        if record.lijst == "vragen" and WEET_NIET in record.waarde.optie_ids:
            melding = f"{WEET_NIET!r} is geen gewone optie; vul in plaats daarvan weet_niet in"
            yield Probleem(bestand=record.bestand, veld="opties", melding=melding)
