"""Terms on a calendar: from a start day to dates, and from dates to a file that every calendar opens.

The days stay in the browser; nothing here knows of a name. A calendar file holds whole days only, so that
RFC 5545 needs no time zones and no library has to come along; the tests read it with one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from wizard.engine import AntwoordFout
from wizard.model import Model, Rekenregel, Termijn
from wizard.schrijver import Data, Schrijver, in_words

MAANDEN = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
MAKER = "-//Wegwijzer Holland Rijnland Methode//NL"

REGEL = 75
"""Octets that a line of a calendar file may have, RFC 5545 section 3.1."""


def dates(model: Model, termijnen: Iterable[Termijn], dagen: Mapping[str, Any]) -> list[Data]:
    """Give the dates that follow from these terms, in order; ``dagen`` maps ijkpunten to days as JJJJ-MM-DD.

    A term without a day to count from gives no date. A day that does not exist raises ``AntwoordFout``.
    """
    vragen = {punt.id: punt.vraag for punt in model.ijkpunten}
    gelezen = {id_: _dag(vragen, id_, dag) for id_, dag in dagen.items() if dag != ""}
    schrijver = Schrijver(model)
    gevonden = [
        {
            "termijn": termijn.id,
            "naam": termijn.naam,
            "betekenis": regel.betekenis,
            "datum": dag.isoformat(),
            "dag": f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}",
            "tekst": termijn.tekst,
            "gebied": termijn.gebied,
            "bron": schrijver.bron(termijn.bron),
        }
        for termijn in termijnen
        for regel in termijn.reken
        if regel.ijkpunt in gelezen and (dag := _reken(gelezen[regel.ijkpunt], regel, vragen[regel.ijkpunt]))
    ]
    return sorted(gevonden, key=lambda gegeven: (gegeven["datum"], gegeven["termijn"]))


def _dag(vragen: Mapping[str, str], id_: str, dag: Any) -> date:
    if id_ not in vragen:
        raise AntwoordFout(f"de dag {id_!r} bestaat niet. De dagen zijn: {', '.join(vragen)}.")
    if (gelezen := day(dag)) is None:
        raise AntwoordFout(f'Bij "{vragen[id_]}" staat geen dag die bestaat. Vul dag, maand en jaar in.')
    return gelezen


def day(tekst: Any) -> date | None:
    """Give the day that stands in a text as JJJJ-MM-DD; None for anything else."""
    try:
        return date.fromisoformat(tekst)
    except (TypeError, ValueError):
        return None


def _reken(dag: date, regel: Rekenregel, vraag: str) -> date:
    """The day that a rule leads to. A month that is too short gives its last day."""
    aantal = regel.aantal if regel.richting == "na" else -regel.aantal
    try:
        if regel.eenheid == "weken":
            return dag + timedelta(weeks=aantal)
        maanden = dag.year * 12 + dag.month - 1 + aantal * (12 if regel.eenheid == "jaren" else 1)
        eerste = date(maanden // 12, maanden % 12 + 1, 1)
        volgende = date((maanden + 1) // 12, (maanden + 1) % 12 + 1, 1)
        return eerste.replace(day=min(dag.day, (volgende - eerste).days))
    except (ValueError, OverflowError) as fout:
        raise AntwoordFout(f'Bij "{vraag}" staat een jaar waar niet mee te rekenen is.') from fout


def calendar(afspraken: Sequence[Data], nu: str, versie: str) -> str:
    """Give the dates as an iCalendar file; ``nu`` is the moment of writing in UTC, as 20261124T120000Z."""
    regels = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{MAKER}",
        "CALSCALE:GREGORIAN",
    ]
    for afspraak in afspraken:
        bronnen = in_words(afspraak["bron"])
        uitleg = f"{afspraak['tekst']}\nGebied: {afspraak['gebied']}\nBron: {bronnen}\nVersie van de regels: {versie}"
        dag = date.fromisoformat(afspraak["datum"])
        regels += [
            "BEGIN:VEVENT",
            f"UID:{afspraak['termijn']}-{dag:%Y%m%d}-{versie}@wegwijzer-holland-rijnland",
            f"DTSTAMP:{nu}",
            f"DTSTART;VALUE=DATE:{dag:%Y%m%d}",
            f"DTEND;VALUE=DATE:{dag + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_tekst(afspraak['naam'])}: {_tekst(afspraak['betekenis'].lower())}",
            f"DESCRIPTION:{_tekst(uitleg)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_vouw(regel)}\r\n" for regel in [*regels, "END:VCALENDAR"])


def _tekst(tekst: str) -> str:
    for teken, gemaskeerd in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        tekst = tekst.replace(teken, gemaskeerd)
    return tekst


def _vouw(regel: str) -> str:
    """A long line over several, none over the limit and none broken inside a character."""
    delen, deel = [], ""
    for teken in regel:
        # a line that goes on starts with a space, which counts
        if len((deel + teken).encode()) > REGEL:
            delen.append(deel)
            deel = " "
        deel += teken
    return "\r\n".join([*delen, deel])
