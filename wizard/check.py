"""The decision tables proven: for every combination of answers, not for a sample.

The proof reads the diagrams that the engine walks. A leaf without a row is a gap, one with two rows an
overlap, a row in no leaf is dead, a question in no diagram never matters. All diagrams side by side
give every path a reader can take; each must end in one row per table.
"""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from wizard.diagram import Blad, Diagram, ahead, branch, questions, rows
from wizard.engine import diagrams
from wizard.model import Fase, MethodeStap, Model, Spoor, Stap, Tabel

GEBREKEN = {
    "gat": "een combinatie van antwoorden zonder regel",
    "overlap": "een combinatie van antwoorden met meer dan een regel",
    "dode regel": "een regel die nooit geldt",
    "dode vraag": "een vraag die nooit iets verandert",
    "dood einde": "een pad dat niet in een advies eindigt",
    "onbereikt": "een uitkomst waar geen pad heen leidt",
    "geen bron": "een regel zonder bron",
}
"""The kinds of defect, each with what it is."""


@dataclass(frozen=True, kw_only=True)
class Gebrek:
    """A defect: its kind (a key of ``GEBREKEN``), where it is, and an example that shows it."""

    soort: str
    waar: str
    melding: str

    def __str__(self) -> str:
        """The defect on one line."""
        return f"{self.soort} in {self.waar}: {self.melding}"


@dataclass(frozen=True, kw_only=True)
class Telling:
    """The paths through the tables of one track. ``paden`` leaves *weet ik niet* out of account.

    ``adviezen`` counts the different combinations of rows in which those paths end.
    """

    vragen: int
    tabellen: int
    paden: int
    kortste_pad: int
    langste_pad: int
    adviezen: int


