"""Journeys that a domain expert can read: a made-up pupil, the answers, and what must follow.

What must follow was derived from the source texts and not from the tables, so each expectation names the
document and the lines it rests on. The same journeys are walked in CPython and in the browser, which is
why ``expect`` looks at nothing but the JSON of an advice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from wizard.model import LEERLING, SPOOR, Model, Streng
from wizard.references import line_ranges

MAP = Path(__file__).parent / "reizen"
"""The folder with one journey per file."""

NAMEN = tuple(sorted(bestand.stem for bestand in MAP.glob("*.yml")))
"""The journeys by file name, known before the content is loaded, to parametrize with."""

ZEKERHEDEN = ("bepaald", "voorbehoud", "stilte", "open")

ELDERS = {"zekerheid": "fase", "procesregie_zekerheid": "procesregie"}
"""Expectations that may rest on the source of another one."""


class ReisFout(Exception):
    """A journey that cannot be right whatever the engine says; the message names its file."""


@dataclass(frozen=True, kw_only=True)
class Vindplaats(Streng):
    """Lines in a source document, and what they say that makes the expectation follow."""

    document: str
    regels: str
    want: str


@dataclass(frozen=True, kw_only=True)
class Verwacht(Streng):
    """What must follow. Lists of phases, parties and steps are complete; the rest is what must be there.

    ``uitslagen`` maps a table to all its outcomes, ``zekerheden`` a table to how sure it is, ``uitnodigen`` a
    party to an outcome, ``doelen`` a goal to how it is carried, ``uitzoeken`` a question to parties that can
    help, ``data`` a term to a day that follows. ``wie`` are parties whose turn it is in a matter, ``taken`` a
    party to words from a task of it, ``spanningen`` ids that must be shown. ``niet`` holds ids of phases,
    outcomes, steps, parties with a role in an outcome, and terms that must be absent, ``nooit`` words that must
    be nowhere.
    """

    fase: tuple[str, ...] = ()
    zekerheid: str = ""
    procesregie: tuple[str, ...] = ()
    stap: tuple[str, ...] = ()
    procesregie_zekerheid: str = ""
    uitslagen: Mapping[str, tuple[str, ...]] | None = None
    zekerheden: Mapping[str, str] | None = None
    uitnodigen: Mapping[str, str] | None = None
    doelen: Mapping[str, str] | None = None
    uitzoeken: Mapping[str, tuple[str, ...]] | None = None
    termijnen: tuple[str, ...] = ()
    data: Mapping[str, str] | None = None
    wie: tuple[str, ...] = ()
    taken: Mapping[str, str] | None = None
    spanningen: tuple[str, ...] = ()
    niet: tuple[str, ...] = ()
    nooit: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reis(Streng):
    """One journey; ``antwoorden`` stand in the order in which the questions come, ``dagen`` are start days."""

    titel: str
    verhaal: str
    spoor: str = LEERLING
    antwoorden: Mapping[str, str]
    dagen: Mapping[str, str] | None = None
    verwacht: Verwacht
    bron: Mapping[str, tuple[Vindplaats, ...]]

    @property
    def invoer(self) -> dict[str, str]:
        """The answers with their track, as the engine's door takes them."""
        return {SPOOR: self.spoor, **self.antwoorden}


def read(naam: str, model: Model, map_: Path = MAP) -> Reis:
    """Give a journey by the name of its file; raise ``ReisFout`` when it speaks of what is not there."""
    bestand = map_ / f"{naam}.yml"
    try:
        reis = TypeAdapter(Reis).validate_python(YAML(typ="safe").load(bestand.read_text(encoding="utf-8")))
    except (YAMLError, ValidationError) as kapot:
        raise ReisFout(f"{bestand.name}: {kapot}") from kapot
    klachten = [*_onbekend(reis, model), *_zonder_bron(reis, model)]
    if klachten:
        raise ReisFout(f"{bestand.name}: " + "; ".join(klachten))
    return reis


