"""The engine from outside: answers in, the next question or the advice out."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import NAMEN, Reis, ReisFout, expect, outcomes, read, tables
from wizard.browser import answer, ask, handle
from wizard.engine import AntwoordFout, replay
from wizard.model import LEERLING, SPOOR, WEET_NIET, Model

type Antwoorden = dict[str, str]

WANDELINGEN = 150
"""Walks from first question to advice, besides the journeys. All paths take over a minute, since each
step rebuilds everything from the answers; ``test_check`` compares the tables exhaustively instead."""


@pytest.fixture(params=NAMEN)
def reis(request: pytest.FixtureRequest, model: Model) -> Reis:
    """Each journey in turn."""
    return read(request.param, model)


def walk(model: Model, pool: Mapping[str, str], zaad: str = "", spoor: str = LEERLING) -> Antwoorden:
    """Answer what is asked, from the pool or else by a choice that follows from ``zaad``; give the answers."""
    gegeven: Antwoorden = {}
    while (vraag := replay(model, gegeven, spoor).vraag) is not None:
        mogelijk = vraag.toegestaan if zaad else vraag.optie_ids
        gekozen = zlib.crc32(f"{zaad} {vraag.id}".encode()) % len(mogelijk) if zaad else 0
        gegeven[vraag.id] = pool.get(vraag.id, mogelijk[gekozen])
    return gegeven


def possible(model: Model, antwoorden: Mapping[str, str], spoor: str) -> dict[str, set[str]]:
    """The outcomes that remain possible, per table."""
    return {uitslag.tabel.id: set(uitslag.uitkomsten) for uitslag in replay(model, antwoorden, spoor).uitslagen}


def advice(model: Model, antwoorden: Mapping[str, str]) -> dict[str, Any]:
    """The advice, without what it says of answers that were left aside."""
    uitkomst = answer(model, dict(antwoorden))
    assert uitkomst["soort"] == "advies"
    del uitkomst["ongebruikt"]
    return uitkomst


def dates(model: Model, reis: Reis) -> list[dict[str, Any]]:
    """The dates that follow from the start days of a journey."""
    if not reis.dagen:
        return []
    verzoek = {"soort": "agenda", "antwoorden": reis.invoer, "dagen": dict(reis.dagen), "nu": "20260101T000000Z"}
    data: list[dict[str, Any]] = ask(model, verzoek)["data"]
    return data


def changes(model: Model, reis: Reis) -> Iterator[Antwoorden]:
    """The answers of a journey with one of them changed, for every answer and every other option."""
    for vraag, gegeven in reis.antwoorden.items():
        for optie in model.vraag[vraag].toegestaan:
            if optie != gegeven:
                yield {**reis.antwoorden, vraag: optie}


def test_journey_gives_what_the_sources_say(model: Model, reis: Reis) -> None:
    """Each journey ends in the advice that was derived from the source texts."""
    expect(reis, answer(model, reis.invoer), dates(model, reis))


def test_journeys_cover_every_phase_and_special_step(model: Model) -> None:
    """Every phase, no phase, every step and every kind of certainty has a journey of its own."""
    verwacht = [read(naam, model).verwacht for naam in NAMEN]
    assert {fase for deel in verwacht for fase in deel.fase} == {*model.fase, "geen-fase", "plek-en-groep-botsen"}
    naast = {stap for deel in verwacht for stap in (deel.uitslagen or {}).get("naast-vrijstelling", ())}
    assert {stap for deel in verwacht for stap in deel.stap} | naast >= {*model.stap}
    assert {deel.zekerheid for deel in verwacht} - {""} == {"bepaald", "voorbehoud", "stilte", "open"}


def test_journeys_cover_every_track_and_every_outcome_of_a_matter(model: Model) -> None:
    """There are sixty journeys at least; each track has one, and each outcome that a matter or the region can have."""
    reizen = [read(naam, model) for naam in NAMEN]
    assert len(reizen) >= 60
    assert {reis.spoor for reis in reizen} == {*model.spoor}
    bereikt: dict[str, set[str]] = {}
    for reis in reizen:
        for id_, uitkomsten in (reis.verwacht.uitslagen or {}).items():
            bereikt.setdefault(id_, set()).update(uitkomsten)
    for tabel in model.tabellen:
        if tabel.onderdeel in {"zaak", "methode", "gebied"}:
            hoort = {regel.dan for regel in tabel.regels}
            assert bereikt.get(tabel.id, set()) >= hoort, f"{tabel.id}: {hoort - bereikt.get(tabel.id, set())}"


def test_asks_exactly_the_questions_of_the_journey(model: Model, reis: Reis) -> None:
    """Answered one at a time, the engine asks the questions of the journey in its order, and no other."""
    gesteld: Antwoorden = {SPOOR: reis.spoor}
    for vraag, optie in reis.antwoorden.items():
        stand = answer(model, gesteld)
        assert stand["soort"] == "vraag"
        assert stand["vraag"]["id"] == vraag
        assert [deel["vraag"] for deel in stand["antwoorden"]] == list(gesteld)[1:]
        gesteld[vraag] = optie
    assert answer(model, gesteld)["soort"] == "advies"


def test_order_of_answers_does_not_matter(model: Model, reis: Reis) -> None:
    """The same answers in another order give the same advice, to the letter."""
    paren = list(reis.invoer.items())
    verwacht = answer(model, dict(paren))
    for begin in range(len(paren)):
        gedraaid = paren[begin:] + paren[:begin]
        assert answer(model, dict(gedraaid)) == verwacht
        assert answer(model, dict(reversed(gedraaid))) == verwacht


def test_changing_an_answer_equals_a_fresh_run(model: Model, reis: Reis) -> None:
    """Whoever changes an answer halfway stands where a reader stands who gave that answer at once."""
    for gewijzigd in changes(model, reis):
        vers: Antwoorden = {}
        while (vraag := replay(model, vers, reis.spoor).vraag) is not None and vraag.id in gewijzigd:
            vers[vraag.id] = gewijzigd[vraag.id]
        na_wijziging, opnieuw = replay(model, gewijzigd, reis.spoor), replay(model, vers, reis.spoor)
        assert replace(na_wijziging, ongebruikt={}) == opnieuw
        assert list(na_wijziging.antwoorden.items()) == list(vers.items())
        assert {**na_wijziging.antwoorden, **na_wijziging.ongebruikt} == gewijzigd


def test_answers_that_no_longer_matter_change_nothing(model: Model, reis: Reis) -> None:
    """An answer to a question that is not asked is kept apart, and the advice is the same without it."""
    verwacht = advice(model, reis.invoer)
    for vraag in model.vragen:
        for optie in vraag.toegestaan if vraag.id not in reis.antwoorden else ():
            assert replay(model, {**reis.antwoorden, vraag.id: optie}, reis.spoor).ongebruikt == {vraag.id: optie}
            assert advice(model, {**reis.invoer, vraag.id: optie}) == verwacht


def test_unused_answer_is_told(model: Model) -> None:
    """Who first said to be at school and then at home gets the group size back as unused."""
    uitkomst = answer(model, {"setting": "thuis", "groep": "5"})
    assert uitkomst["ongebruikt"] == {"groep": "5"}
    assert [deel["vraag"] for deel in uitkomst["antwoorden"]] == ["setting"]


def test_weet_niet_keeps_every_real_answer_possible(model: Model, reis: Reis) -> None:
    """Finding out what was unknown never leads outside what was possible, nor to a question not yet asked."""
    for vraag in reis.antwoorden:
        if not model.vraag[vraag].weet_niet:
            continue
        onbekend = walk(model, {**reis.antwoorden, vraag: WEET_NIET}, spoor=reis.spoor)
        ruim = possible(model, onbekend, reis.spoor)
        samen: dict[str, set[str]] = {tabel: set() for tabel in ruim}
        for optie in model.vraag[vraag].optie_ids:
            bekend = {**onbekend, vraag: optie}
            assert replay(model, bekend, reis.spoor).vraag is None
            for tabel, uitkomsten in possible(model, bekend, reis.spoor).items():
                samen[tabel] |= uitkomsten
        assert samen == ruim


def test_weet_niet_says_what_settles_it(model: Model, reis: Reis) -> None:
    """An open outcome names the unknown answers that decide it; a settled one names none."""
    for vraag in (None, *reis.antwoorden):
        pool = dict(reis.antwoorden)
        if vraag is not None and model.vraag[vraag].weet_niet:
            pool[vraag] = WEET_NIET
        gegeven = walk(model, pool, spoor=reis.spoor)
        onbekend = {id_ for id_, optie in gegeven.items() if optie == WEET_NIET}
        for uitslag in replay(model, gegeven, reis.spoor).uitslagen:
            uitzoeken = {deel.id for deel in uitslag.uitzoeken}
            assert uitzoeken <= onbekend
            assert bool(uitzoeken) == (len(uitslag.regels) > 1)


def sources_missing(deel: Any, pad: str = "advies") -> Iterator[str]:
    """Every claim, row, goal, term or way to find out in an advice that has no complete source."""
    if isinstance(deel, dict):
        elders = deel.get("soort") in {"fase", "stap", "rol", "methode"}  # an outcome whose record has the sources
        if {"tekst", "omdat", "hoe"} & set(deel) and not elders:
            bronnen = deel.get("bron") or [{}]
            if not all(bron.get(veld) for bron in bronnen for veld in ("document", "plaats", "regels", "titel")):
                yield pad
        for naam, waarde in deel.items():
            yield from sources_missing(waarde, f"{pad}.{naam}")
    elif isinstance(deel, list):
        for nummer, waarde in enumerate(deel):
            yield from sources_missing(waarde, f"{pad}[{nummer}]")


def test_everything_in_an_advice_has_a_source(model: Model, reis: Reis) -> None:
    """Every claim, row, goal, term and hint in an advice says which document and which lines it comes from."""
    advies = advice(model, reis.invoer)
    del advies["antwoorden"]  # the reader's own words
    assert list(sources_missing(advies)) == []


def test_every_tension_that_is_named_is_told(model: Model, reis: Reis) -> None:
    """Whatever tension a row or claim points to stands in the same advice, with two sides or a silence."""
    advies = advice(model, reis.invoer)
    verteld = {spanning["id"] for spanning in advies["spanningen"]}
    genoemd = {id_ for uitslag in tables(advies).values() for regel in uitslag["regels"] for id_ in regel["spanning"]}
    assert genoemd <= verteld
    assert all(spanning["kanten"] and spanning["volgt"] for spanning in advies["spanningen"])


@pytest.mark.parametrize("nummer", range(WANDELINGEN))
def test_every_walk_ends_in_an_advice(model: Model, nummer: int) -> None:
    """Whatever a reader answers, the questions end, each comes once and in order, and every table speaks."""
    spoor = [*model.spoor][nummer % len(model.spoor)]
    gegeven = walk(model, {}, zaad=f"wandeling {nummer}", spoor=spoor)
    advies = answer(model, {SPOOR: spoor, **gegeven})
    assert advies["soort"] == "advies"
    assert [deel["vraag"] for deel in advies["antwoorden"]] == [v.id for v in model.vragen if v.id in gegeven]
    uitslagen = tables(advies)
    assert sorted(uitslagen) == sorted(model.spoor[spoor].tabellen)
    if WEET_NIET not in gegeven.values():
        assert all(len(outcomes(uitslag)) == 1 and len(uitslag["regels"]) == 1 for uitslag in uitslagen.values())


def test_all_weet_niet_leaves_all_open(model: Model) -> None:
    """Who knows nothing keeps every phase and no phase, and hears of each question what would help."""
    gegeven = walk(model, {id_: WEET_NIET for id_, vraag in model.vraag.items() if vraag.weet_niet})
    advies = advice(model, gegeven)
    assert set(outcomes(advies["fase"])) == {*model.fase, "geen-fase", "plek-en-groep-botsen"}
    assert {deel["vraag"] for deel in advies["fase"]["uitzoeken"]} == {
        "setting",
        "groep",
        "ingroei",
        "leerbehoefte",
        "deelname",
    }
    assert all(deel["hoe"] and deel["wie"] for deel in advies["fase"]["uitzoeken"])


@pytest.mark.parametrize("naam", ["fase-4", "thuis-ingeschreven", "grens-5-op-school"])
def test_outside_the_region_nothing_is_settled_and_no_date_follows(model: Model, naam: str) -> None:
    """Elsewhere every outcome is by analogy, and a start day gives no date."""
    reis = read(naam, model)
    elders = {**reis.invoer, "gebied": "buiten"}
    advies = answer(model, elders)
    assert {uitslag["zekerheid"] for uitslag in tables(advies).values()} <= {"voorbehoud", "stilte"}
    assert advies["fase"]["zeker"] in {"Naar analogie, met voorbehoud", "De bronnen zeggen hier niets over"}
    assert advies["ijkpunten"] == []
    dagen = {punt.id: "2026-01-01" for punt in model.ijkpunten}
    assert ask(model, {"soort": "agenda", "antwoorden": elders, "dagen": dagen, "nu": ""})["data"] == []


def test_unknown_question_names_what_is_allowed(model: Model) -> None:
    """A question that does not exist is named, with a guess and with every question there is."""
    with pytest.raises(AntwoordFout, match="'seting' bestaat niet; bedoel je 'setting'") as fout:
        replay(model, {"seting": "thuis"})
    assert all(vraag in str(fout.value) for vraag in model.vraag)


@pytest.mark.parametrize("optie", ["zolder", "", WEET_NIET, 5, None, ["voor"]])
def test_unknown_option_names_what_is_allowed(model: Model, optie: Any) -> None:
    """An option that does not exist is named, with every option of its question."""
    with pytest.raises(AntwoordFout) as fout:
        replay(model, {"moment": optie})
    assert repr(optie) in str(fout.value)
    assert all(toegestaan in str(fout.value) for toegestaan in ("moment", "voor", "tijdens", "na"))


def test_all_wrong_answers_in_one_message(model: Model) -> None:
    """Three wrong answers give one message that names all three, also where the question is not asked."""
    uitkomst = answer(model, {"setting": "zolder", "bestaat-niet": "ja", "groep": "honderd"})
    assert uitkomst["soort"] == "fout"
    assert all(woord in uitkomst["melding"] for woord in ("zolder", "bestaat-niet", "honderd"))


@pytest.mark.parametrize("antwoorden", [[], "setting", None, 3])
def test_answers_must_be_an_object(model: Model, antwoorden: Any) -> None:
    """Anything but an object of answers is told so, with an example."""
    uitkomst = answer(model, antwoorden)
    assert uitkomst["soort"] == "fout"
    assert "object" in uitkomst["melding"]


@pytest.mark.parametrize("verzoek", ["kapot", '{"antwoorden"', ""])
def test_page_gets_an_answer_to_what_is_no_json(verzoek: str) -> None:
    """A request that cannot be read gives the page an error that it can show."""
    assert '"fout"' in handle(verzoek)


@pytest.mark.parametrize("verzoek", [[], {}, 5, None, {"soort": "iets"}, {"soort": []}, {"soort": "agenda"}])
def test_page_gets_an_answer_to_nonsense(model: Model, verzoek: Any) -> None:
    """A request without what it needs gives the page an error that it can show."""
    assert ask(model, verzoek)["soort"] == "fout"


REIS = """
titel: Proef
verhaal: Een leerling zit thuis.
antwoorden: {setting: thuis}
verwacht: {fase: [geen-fase], zekerheid: stilte, procesregie: [school], stap: [stap-1]}
bron:
  fase: &bron [{document: handreiking, regels: "364", want: Zo staat het er.}]
  procesregie: *bron
  stap: *bron
