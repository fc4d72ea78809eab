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

from wizard.model import Model, Streng
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

    ``uitnodigen`` and ``afspraken`` map a party or a table to an outcome, ``doelen`` a goal to how it is
    carried, ``uitzoeken`` a question to parties that can help, and ``niet`` holds ids that must be absent.
    """

    fase: tuple[str, ...]
    zekerheid: str
    procesregie: tuple[str, ...]
    stap: tuple[str, ...]
    procesregie_zekerheid: str = ""
    uitnodigen: Mapping[str, str] | None = None
    afspraken: Mapping[str, str] | None = None
    doelen: Mapping[str, str] | None = None
    uitzoeken: Mapping[str, tuple[str, ...]] | None = None
    termijnen: tuple[str, ...] = ()
    niet: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reis(Streng):
    """One journey; ``antwoorden`` stand in the order in which the questions come."""

    titel: str
    verhaal: str
    antwoorden: Mapping[str, str]
    verwacht: Verwacht
    bron: Mapping[str, tuple[Vindplaats, ...]]


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
    verwacht = reis.verwacht
    tabellen = {tabel.id: tabel for tabel in model.tabellen}
    rollen = {tabel.rol: tabel for tabel in model.tabellen if tabel.rol}
    eigen = {tabel.id: {uitkomst.id for uitkomst in tabel.overig} for tabel in model.tabellen}
    termijnen = {termijn.id for termijn in model.termijnen}
    doelen = {doel.naam for fase in model.fasen for doel in fase.doelen}
    for vraag, optie in reis.antwoorden.items():
        if vraag not in model.vraag:
            yield f"de vraag {vraag!r} bestaat niet"
        elif optie not in model.vraag[vraag].toegestaan:
            yield f"{optie!r} is geen antwoord op {vraag!r}"
    for zekerheid in (verwacht.zekerheid, verwacht.procesregie_zekerheid or "bepaald"):
        if zekerheid not in ZEKERHEDEN:
            yield f"{zekerheid!r} is geen zekerheid"
    overal = {*model.fase, *model.stap, *model.rol, *termijnen}
    uitnodigen, afspraken = verwacht.uitnodigen or {}, verwacht.afspraken or {}
    for soort, genoemd, bekend in (
        ("fase", verwacht.fase, {*model.fase, *eigen["fase"]}),
        ("procesregie", verwacht.procesregie, {*model.rol, *eigen["procesregie"]}),
        ("stap", verwacht.stap, {*model.stap}),
        ("uitnodiging", tuple(uitnodigen), {*rollen}),
        ("afspraak", tuple(afspraken), {*tabellen}),
        ("doel", tuple(verwacht.doelen or {}), doelen),
        ("vraag", tuple(verwacht.uitzoeken or {}), {*model.vraag}),
        ("rol", tuple(rol for wie in (verwacht.uitzoeken or {}).values() for rol in wie), {*model.rol}),
        ("termijn", verwacht.termijnen, termijnen),
        ("id", verwacht.niet, overal),
    ):
        yield from (f"{soort} {id_!r} bestaat niet" for id_ in genoemd if id_ not in bekend)
    for wijst, index in ((uitnodigen, rollen), (afspraken, tabellen)):
        for sleutel, uitkomst in wijst.items():
            if sleutel in index and uitkomst not in {*eigen[index[sleutel].id], *model.stap}:
                yield f"{uitkomst!r} is geen uitkomst bij {sleutel!r}"


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


def expect(reis: Reis, advies: Mapping[str, Any]) -> None:
    """Compare an advice, as the JSON that a page gets, with a journey; tell every difference at once."""
    verschillen = (
        list(_verschillen(reis.verwacht, advies)) if advies["soort"] == "advies" else [f"geen advies: {advies}"]
    )
    assert not verschillen, "\n  ".join([f"{reis.titel}:", *verschillen])


def outcomes(uitslag: Mapping[str, Any]) -> list[str]:
    """The ids of the outcomes that a table leaves possible."""
    return [uitkomst["id"] for uitkomst in uitslag["uitkomsten"]]


def _verschillen(verwacht: Verwacht, advies: Mapping[str, Any]) -> Iterator[str]:
    fase, stap = advies["fase"], advies["stap"]
    procesregie = next(uitslag for uitslag in advies["verantwoordelijk"] if uitslag["tabel"] == "procesregie")
    uitnodigen = {uitslag["rol"]: outcomes(uitslag) for uitslag in advies["uitnodigen"]}
    afspraken = {uitslag["tabel"]: outcomes(uitslag) for uitslag in advies["afspraken"]}
    termijnen = [termijn["id"] for termijn in advies["termijnen"]]
    yield from _lijst("fase", verwacht.fase, outcomes(fase))
    yield from _lijst("procesregie", verwacht.procesregie, outcomes(procesregie))
    yield from _lijst("stap", verwacht.stap, outcomes(stap))
    if fase["zekerheid"] != verwacht.zekerheid:
        yield f"de fase hoort {verwacht.zekerheid!r} te zijn en is {fase['zekerheid']!r}"
    if verwacht.procesregie_zekerheid and procesregie["zekerheid"] != verwacht.procesregie_zekerheid:
        yield f"de procesregie hoort {verwacht.procesregie_zekerheid!r} te zijn en is {procesregie['zekerheid']!r}"
    for naam, hoort, gevonden in (
        ("uitnodigen", verwacht.uitnodigen, uitnodigen),
        ("afspraken", verwacht.afspraken, afspraken),
    ):
        for sleutel, uitkomst in (hoort or {}).items():
            yield from _lijst(f"{naam}, {sleutel}", [uitkomst], gevonden.get(sleutel, []))
    for doel, hoe in (verwacht.doelen or {}).items():
        gedragen = [deel["hoe"] for mogelijk in fase["fasen"] for deel in mogelijk["doelen"] if deel["naam"] == doel]
        yield from _lijst(f"doel {doel}", [hoe], gedragen)
    vragen = {vraag["vraag"]: [rol["id"] for rol in vraag["wie"]] for vraag in fase["uitzoeken"]}
    if verwacht.uitzoeken is not None:
        yield from _lijst("uitzoeken", list(verwacht.uitzoeken), list(vragen))
    for vraag, rollen in (verwacht.uitzoeken or {}).items():
        for rol in rollen:
            if rol not in vragen.get(vraag, ()):
                yield f"{rol!r} kan helpen bij {vraag!r}; genoemd: {vragen.get(vraag)}"
    for id_ in verwacht.termijnen:
        if id_ not in termijnen:
            yield f"de termijn {id_!r} ontbreekt"
    for id_ in verwacht.niet:
        if id_ in {*termijnen, *outcomes(fase), *outcomes(procesregie), *outcomes(stap)}:
            yield f"{id_!r} hoort er niet te staan"


def _lijst(naam: str, hoort: Sequence[str], gevonden: Sequence[str]) -> Iterator[str]:
    if sorted(hoort) != sorted(gevonden):
        yield f"{naam}: verwacht {', '.join(hoort) or 'niets'}; gekregen {', '.join(gevonden) or 'niets'}"