@dataclass(frozen=True, kw_only=True)
class Bewijs:
    """The counts of a proof and the defects it found; ``paden`` and ``adviezen`` are those of all tracks together."""

    vragen: int
    tabellen: int
    regels: int
    combinaties: int
    paden: int
    adviezen: int
    sporen: dict[str, Telling]
    gebreken: dict[str, int] = field(default_factory=dict)
    gevonden: tuple[Gebrek, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The proof as plain data."""
        return asdict(self)


def prove(model: Model) -> Bewijs:
    """Prove every table of a model, alone and together in each track; give the counts and the defects."""
    gevonden = [gebrek for tabel in model.tabellen for gebrek in _tabel(tabel, diagrams(model)[tabel.id])]
    gevonden += _vragen(model)
    gevonden += _onbereikt(model)
    sporen = {}
    for spoor in model.sporen:
        telling, dood = _paden(model, spoor)
        sporen[spoor.id] = telling
        if dood:
            melding = f"{dood} van de {telling.adviezen} eindpunten missen een regel of hebben er twee"
            gevonden.append(Gebrek(soort="dood einde", waar=f"spoor {spoor.id}", melding=melding))
    return Bewijs(
        vragen=len(model.vragen),
        tabellen=len(model.tabellen),
        regels=sum(len(tabel.regels) for tabel in model.tabellen),
        combinaties=sum(math.prod(len(model.vraag[id_].opties) for id_ in tabel.invoer) for tabel in model.tabellen),
        paden=sum(telling.paden for telling in sporen.values()),
        adviezen=sum(telling.adviezen for telling in sporen.values()),
        sporen=sporen,
        gebreken={soort: sum(gebrek.soort == soort for gebrek in gevonden) for soort in GEBREKEN},
        gevonden=tuple(gevonden),
    )


def _tabel(tabel: Tabel, diagram: Diagram) -> Iterator[Gebrek]:
    for blad, voorbeeld in _bladen(diagram):
        if not blad.regels:
            yield Gebrek(soort="gat", waar=tabel.id, melding=f"geen regel bij {voorbeeld}")
        if len(blad.regels) > 1:
            welke = " en ".join(repr(regel.id) for regel in blad.regels)
            yield Gebrek(soort="overlap", waar=tabel.id, melding=f"{welke} gelden allebei bij {voorbeeld}")
    levend = {regel.id for regel in rows(diagram)}
    for regel in tabel.regels:
        if regel.id not in levend:
            melding = f"regel {regel.id!r} geldt bij geen enkele combinatie van antwoorden"
            yield Gebrek(soort="dode regel", waar=tabel.id, melding=melding)
        if not regel.bron:
            yield Gebrek(soort="geen bron", waar=tabel.id, melding=f"regel {regel.id!r} noemt geen bron")
    telt = {vraag.id for vraag in questions(diagram)}
    for id_ in tabel.invoer:
        if id_ not in telt:
            melding = f"de vraag {id_!r} staat bij de invoer, maar geen enkel antwoord verandert de uitkomst"
            yield Gebrek(soort="dode vraag", waar=tabel.id, melding=melding)


def _bladen(diagram: Diagram) -> Iterator[tuple[Blad, str]]:
    """Every leaf once, with one combination of answers that leads to it."""
    gezien: set[int] = set()
    rij: list[tuple[Diagram, tuple[str, ...]]] = [(diagram, ())]
    while rij:
        deel, antwoorden = rij.pop()
        if id(deel) in gezien:
            continue
        gezien.add(id(deel))
        if isinstance(deel, Blad):
            yield deel, ", ".join(antwoorden) or "elk antwoord"
        else:
            for optie, tak in zip(deel.vraag.optie_ids, deel.takken, strict=True):
                rij.append((tak, (*antwoorden, f"{deel.vraag.id}={optie}")))


def _vragen(model: Model) -> Iterator[Gebrek]:
    gebruikt = {id_ for tabel in model.tabellen for id_ in tabel.invoer}
    for vraag in model.vragen:
        if vraag.id not in gebruikt:
            melding = f"de vraag {vraag.id!r} staat bij geen enkele tabel"
            yield Gebrek(soort="dode vraag", waar="vragen", melding=melding)


def _onbereikt(model: Model) -> Iterator[Gebrek]:
    """Phases, steps and own outcomes of a table that no row leads to."""
    bereikt: dict[str, set[str]] = {"fase": set(), "stap": set(), "methode": set()}
    for tabel in model.tabellen:
        uitkomsten = {regel.dan for regel in rows(diagrams(model)[tabel.id])}
        bereikt.setdefault(tabel.soort, set()).update(uitkomsten)
        for uitkomst in tabel.overig:
            if uitkomst.id not in uitkomsten:
                yield Gebrek(soort="onbereikt", waar=tabel.id, melding=f"geen pad leidt naar {uitkomst.id!r}")
    soorten: tuple[tuple[str, tuple[Fase | Stap | MethodeStap, ...]], ...] = (
        ("fase", model.fasen),
        ("stap", model.stappen),
        ("methode", model.methode),
    )
    for soort, waarden in soorten:
        for waarde in waarden:
            if waarde.id not in bereikt[soort]:
                yield Gebrek(soort="onbereikt", waar=soort, melding=f"geen pad leidt naar {waarde.id!r}")


def _paden(model: Model, spoor: Spoor) -> tuple[Telling, int]:
    """Count the paths through the diagrams of a track side by side; tell how many ends are no advice.

    A state is the place in every diagram; all diagrams have
    their questions in the same order, so an answer to the first one moves each at most one branch.
    """
    geteld: dict[tuple[int, ...], tuple[int, int, int]] = {}
    dood = adviezen = 0

    def tel(stand: tuple[Diagram, ...]) -> tuple[int, int, int]:
        nonlocal dood, adviezen
        sleutel = tuple(id(deel) for deel in stand)
        if sleutel not in geteld:
            vraag = ahead(stand)
            if vraag is None:
                adviezen += 1
                dood += any(isinstance(deel, Blad) and len(deel.regels) != 1 for deel in stand)
                geteld[sleutel] = (1, 0, 0)
            else:
                verder = [tel(branch(stand, vraag, n)) for n in range(len(vraag.opties))]
                aantallen, kortste, langste = zip(*verder, strict=True)
                geteld[sleutel] = (sum(aantallen), min(kortste) + 1, max(langste) + 1)
        return geteld[sleutel]

    paden, kortste, langste = tel(tuple(diagrams(model)[id_] for id_ in spoor.tabellen))
    telling = Telling(
        vragen=len({id_ for tabel in spoor.tabellen for id_ in model.tabel[tabel].invoer}),
        tabellen=len(spoor.tabellen),
        paden=paden,
        kortste_pad=kortste,
        langste_pad=langste,
        adviezen=adviezen,
    )
    return telling, dood