def _onbekend(reis: Reis, model: Model) -> Iterator[str]:
    """Everything a journey names that the model does not know."""
    if reis.spoor not in model.spoor:
        yield f"het spoor {reis.spoor!r} bestaat niet"
        return
    verwacht = reis.verwacht
    rollen = {tabel.rol: tabel for tabel in model.tabellen if tabel.rol}
    uitkomsten = {tabel.id: {regel.dan for regel in tabel.regels} for tabel in model.tabellen}
    termijnen = {termijn.id for termijn in model.termijnen}
    doelen = {doel.naam for fase in model.fasen for doel in fase.doelen}
    punten = {punt.id for punt in model.ijkpunten}
    for vraag, optie in reis.antwoorden.items():
        if vraag not in model.vraag:
            yield f"de vraag {vraag!r} bestaat niet"
        elif optie not in model.vraag[vraag].toegestaan:
            yield f"{optie!r} is geen antwoord op {vraag!r}"
    zekerheden = {**(verwacht.zekerheden or {}), "fase": verwacht.zekerheid, "regie": verwacht.procesregie_zekerheid}
    for zekerheid in zekerheden.values():
        if zekerheid and zekerheid not in ZEKERHEDEN:
            yield f"{zekerheid!r} is geen zekerheid"
    overal = {*model.fase, *model.stap, *model.rol, *termijnen, *(id_ for ids in uitkomsten.values() for id_ in ids)}
    for soort, genoemd, bekend in (
        ("fase", verwacht.fase, uitkomsten["fase"]),
        ("procesregie", verwacht.procesregie, uitkomsten["procesregie"]),
        ("stap", verwacht.stap, uitkomsten["stap"]),
        ("uitnodiging", tuple(verwacht.uitnodigen or {}), {*rollen}),
        ("tabel", (*(verwacht.uitslagen or {}), *(verwacht.zekerheden or {})), {*uitkomsten}),
        ("doel", tuple(verwacht.doelen or {}), doelen),
        ("vraag", tuple(verwacht.uitzoeken or {}), {*model.vraag}),
        ("rol", tuple(rol for wie in (verwacht.uitzoeken or {}).values() for rol in wie), {*model.rol}),
        ("rol", (*verwacht.wie, *(verwacht.taken or {})), {*model.rol}),
        ("termijn", (*verwacht.termijnen, *(verwacht.data or {})), termijnen),
        ("dag", tuple(reis.dagen or {}), punten),
        ("spanning", verwacht.spanningen, {*model.spanning}),
        ("id", verwacht.niet, overal),
    ):
        yield from (f"{soort} {id_!r} bestaat niet" for id_ in genoemd if id_ not in bekend)
    wijst = [(rollen[rol].id, (uitkomst,)) for rol, uitkomst in (verwacht.uitnodigen or {}).items() if rol in rollen]
    for tabel, genoemd in (*wijst, *(verwacht.uitslagen or {}).items()):
        for uitkomst in genoemd:
            if uitkomst not in uitkomsten.get(tabel, {uitkomst}):
                yield f"{uitkomst!r} is geen uitkomst van {tabel!r}"


def _zonder_bron(reis: Reis, model: Model) -> Iterator[str]:
    """Every expectation without a source, and every source with lines that the document does not have."""
    for veld in fields(Verwacht):
        sleutel = ELDERS.get(veld.name, veld.name) if veld.name not in reis.bron else veld.name
        if getattr(reis.verwacht, veld.name) and not reis.bron.get(sleutel):
            yield f"bij {veld.name!r} staat geen bron"
    for naam, vindplaatsen in reis.bron.items():
        if naam not in {veld.name for veld in fields(Verwacht)} or not getattr(reis.verwacht, naam):
            yield f"bij de bron {naam!r} hoort geen verwachting"
        for vindplaats in vindplaatsen:
            if vindplaats.document not in model.bron:
                yield f"het document {vindplaats.document!r} bestaat niet"
                continue
            laatste = max(line_ranges(sectie.regels)[-1][1] for sectie in model.bron[vindplaats.document].secties)
            delen = line_ranges(vindplaats.regels)
            if not delen or any(not 1 <= van <= tot <= laatste for van, tot in delen):
                yield f"{vindplaats.regels!r} zijn geen regels van {vindplaats.document!r}"


def expect(reis: Reis, advies: Mapping[str, Any], data: Sequence[Mapping[str, Any]] = ()) -> None:
    """Compare an advice, as the JSON that a page gets, with a journey; tell every difference at once.

    ``data`` are the dates that follow from the start days of the journey.
    """
    verschillen = (
        list(_verschillen(reis.verwacht, advies, data)) if advies["soort"] == "advies" else [f"geen advies: {advies}"]
    )
    assert not verschillen, "\n  ".join([f"{reis.titel}:", *verschillen])


def outcomes(uitslag: Mapping[str, Any] | None) -> list[str]:
    """The ids of the outcomes that a table leaves possible; none for a table that the track does not have."""
    return [uitkomst["id"] for uitkomst in uitslag["uitkomsten"]] if uitslag else []


