"""The proof of the decision tables: each kind of defect is named, and its counts hold by brute force.

The brute force reads rows as they stand in the tables, over the full product of options. It shares no code
with the diagrams that the engine and the proof walk.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import Kopie
from wizard.check import GEBREKEN, Bewijs, Gebrek, prove
from wizard.engine import replay
from wizard.load import load
from wizard.model import Model, Spoor, Tabel

type Antwoorden = dict[str, str]

STEEKPROEF = 500
"""For how many paths of a track the engine is asked; all of them would take minutes."""

VRAAG = """
id: huisdier
deel: De leerling
tekst: Heeft de leerling een huisdier?
kort: Huisdier
waarom: Om te zien of iemand merkt dat dit niets uitmaakt.
volgorde: 99
opties: [{id: nee, tekst: "Nee"}, {id: ja, tekst: "Ja"}]
bron: [{document: handreiking, plaats: stap-4-1, regels: "285"}]
"""

AANBIEDER = "regels/uitnodigen-jeugdhulpaanbieder.yml"

BRON = "\n    bron: [{document: handreiking, plaats: stap-4-1, regels: 282-284}]\n"


def found(kopie: Kopie) -> tuple[Gebrek, ...]:
    """The defects of a copy that loads."""
    return prove(load(kopie.map)).gevonden


@pytest.fixture(scope="module")
def bewijs(model: Model) -> Bewijs:
    """The proof of the real content."""
    return prove(model)


def test_gap_is_named(kopie: Kopie) -> None:
    """A combination of answers that lost its row is named with its table and an example, and is a dead end."""
    kopie.replace("regels/procesregie.yml", "[nee], vrijstelling: [nee, aangevraagd]", "[nee], vrijstelling: [nee]")
    gevonden = found(kopie)
    assert {gebrek.soort for gebrek in gevonden} == {"gat", "dood einde"}
    gat = next(gebrek for gebrek in gevonden if gebrek.soort == "gat")
    assert gat.waar == "procesregie"
    assert "ingeschreven=nee" in gat.melding
    assert "vrijstelling=aangevraagd" in gat.melding


def test_overlap_is_named(kopie: Kopie) -> None:
    """A combination that gets a second row is named with both rows and an example, and is a dead end."""
    kopie.replace(
        "regels/procesregie.yml", "[nee], vrijstelling: [nee, aan", "[nee], vrijstelling: [loopt-af, nee, aan"
    )
    gevonden = found(kopie)
    assert {gebrek.soort for gebrek in gevonden} == {"overlap", "dood einde"}
    overlap = next(gebrek for gebrek in gevonden if gebrek.soort == "overlap")
    assert overlap.waar == "procesregie"
    assert all(
        woord in overlap.melding
        for woord in ("'niet-ingeschreven'", "'niet-ingeschreven-loopt-af'", "vrijstelling=loopt-af")
    )


def test_dead_row_is_named(kopie: Kopie) -> None:
    """A row whose list of options is empty never applies, and is named with its table."""
    rij = "\n  - id: nooit\n    als: {setting: []}\n    dan: uitnodigen\n    omdat: Nooit." + BRON
    kopie.write(AANBIEDER, (kopie.map / AANBIEDER).read_text(encoding="utf-8") + rij)
    (gebrek,) = found(kopie)
    assert (gebrek.soort, gebrek.waar) == ("dode regel", "uitnodigen-jeugdhulpaanbieder")
    assert "'nooit'" in gebrek.melding


def test_question_that_changes_nothing_in_a_table_is_named(kopie: Kopie) -> None:
    """A question in the input of a table that no row looks at is named with that table."""
    kopie.replace(AANBIEDER, "invoer: [setting]", "invoer: [setting, complex]")
    (gebrek,) = found(kopie)
    assert (gebrek.soort, gebrek.waar) == ("dode vraag", "uitnodigen-jeugdhulpaanbieder")
    assert "'complex'" in gebrek.melding


def test_question_in_no_table_is_named(kopie: Kopie) -> None:
    """A question that stands in no table is named."""
    kopie.write("vragen/huisdier.yml", VRAAG)
    (gebrek,) = found(kopie)
    assert gebrek.soort == "dode vraag"
    assert "'huisdier'" in gebrek.melding


def test_unreachable_outcome_of_a_table_is_named(kopie: Kopie) -> None:
    """An outcome that a table offers and no row leads to is named with its table."""
    uitkomst = "overig:\n  - id: thee\n    naam: Thee\n    tekst: Eerst thee." + BRON
    kopie.replace("regels/uitnodigen-school.yml", "overig:\n", uitkomst)
    (gebrek,) = found(kopie)
    assert (gebrek.soort, gebrek.waar) == ("onbereikt", "uitnodigen-school")
    assert "'thee'" in gebrek.melding


@pytest.mark.parametrize(
    ("oud", "nieuw", "soort"),
    [("fasen/fase-6", "fasen/fase-7", "fase"), ("routekaart/stap-9", "routekaart/stap-10", "stap")],
)
def test_unreachable_record_is_named(kopie: Kopie, oud: str, nieuw: str, soort: str) -> None:
    """A phase or a step that no table leads to is named."""
    tekst = (kopie.map / f"{oud}.yml").read_text(encoding="utf-8")
    tekst = "\n".join("volgorde: 99" if regel.startswith("volgorde:") else regel for regel in tekst.splitlines())
    kopie.write(f"{nieuw}.yml", tekst.replace(Path(oud).name, Path(nieuw).name, 1))
    (gebrek,) = found(kopie)
    assert (gebrek.soort, gebrek.waar) == ("onbereikt", soort)
    assert repr(Path(nieuw).name) in gebrek.melding


def test_outcome_that_lost_its_row_is_named(kopie: Kopie) -> None:
    """When the only row that leads to an outcome goes elsewhere, that outcome is named."""
    kopie.replace(AANBIEDER, "dan: behandelaar", "dan: uitnodigen")
    assert ("onbereikt", "uitnodigen-jeugdhulpaanbieder") in {(gebrek.soort, gebrek.waar) for gebrek in found(kopie)}


def test_every_defect_in_one_run(kopie: Kopie) -> None:
    """Defects of every kind are found together and counted per kind."""
    kopie.replace(AANBIEDER, "als: {setting: [school-met-zorg]}", "als: {}")
    kopie.replace("regels/uitnodigen-toegang.yml", "[ja], thuishulp: [nee]", "[], thuishulp: [nee]")
    kopie.replace(AANBIEDER, "dan: behandelaar", "dan: uitnodigen")
    kopie.write("vragen/huisdier.yml", VRAAG)
    bewijs = prove(load(kopie.map))
    assert set(bewijs.gebreken) == set(GEBREKEN)
    assert {soort for soort, aantal in bewijs.gebreken.items() if aantal} == {
        "gat",
        "overlap",
        "dode regel",
        "dode vraag",
        "dood einde",
        "onbereikt",
    }
    assert sum(bewijs.gebreken.values()) == len(bewijs.gevonden)


def test_real_content_has_no_defect(bewijs: Bewijs) -> None:
    """The tables as they are have no defect of any kind."""
    assert bewijs.gevonden == ()
    assert bewijs.gebreken == dict.fromkeys(GEBREKEN, 0)


def matching(tabel: Tabel, antwoorden: Mapping[str, str]) -> list[str]:
    """The rows of a table that hold, read as they stand."""
    return [r.id for r in tabel.regels if all(antwoorden[vraag] in opties for vraag, opties in r.als.items())]


def combinations(tabel: Tabel, model: Model) -> Iterator[Antwoorden]:
    """Every combination of options of the questions of a table."""
    opties = [[optie.id for optie in model.vraag[vraag].opties] for vraag in tabel.invoer]
    for combinatie in itertools.product(*opties):
        yield dict(zip(tabel.invoer, combinatie, strict=True))


def test_every_combination_of_every_table_has_one_row(model: Model, bewijs: Bewijs) -> None:
    """By brute force, each combination has one row, each row and each outcome is used, and the counts agree."""
    geteld = 0
    for tabel in model.tabellen:
        gebruikt = set()
        for antwoorden in combinations(tabel, model):
            (regel,) = matching(tabel, antwoorden)
            gebruikt.add(regel)
            geteld += 1
        assert gebruikt == {regel.id for regel in tabel.regels}
    assert geteld == bewijs.combinaties
    assert bewijs.tabellen == len(model.tabellen)
    assert bewijs.regels == sum(len(tabel.regels) for tabel in model.tabellen)
    assert bewijs.vragen == len(model.vragen)


def relevance(tabel: Tabel, model: Model) -> Callable[[tuple[str, ...], str], bool]:
    """Give a test: with these answers to the earlier questions of a table, does the next one matter to it?

    It matters when two of its options lead to different rows for some answers to the questions that follow.
    """
    volgorde = sorted(tabel.invoer, key=lambda vraag: model.vraag[vraag].volgorde)

    @cache
    def rijen(begin: tuple[str, ...]) -> tuple[str, ...]:
        if len(begin) == len(volgorde):
            return tuple(matching(tabel, dict(zip(volgorde, begin, strict=True))))
        opties = model.vraag[volgorde[len(begin)]].opties
        return tuple(itertools.chain.from_iterable(rijen((*begin, optie.id)) for optie in opties))

    def matters(begin: tuple[str, ...], vraag: str) -> bool:
        opties = model.vraag[vraag].opties
        return len({rijen((*begin, optie.id)) for optie in opties}) > 1

    return matters


@cache
def paths(model: Model, spoor: str) -> tuple[Antwoorden, ...]:
    """Every path of a track from first question to advice, found without diagrams."""
    tabellen_van_spoor = [model.tabel[id_] for id_ in model.spoor[spoor].tabellen]
    toetsen = {tabel.id: relevance(tabel, model) for tabel in tabellen_van_spoor}
    gevonden = []

    def ga(nummer: int, pad: Antwoorden, eerder: dict[str, tuple[str, ...]]) -> None:
        if nummer == len(model.vragen):
            gevonden.append(pad)
            return
        vraag = model.vragen[nummer]
        tabellen = [tabel.id for tabel in tabellen_van_spoor if vraag.id in tabel.invoer]
        telt = any(toetsen[id_](eerder[id_], vraag.id) for id_ in tabellen)
        for optie in vraag.opties if telt else vraag.opties[:1]:  # an answer that does not matter: take any
            verder = {**eerder, **{id_: (*eerder[id_], optie.id) for id_ in tabellen}}
            ga(nummer + 1, {**pad, vraag.id: optie.id} if telt else pad, verder)

    ga(0, {}, {tabel.id: () for tabel in tabellen_van_spoor})
    return tuple(gevonden)


def rows_of(model: Model, spoor: Spoor, pad: Mapping[str, str]) -> tuple[str, ...]:
    """The row of every table at the end of a path; what was not asked cannot matter, so any option does."""
    vol = {vraag.id: pad.get(vraag.id, vraag.opties[0].id) for vraag in model.vragen}
    return tuple(f"{id_}/{regel}" for id_ in spoor.tabellen for regel in matching(model.tabel[id_], vol))


def test_paths_agree_with_brute_force(model: Model, bewijs: Bewijs) -> None:
    """The number of paths, the shortest, the longest and the number of different ends of each track hold."""
    for spoor in model.sporen:
        telling, paden = bewijs.sporen[spoor.id], paths(model, spoor.id)
        assert telling.paden == len(paden), spoor.id
        assert telling.kortste_pad == min(map(len, paden)), spoor.id
        assert telling.langste_pad == max(map(len, paden)), spoor.id
        assert telling.adviezen == len({rows_of(model, spoor, pad) for pad in paden}), spoor.id


def test_engine_agrees_with_brute_force(model: Model) -> None:
    """On a spread of the paths of each track the engine ends where they end, in the rows that brute force finds."""
    for spoor in model.sporen:
        paden = paths(model, spoor.id)
        for pad in paden[:: len(paden) // STEEKPROEF + 1]:
            stand = replay(model, pad, spoor.id)
            assert stand.vraag is None
            assert stand.ongebruikt == {}
            gevonden = tuple(f"{u.tabel.id}/{u.regels[0].id}" for u in stand.uitslagen)
            assert gevonden == rows_of(model, spoor, pad)
            assert replay(model, dict(list(pad.items())[:-1]), spoor.id).vraag is not None
