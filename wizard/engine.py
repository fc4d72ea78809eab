"""The engine: answers in, next question or outcomes out. Pure, stateless, and without a domain fact.

Everything is rebuilt from the answers on each call, so that going back, changing an answer, a shared
link and a fresh run are one and the same thing. What it knows comes from the tables of the model.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from wizard.diagram import Diagram, build, frontier, questions, restrict, rows
from wizard.hint import hint
from wizard.model import LEERLING, WEET_NIET, Model, Regel, Spoor, Tabel, Voorwaarde, Vraag

type Feiten = Mapping[str, frozenset[str]]
"""By id of a question or a table: the options or outcomes that are still possible."""


class AntwoordFout(Exception):
    """An answer that does not exist; the message names it and what is allowed."""


@dataclass(frozen=True, kw_only=True)
class Uitslag:
    """What a table says: the rows that can match, and the unknown answers that would tell them apart."""

    tabel: Tabel
    regels: tuple[Regel, ...]
    uitzoeken: tuple[Vraag, ...]

    @property
    def uitkomsten(self) -> tuple[str, ...]:
        """The ids of the outcomes that remain possible, each once."""
        return tuple(dict.fromkeys(regel.dan for regel in self.regels))

    @property
    def zekerheid(self) -> str:
        """How sure the outcome is: bepaald, voorbehoud, stilte (the sources say nothing here) or open."""
        if len(self.uitkomsten) > 1:
            return "open"
        if any(uitkomst.id == self.uitkomsten[0] and uitkomst.stilte for uitkomst in self.tabel.overig):
            return "stilte"
        return "voorbehoud" if any(regel.voorbehoud for regel in self.regels) else "bepaald"


@dataclass(frozen=True, kw_only=True)
class Stand:
    """Where a reader stands in a track: the answers that counted, in the order of asking, and what comes next.

    Exactly one of ``vraag`` and ``uitslagen`` is filled. ``ongebruikt`` are answers that were given but
    cannot change anything, so that a page may keep them without showing them.
    """

    spoor: Spoor
    antwoorden: Mapping[str, str]
    ongebruikt: Mapping[str, str]
    vraag: Vraag | None
    uitslagen: tuple[Uitslag, ...]


def replay(model: Model, antwoorden: Mapping[str, str], spoor: str = LEERLING) -> Stand:
    """Give the next question that still matters in a track, or else what every table of it says.

    ``antwoorden`` maps question ids to option ids, in any order. An unknown id raises ``AntwoordFout``.
    """
    check_answers(model, antwoorden, spoor)
    gekozen = model.spoor[spoor]
    gegeven: dict[str, str] = {}
    diagrammen = {id_: diagrams(model)[id_] for id_ in gekozen.tabellen}
    while True:
        rij = [vraag for diagram in diagrammen.values() for vraag in frontier(diagram, gegeven)]
        vraag = min(rij, key=lambda vraag: vraag.volgorde, default=None)
        if vraag is None or vraag.id not in antwoorden:
            break
        gegeven[vraag.id] = antwoorden[vraag.id]
        diagrammen = {id_: restrict(diagram, gegeven) for id_, diagram in diagrammen.items()}
    uitslagen = tuple(
        Uitslag(tabel=model.tabel[id_], regels=rows(diagram), uitzoeken=questions(diagram))
        for id_, diagram in (diagrammen.items() if vraag is None else ())
    )
    ongebruikt = {id_: optie for id_, optie in antwoorden.items() if id_ not in gegeven}
    return Stand(spoor=gekozen, antwoorden=gegeven, ongebruikt=ongebruikt, vraag=vraag, uitslagen=uitslagen)


def outcomes(model: Model, antwoorden: Mapping[str, str], tabellen: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give per table the outcomes that are possible with these answers; what is not answered stays open."""
    over = {id_: rows(restrict(diagrams(model)[id_], antwoorden)) for id_ in tabellen}
    return {id_: tuple(dict.fromkeys(regel.dan for regel in regels)) for id_, regels in over.items()}


@lru_cache(maxsize=4)
def diagrams(model: Model) -> dict[str, Diagram]:
    """Give the diagram of every table by table id, made once per model."""
    return {tabel.id: build(tabel, model.vraag) for tabel in model.tabellen}


def check_answers(model: Model, antwoorden: Mapping[str, str], spoor: str = LEERLING) -> None:
    """Raise ``AntwoordFout`` with every answer that does not exist, and with what is allowed instead."""
    klachten = [complain_track(model, spoor)]
    klachten += [complain(model, id_, optie) for id_, optie in antwoorden.items()]
    if klachten := [klacht for klacht in klachten if klacht]:
        raise AntwoordFout("\n".join(klachten))


def complain_track(model: Model, spoor: object) -> str:
    """Say that a track does not exist, and which do; empty when it does."""
    if not isinstance(spoor, str):
        return f"het spoor is geen tekst. De sporen zijn: {', '.join(model.spoor)}."
    if spoor in model.spoor:
        return ""
    return (
        f"het spoor {spoor!r} bestaat niet{hint(spoor, model.spoor) or '.'} De sporen zijn: {', '.join(model.spoor)}."
    )


def complain(model: Model, id_: str, optie: object) -> str:
    """Say what is wrong with an answer; empty when it can be used."""
    vraag = model.vraag.get(id_)
    if vraag is None:
        einde = hint(id_, model.vraag) or "."
        return f"de vraag {id_!r} bestaat niet{einde} De vragen zijn: {', '.join(model.vraag)}."
    if not isinstance(optie, str) or optie not in vraag.toegestaan:
        return f"{optie!r} is geen antwoord op de vraag {id_!r}. De antwoorden zijn: {', '.join(vraag.toegestaan)}."
    return ""


def elsewhere(stand: Stand) -> bool:
    """Tell whether the sources say nothing of the area: then nothing of an advice holds but by analogy."""
    return any(u.zekerheid == "stilte" for u in stand.uitslagen if u.tabel.onderdeel == "gebied")


def facts(model: Model, stand: Stand) -> Feiten:
    """Give what is known at a ``Stand``: what each answer and each table's outcome can still be."""
    feiten = {
        id_: frozenset(model.vraag[id_].optie_ids if optie == WEET_NIET else (optie,))
        for id_, optie in stand.antwoorden.items()
    }
    return feiten | {uitslag.tabel.id: frozenset(uitslag.uitkomsten) for uitslag in stand.uitslagen}


def holds(als: Voorwaarde | None, feiten: Feiten) -> bool | None:
    """Tell whether a condition holds: yes, no, or unknown (None) as long as both can be."""
    bekend = []
    for id_, opties in (als or {}).items():
        mogelijk = feiten.get(id_)
        if mogelijk is not None and mogelijk.isdisjoint(opties):
            return False
        bekend.append(mogelijk is not None and mogelijk.issubset(opties))
    return True if all(bekend) else None