def tables(advies: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What each table of an advice says, by table id."""
    lijsten = [advies[naam] for naam in ("verantwoordelijk", "zaak", "methode", "gebied", "afspraken", "uitnodigen")]
    alle = [advies["fase"], advies["stap"], *(uitslag for lijst in lijsten for uitslag in lijst)]
    return {uitslag["tabel"]: uitslag for uitslag in alle if uitslag}


def _verschillen(verwacht: Verwacht, advies: Mapping[str, Any], data: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    tabellen = tables(advies)
    uitnodigen = {uitslag["rol"]: uitslag for uitslag in advies["uitnodigen"]}
    termijnen = [termijn["id"] for termijn in advies["termijnen"]]
    for naam in ("fase", "procesregie", "stap"):
        yield from _lijst(naam, getattr(verwacht, naam), outcomes(tabellen.get(naam)))
    for naam, hoort in (verwacht.uitslagen or {}).items():
        yield from _lijst(naam, hoort, outcomes(tabellen.get(naam)))
    for rol, uitkomst in (verwacht.uitnodigen or {}).items():
        yield from _lijst(f"uitnodigen, {rol}", [uitkomst], outcomes(uitnodigen.get(rol)))
    zekerheden = {"fase": verwacht.zekerheid, "procesregie": verwacht.procesregie_zekerheid}
    for naam, zekerheid in {**zekerheden, **(verwacht.zekerheden or {})}.items():
        gevonden = tabellen[naam]["zekerheid"] if naam in tabellen else "niets"
        if zekerheid and gevonden != zekerheid:
            yield f"{naam} hoort {zekerheid!r} te zijn en is {gevonden!r}"
    fasen = advies["fase"]["fasen"] if advies["fase"] else []
    for doel, hoe in (verwacht.doelen or {}).items():
        gedragen = [deel["hoe"] for mogelijk in fasen for deel in mogelijk["doelen"] if deel["naam"] == doel]
        yield from _lijst(f"doel {doel}", [hoe], gedragen)
    onbekend = {
        vraag["vraag"]: [rol["id"] for rol in vraag["wie"]]
        for uitslag in tabellen.values()
        for vraag in uitslag["uitzoeken"]
    }
    for vraag, rollen in (verwacht.uitzoeken or {}).items():
        if vraag not in onbekend:
            yield f"{vraag!r} hoort uitgezocht te worden; genoemd: {', '.join(onbekend)}"
        for rol in rollen:
            if rol not in onbekend.get(vraag, ()):
                yield f"{rol!r} kan helpen bij {vraag!r}; genoemd: {onbekend.get(vraag)}"
    for id_ in verwacht.termijnen:
        if id_ not in termijnen:
            yield f"de termijn {id_!r} ontbreekt"
    berekend = {(gegeven["termijn"], gegeven["datum"]) for gegeven in data}
    for termijn, dag in (verwacht.data or {}).items():
        if (termijn, dag) not in berekend:
            yield f"{termijn!r} hoort {dag} te geven; gekregen: {sorted(berekend)}"
    aan_zet = {
        rol["id"] for zaak in advies["zaak"] for mogelijk in zaak["uitkomsten"] for rol in mogelijk.get("wie", ())
    }
    yield from (f"{rol!r} is aan zet; genoemd: {sorted(aan_zet)}" for rol in verwacht.wie if rol not in aan_zet)
    taken = {rol["id"]: " ".join(taak["tekst"] for taak in rol["taken"]) for rol in advies["taken"]}
    for rol, woorden in (verwacht.taken or {}).items():
        if woorden.lower() not in taken.get(rol, "").lower():
            yield f"{rol!r} heeft geen taak met {woorden!r}: {taken.get(rol)}"
    getoond = {spanning["id"] for spanning in advies["spanningen"]}
    yield from (f"de spanning {id_!r} ontbreekt" for id_ in verwacht.spanningen if id_ not in getoond)
    aanwezig = {*termijnen, *(id_ for uitslag in tabellen.values() for id_ in outcomes(uitslag))}
    yield from (f"{id_!r} hoort er niet te staan" for id_ in verwacht.niet if id_ in aanwezig)
    alles = str(advies).lower()
    yield from (
        f"de woorden {woorden!r} horen er niet te staan" for woorden in verwacht.nooit if woorden.lower() in alles
    )


def _lijst(naam: str, hoort: Sequence[str], gevonden: Sequence[str]) -> Iterator[str]:
    if sorted(hoort) != sorted(gevonden):
        yield f"{naam}: verwacht {', '.join(hoort) or 'niets'}; gekregen {', '.join(gevonden) or 'niets'}"