"""


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        ("{setting: thuis}", "{seting: thuis}", "'seting'"),
        ("{setting: thuis}", "{setting: zolder}", "'zolder'"),
        ("[geen-fase]", "[fase-7]", "'fase-7'"),
        ("[stap-1]", "[stap-10]", "'stap-10'"),
        ("[school]", "[skool]", "'skool'"),
        ("stilte", "rust", "'rust'"),
        ("[stap-1]", "[stap-1], uitnodigen: {leerplicht: misschien}", "'misschien'"),
        ("[stap-1]", "[stap-1], termijnen: [ooit]", "'ooit'"),
        ("[stap-1]", "[stap-1], niet: [fase-2]", "'niet' staat geen bron"),
        ("  stap: *bron\n", "", "'stap' staat geen bron"),
        ("handreiking", "handleiding", "'handleiding'"),
        ('"364"', '"9364"', "'9364'"),
        ("titel: Proef\n", "", "titel"),
        ("titel: Proef", "titel: Proef\ntitels: Twee", "titels"),
        ("antwoorden: {", "antwoorden: [", "proef.yml"),
    ],
)
def test_misspelt_journey_is_refused(tmp_path: Path, model: Model, oud: str, nieuw: str, melding: str) -> None:
    """A journey that names what does not exist, or leaves out a source, raises with its file name."""
    (tmp_path / "proef.yml").write_text(REIS, encoding="utf-8")
    assert read("proef", model, tmp_path).titel == "Proef"
    assert oud in REIS
    (tmp_path / "proef.yml").write_text(REIS.replace(oud, nieuw, 1), encoding="utf-8")
    with pytest.raises(ReisFout, match=r"proef\.yml") as fout:
        read("proef", model, tmp_path)
    assert melding in str(fout.value)


@pytest.mark.parametrize(
    ("veld", "waarde", "melding"),
    [
        ("fase", ("fase-5",), "fase: verwacht fase-5; gekregen fase-3"),
        ("zekerheid", "open", "hoort 'open'"),
        ("procesregie", ("school", "leerplicht"), "procesregie: verwacht school, leerplicht; gekregen school"),
        ("procesregie_zekerheid", "open", "procesregie hoort 'open'"),
        ("stap", ("stap-1",), "stap: verwacht stap-1; gekregen stap-7"),
        ("uitnodigen", {"leerplicht": "niet-nodig"}, "uitnodigen, leerplicht"),
        ("uitslagen", {"onderschrijding": ("niet-nodig",)}, "onderschrijding: verwacht niet-nodig"),
        ("zekerheden", {"procesregie": "open"}, "procesregie hoort 'open'"),
        ("doelen", {"Zelfredzaamheid": "School"}, "doel Zelfredzaamheid"),
        ("uitzoeken", {"ingroei": ("school",)}, "'ingroei' hoort uitgezocht te worden"),
        ("data", {"fase-2-tlv": "2026-01-01"}, "'fase-2-tlv' hoort 2026-01-01"),
        ("wie", ("leerplicht",), "'leerplicht' is aan zet"),
        ("taken", {"jgz": "vaccineert"}, "'jgz' heeft geen taak"),
        ("spanningen", ("oza-duur",), "de spanning 'oza-duur' ontbreekt"),
        ("nooit", ("zorglocatie",), "de woorden 'zorglocatie'"),
        ("termijnen", ("fase-2-tlv",), "'fase-2-tlv' ontbreekt"),
        ("niet", ("fase-3-een-tot-twee-jaar",), "'fase-3-een-tot-twee-jaar' hoort er niet"),
    ],
)
def test_expect_tells_each_difference(model: Model, veld: str, waarde: Any, melding: str) -> None:
    """An advice that differs from the journey in one field fails with that field in the message."""
    reis = read("fase-3", model)
    advies = answer(model, reis.invoer)
    expect(reis, advies)
    anders = replace(reis, verwacht=replace(reis.verwacht, **{veld: waarde}))
    with pytest.raises(AssertionError) as fout:
        expect(anders, advies)
    assert melding in str(fout.value)
