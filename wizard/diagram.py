"""A decision table as a reduced, ordered decision diagram.

Every question is a node with a branch per option, every leaf holds the rows that match. A node whose
branches all lead to the same place is left out, so a question stands in the diagram only where its
answer changes something. That makes both uses simple: the engine walks the diagram to know what to
ask, and ``check`` reads gaps, overlaps and dead rows from its leaves, for every combination at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wizard.model import WEET_NIET, Regel, Tabel, Vraag


@dataclass(frozen=True, kw_only=True, eq=False)
class Blad:
    """The end of a walk: the rows that match. Exactly one in a sound table."""

    regels: tuple[Regel, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Knoop:
    """A question that still matters, and where each of its options leads."""

    vraag: Vraag
    takken: tuple["Diagram", ...]


type Diagram = Blad | Knoop


class _Uniek:
    """Gives the same node for the same question and branches, so that equal means identical."""

    def __init__(self) -> None:
        self._knopen: dict[tuple[str, tuple[int, ...]], Knoop] = {}

    def knoop(self, vraag: Vraag, takken: tuple[Diagram, ...]) -> Diagram:
        if all(tak is takken[0] for tak in takken):
            return takken[0]
        sleutel = (vraag.id, tuple(id(tak) for tak in takken))
        return self._knopen.setdefault(sleutel, Knoop(vraag=vraag, takken=takken))


def build(tabel: Tabel, vragen: Mapping[str, Vraag]) -> Diagram:
    """Give the diagram of a table, its questions in the order in which the wegwijzer asks them."""
    volgorde = sorted((vragen[id_] for id_ in tabel.invoer), key=lambda vraag: vraag.volgorde)
    bladen: dict[tuple[str, ...], Blad] = {}
    uniek = _Uniek()
    eerder: dict[tuple[int, tuple[str, ...]], Diagram] = {}

    def bouw(diepte: int, regels: tuple[Regel, ...]) -> Diagram:
        ids = tuple(regel.id for regel in regels)
        if diepte == len(volgorde) or not regels:
            return bladen.setdefault(ids, Blad(regels=regels))
        if (diepte, ids) not in eerder:
            vraag = volgorde[diepte]
            takken = tuple(
                bouw(diepte + 1, tuple(r for r in regels if optie in r.als.get(vraag.id, (optie,))))
                for optie in vraag.optie_ids
            )
            eerder[diepte, ids] = uniek.knoop(vraag, takken)
        return eerder[diepte, ids]

    return bouw(0, tabel.regels)


def restrict(diagram: Diagram, antwoorden: Mapping[str, str]) -> Diagram:
    """Give what is left of a diagram once these answers are known; *weet ik niet* keeps every branch."""
    uniek = _Uniek()
    eerder: dict[int, Diagram] = {}

    def beperk(deel: Diagram) -> Diagram:
        if isinstance(deel, Blad):
            return deel
        if id(deel) not in eerder:
            antwoord = antwoorden.get(deel.vraag.id, WEET_NIET)
            if antwoord == WEET_NIET:
                eerder[id(deel)] = uniek.knoop(deel.vraag, tuple(beperk(tak) for tak in deel.takken))
            else:
                eerder[id(deel)] = beperk(deel.takken[deel.vraag.optie_ids.index(antwoord)])
        return eerder[id(deel)]

    return beperk(diagram)


def ahead(stand: Iterable[Diagram]) -> Vraag | None:
    """Give the question that comes first in diagrams walked side by side; None where all have ended."""
    over = (deel.vraag for deel in stand if isinstance(deel, Knoop))
    return min(over, key=lambda vraag: vraag.volgorde, default=None)


def branch(stand: Iterable[Diagram], vraag: Vraag, nummer: int) -> tuple[Diagram, ...]:
    """Give the place in every diagram after an option of the question ahead.

    All diagrams ask in the same order, so an answer moves each at most one branch.
    """
    return tuple(d.takken[nummer] if isinstance(d, Knoop) and d.vraag is vraag else d for d in stand)


def nodes(diagram: Diagram) -> Iterator[Diagram]:
    """Every node and leaf once, parents before their branches."""
    gezien: set[int] = set()
    rij = [diagram]
    while rij:
        deel = rij.pop(0)
        if id(deel) in gezien:
            continue
        gezien.add(id(deel))
        yield deel
        if isinstance(deel, Knoop):
            rij += deel.takken


def frontier(diagram: Diagram, antwoorden: Mapping[str, str]) -> Iterator[Vraag]:
    """The questions that come next in a restricted diagram: unanswered, with only answered ones above."""
    gezien: set[int] = set()
    rij = [diagram]
    while rij:
        deel = rij.pop()
        if isinstance(deel, Blad) or id(deel) in gezien:
            continue
        gezien.add(id(deel))
        if deel.vraag.id in antwoorden:
            rij += deel.takken
        else:
            yield deel.vraag


def rows(diagram: Diagram) -> tuple[Regel, ...]:
    """The rows that can still match, each once, in the order of the leaves."""
    gevonden = {regel.id: regel for deel in nodes(diagram) if isinstance(deel, Blad) for regel in deel.regels}
    return tuple(gevonden.values())


def questions(diagram: Diagram) -> tuple[Vraag, ...]:
    """The questions that stand in a diagram, in the order of asking."""
    gevonden = {deel.vraag.id: deel.vraag for deel in nodes(diagram) if isinstance(deel, Knoop)}
    return tuple(sorted(gevonden.values(), key=lambda vraag: vraag.volgorde))
