"""The order of the questions of a track: which can follow which, and that as a figure with its measures.

The order is read from the diagrams that the engine walks and the proof counts, so that what a page shows is what
happens. *Weet ik niet* is left out, as in the proof: it keeps every branch open, and says nothing about the order.
"""

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from wizard.diagram import Diagram, ahead, branch
from wizard.engine import diagrams
from wizard.model import Model, Spoor

EIND = ""
"""Stands for the advice where the id of a question would."""

BREED = 324
"""Width of every figure, in units that are pixels on a phone; text keeps its size, so all must have the same."""

VAK = 240
"""Width of a box; the rest is for the lines that pass questions by."""

TEKENS = 28
"""Characters that fit on a line of a box."""

PIJL = 20
"""How far from the left the arrow to the next question stands."""

type Volgers = Mapping[str, tuple[str, ...]]
"""By question, in the order of asking: what can come right after it."""


@dataclass(frozen=True, kw_only=True)
class Vak:
    """A box: a question or the advice, with its name in lines, and the heading above it where a new part starts."""

    id: str
    regels: tuple[str, ...]
    deel: str
    boven: float
    hoog: float

    @property
    def midden(self) -> float:
        """Where the middle of the box is."""
        return self.boven + self.hoog / 2


@dataclass(frozen=True, kw_only=True)
class Lijn:
    """A line with its arrowhead, as path data: to the next question, or past others to ``naar`` along the right."""

    naar: str
    weg: str
    punt: str
    langs: bool = False


@dataclass(frozen=True, kw_only=True)
class Tekening:
    """The figure of a track: what is in it, and the same order as data for the table beside it."""

    volgers: Volgers
    vakken: tuple[Vak, ...]
    lijnen: tuple[Lijn, ...]
    breed: int = BREED

    @property
    def hoog(self) -> float:
        """Height of the figure."""
        return self.vakken[-1].boven + self.vakken[-1].hoog + 1


def follows(model: Model, spoor: Spoor) -> Volgers:
    """Give for every question of a track what can come after it: ids in the order of asking, ``EIND`` last.

    All tables are walked side by side, as the proof does.
    """
    gevonden: dict[str, set[str]] = {}
    begin: tuple[Diagram, ...] = tuple(diagrams(model)[id_] for id_ in spoor.tabellen)
    gezien = {tuple(map(id, begin))}
    rij = [begin]
    while rij:
        stand = rij.pop()
        vraag = ahead(stand)
        if vraag is None:
            continue
        for nummer in range(len(vraag.opties)):
            verder = branch(stand, vraag, nummer)
            volger = ahead(verder)
            gevonden.setdefault(vraag.id, set()).add(volger.id if volger else EIND)
            if (sleutel := tuple(map(id, verder))) not in gezien:
                gezien.add(sleutel)
                rij.append(verder)
    volgorde = [vraag.id for vraag in sorted(model.vragen, key=lambda vraag: vraag.volgorde)] + [EIND]
    return {id_: tuple(sorted(gevonden[id_], key=volgorde.index)) for id_ in volgorde if id_ in gevonden}


def draw(model: Model, spoor: Spoor, volgers: Volgers | None = None) -> Tekening:
    """Give the figure of a track: boxes from top to bottom, a straight arrow where the next one can follow.

    ``volgers`` is what ``follows`` gives, for who has it already.

    What passes questions by runs along the right. All lines to one question share one rail, or the figure of a long
    track would be all lines; a short rail lies close to the boxes, so that few lines cross.
    """
    volgers = follows(model, spoor) if volgers is None else volgers
    namen = [*volgers, EIND]
    plek = {id_: nummer for nummer, id_ in enumerate(namen)}
    bronnen: dict[str, list[str]] = {}
    for van, naar in volgers.items():
        for id_ in naar:
            if plek[id_] > plek[van] + 1:
                bronnen.setdefault(id_, []).append(van)
    banen = _banen({naar: (plek[van[0]], plek[naar]) for naar, van in bronnen.items()})
    # from top to bottom: the rail that comes in, then those that go out, the outer first, so that they do not cross
    aansluiting = {
        id_: [*([id_] if id_ in bronnen else []), *sorted(_uit(id_, bronnen), key=lambda naar: -banen[naar])]
        for id_ in namen
    }
    vakken = _vakken(model, namen, {id_: len(lijst) for id_, lijst in aansluiting.items()})

    def hoogte(waar: str, naar: str) -> float:
        vak, lijst = vakken[waar], aansluiting[waar]
        return vak.boven + vak.hoog * (lijst.index(naar) + 1) / (len(lijst) + 1)

    ruimte = (BREED - VAK - 12) / max([*banen.values(), 3])
    rails = [
        _rail(naar, VAK + 12 + (banen[naar] - 1) * ruimte, [hoogte(van, naar) for van in lijst], hoogte(naar, naar))
        for naar, lijst in sorted(bronnen.items(), key=lambda paar: banen[paar[0]])
    ]
    recht = [_pijl(vakken[van], vakken[naar]) for van, naar in pairwise(namen) if naar in volgers.get(van, ())]
    return Tekening(volgers=volgers, vakken=tuple(vakken.values()), lijnen=(*recht, *rails))


def _uit(id_: str, bronnen: Mapping[str, list[str]]) -> list[str]:
    return [naar for naar, van in bronnen.items() if id_ in van]


def _banen(bereik: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Give every rail a lane, counted from the boxes: the first where no other runs beside it, short rails first."""
    banen: dict[str, int] = {}
    for naar, (van, tot) in sorted(bereik.items(), key=lambda paar: (paar[1][1] - paar[1][0], paar[1])):
        bezet = {
            banen[ander] for ander, (begin, einde) in bereik.items() if ander in banen and van < einde and begin < tot
        }
        banen[naar] = next(baan for baan in range(1, len(bereik) + 1) if baan not in bezet)
    return banen


def _vakken(model: Model, namen: Iterable[str], aansluitingen: Mapping[str, int]) -> dict[str, Vak]:
    vakken: dict[str, Vak] = {}
    onder, eerder = 0.0, ""
    for id_ in namen:
        vraag = model.vraag.get(id_)
        regels = tuple(textwrap.wrap(vraag.kort, TEKENS)) if vraag else ("Advies",)
        deel = vraag.deel if vraag and vraag.deel != eerder else ""
        boven = onder + (36 if deel and vakken else 20)
        hoog = max(18 + 18 * len(regels), 12 + 10 * aansluitingen[id_])
        vakken[id_] = Vak(id=id_, regels=regels, deel=deel, boven=boven, hoog=hoog)
        onder, eerder = boven + hoog, vraag.deel if vraag else eerder
    return vakken


def _pijl(van: Vak, naar: Vak) -> Lijn:
    begin, einde = van.boven + van.hoog, naar.boven
    return Lijn(naar=naar.id, weg=f"M{PIJL} {begin:g}V{einde - 5:g}", punt=f"M{PIJL} {einde:g}l-4 -7h8z")


def _rail(naar: str, x: float, van: list[float], tot: float) -> Lijn:
    """A rail at ``x`` from the boxes at the heights ``van`` to the one at ``tot``: one path, so no part is doubled."""
    op = [f"M{VAK:g} {y:g}H{x - 8:g}q8 0 8 8" for y in van]
    return Lijn(
        naar=naar,
        weg=f"{op[0]}V{tot - 8:g}q0 8 -8 8H{VAK + 5}{''.join(op[1:])}",
        punt=f"M{VAK} {tot:g}l7 -4v8z",
        langs=True,
    )
