"""The content: what is wrong in it is refused and named, and what is right in it agrees with the sources.

The tables of facts in the second half were typed from the source documents, with the lines they stand on.
"""

import re

import pytest

from tests.conftest import Kopie
from wizard.browser import answer
from wizard.load import load
from wizard.model import Model

LEER = "vragen/leerbehoefte.yml"
FASE = "fasen/fase-6.yml"
REGIE = "regels/procesregie.yml"
TERMIJN = "termijnen.yml"
JGZ = "regels/uitnodigen-jgz.yml"
STAP = "routekaart/stap-9.yml"
DOEL = "fasen/fase-4.yml"
INSTELLING = "rollen/behandelinstelling.yml"

FOUTEN = {
    # name of the defect: file, what stands there, what replaces it, the field, and a part of the message
    "onbekend veld": (STAP, "\nkort:", "\nkorte: x\nkort:", "korte", "onbekend; bedoel je 'kort'?"),
    "onbekend veld, diep": (
        STAP,
        "  - tekst:",
        "  - spaning: []\n    tekst:",
        "wat[1].spaning",
        "bedoel je 'spanning'?",
    ),
    "onbekend veld, nergens op lijkend": (STAP, "\nkort:", "\nqqq: x\nkort:", "qqq", "dit veld is onbekend"),
    "veld ontbreekt": (STAP, "\ndeel: na", "", "deel", "dit veld ontbreekt"),
    "veld ontbreekt, in lijst": (
        TERMIJN,
        "  duur: hoogstens zes maanden\n",
        "",
        "[doelen-zes-maanden].duur",
        "ontbreekt",
    ),
    "bron bestaat niet": (
        STAP,
        "document: regionale-",
        "document: regionaal-",
        "bron[1]",
        "bedoel je 'regionale-afspraken'",
    ),
    "sectie bestaat niet": (
        STAP,
        "plaats: routekaart-na",
        "plaats: routekaart-nu",
        "bron[1]",
        "secties van 'regionale-af",
    ),
    "rol bestaat niet": (
        DOEL,
        "wie: [school, jeugdhulpaanbieder]",
        "wie: [schol]",
        "doelen[1].wie",
        "bedoel je 'school'?",
    ),
    "rol van tabel bestaat niet": (JGZ, "rol: jgz", "rol: ggz", "rol", "'ggz' staat niet bij de rollen"),
    "uitkomst rol bestaat niet": (
        REGIE,
        "dan: leerplicht",
        "dan: leerplich",
        "regels[niet-ingeschreven].dan",
        "'leerplicht'",
    ),
    "uitkomst stap bestaat niet": ("regels/stap.yml", "dan: stap-3", "dan: stap-10", "regels[stap-3].dan", "'stap-10'"),
    "uitkomst fase bestaat niet": (
        "regels/fase.yml",
        "dan: fase-2",
        "dan: fase-7",
        ".dan",
        "'fase-7' staat niet bij de fasen",
    ),
    "uitkomst in ook bestaat niet": (
        REGIE,
        "ook: [leerplicht]",
        "ook: [rbl]",
        "regels[ingeschreven-vast].ook",
        "'rbl'",
    ),
    "eigen uitkomst bestaat niet": (JGZ, "dan: partner", "dan: maatje", "regels[thuis-vrijgesteld].dan", "'maatje'"),
    "fase van termijn bestaat niet": (TERMIJN, "fasen: [fase-4]", "fasen: [fase-44]", "].fasen", "bedoel je 'fase-4'?"),
    "spanning bestaat niet": (REGIE, "spanning: [regie]", "spanning: [regi]", ".spanning", "bedoel je 'regie'?"),
    "vraag in invoer bestaat niet": (
        JGZ,
        "invoer: [setting, vrijstelling, verzuim]",
        "invoer: [setting, vrijstelling, verzuim, ziek]",
        "invoer",
        "'ziek'",
    ),
    "vraag in voorwaarde bestaat niet": (
        TERMIJN,
        "als: {ingeschreven:",
        "als: {ingeschreve:",
        "].als",
        "bedoel je 'ingeschreven'?",
    ),
    "vraag niet in invoer": (
        JGZ,
        "als: {setting: [thuis], vrijstelling: [nee",
        "als: {setting: [thuis], groep: [geen], vrijstelling: [nee",
        "regels[thuis].als",
        "invoer",
    ),
    "optie bestaat niet": (
        JGZ,
        "als: {setting: [thuis]",
        "als: {setting: [huis]",
        "regels[thuis].als",
        "wel: regulier,",
    ),
    "weet-niet in voorwaarde": (
        JGZ,
        "verzuim: [nee]",
        "verzuim: [weet-niet]",
        "regels[geen-verzuim].als",
        "geen optie",
    ),
    "weet-niet als optie": (LEER, "opties:\n", "opties:\n  - {id: weet-niet, tekst: x}\n", "opties", "weet_niet"),
    "aspect bestaat niet": (FASE, "  in-staat-tot:", "  in-stat-tot:", "cellen", "bedoel je 'in-staat-tot'?"),
    "soort tabel bestaat niet": (JGZ, "soort: overig", "soort: iets", "soort", "wel: fase, rol, stap, methode, overig"),
    "regel zonder bron": (
        "regels/uitnodigen-samenwerkingsverband.yml",
        "bron: *tijdig",
        "bron: []",
        "regels[zorglocatie-ingeschreven].bron",
        "geen bron genoemd",
    ),
    "regel zonder veld bron": (
        "regels/uitnodigen-samenwerkingsverband.yml",
        "    bron: *tijdig\n",
        "",
        "regels[6].bron",
        "dit veld ontbreekt",
    ),
    "optie twee keer": (LEER, "opties:\n", "opties:\n  - {id: ja, tekst: x}\n", "opties", "id 'ja' staat er twee"),
    "regel twee keer": (JGZ, "- id: geen-verzuim", "- id: thuis", "regels", "id 'thuis' staat er twee keer"),
    "letter twee keer": (DOEL, "letter: d", "letter: c", "doelen", "letter 'c' staat er twee keer"),
    "substap twee keer": ("routekaart/stap-7.yml", "nummer: 4.5 b", "nummer: 4.5 a", "substappen", "nummer '4.5 a'"),
    "id in lijst twee keer": (
        TERMIJN,
        "- id: fase-2-tlv",
        "- id: fase-1-tlv",
        "[fase-1-tlv].id",
        "al gebruikt in termijnen.yml",
    ),
    "volgorde twee keer": (LEER, "volgorde: 5", "volgorde: 4", "volgorde", "al gebruikt in vragen/ingroei.yml"),
    "volgorde in lijst twee keer": (
        TERMIJN,
        "volgorde: 2\n",
        "volgorde: 1\n",
        "].volgorde",
        "volgorde 1 is al gebruikt",
    ),
    "veld twee keer": (STAP, "\nkort:", "\nkort: x\nkort:", "regel 6", "'kort' staat er twee keer"),
    "YAML kapot": (STAP, "titel: ", "titel: [", "regel", "geen geldige YAML"),
    "geen getal": (STAP, "volgorde: 9", "volgorde: negen", "volgorde", "hier hoort een geheel getal"),
    "geen lijst": (
        JGZ,
        "invoer: [setting, vrijstelling, verzuim]",
        "invoer: setting",
        "invoer",
        "hier hoort een lijst",
    ),
    "geen tekst": (STAP, "deel: na", "deel: [na]", "deel", "hier hoort tekst"),
    "geen velden": (
        JGZ,
        "als: {setting: [thuis], vrijstelling: [nee, aangevraagd]}",
        "als: [thuis]",
        "als",
        "velden met een waarde",
    ),
    "id anders dan bestand": (
        INSTELLING,
        "id: behandelinstelling",
        "id: instelling",
        "id",
        "maak er 'behandelinstelling' van",
    ),
    "regels buiten sectie": (STAP, 'regels: "', 'regels: "9, ', "bron[1]", "vallen buiten 'routekaart-na' (127-158)"),
    "regels achterstevoren": (TERMIJN, "regels: 292-294", "regels: 294-292", "].bron[1]", "vallen buiten 'stap-4-2'"),
    "regels geen getallen": (TERMIJN, "regels: 292-294", "regels: boven", "].bron[1]", "geen reeks regelnummers"),
}


@pytest.mark.parametrize("naam", FOUTEN)
def test_defect_is_named(kopie: Kopie, naam: str) -> None:
    """One defect of each kind gives one message, in Dutch, that names its file and field and what is wrong."""
    bestand, oud, nieuw, veld, melding = FOUTEN[naam]
    kopie.replace(bestand, oud, nieuw)
    (probleem,) = kopie.problems()
    assert probleem.bestand == bestand
    assert veld in probleem.veld
    assert melding in probleem.melding


@pytest.mark.parametrize(
    ("bestand", "oud", "nieuw", "veld"),
    [
        (STAP, "volgorde: 9", "volgorde: 9.5", "volgorde"),
        ("regels/fase.yml", "stilte: true", "stilte: [ja]", "stilte"),
        ("regels/fase.yml", "stilte: true", "stilte: 5", "stilte"),
    ],
)
def test_messages_are_in_dutch(kopie: Kopie, bestand: str, oud: str, nieuw: str, veld: str) -> None:
    """What a type check says in English reaches an author in Dutch."""
    kopie.replace(bestand, oud, nieuw)
    (probleem,) = kopie.problems()
    assert veld in probleem.veld
    assert "Input should" not in probleem.melding


def test_claim_without_source(kopie: Kopie) -> None:
    """A claim without a source is refused, by the place where it stands."""
    kopie.replace(INSTELLING, "taken:\n", "taken:\n  - tekst: Zomaar iets.\n    bron: []\n")
    (probleem,) = kopie.problems()
    assert (probleem.bestand, probleem.veld) == (INSTELLING, "taken[1].bron")
    assert "geen bron genoemd" in probleem.melding


def test_same_id_in_two_folders(kopie: Kopie) -> None:
    """A special step with the id of a step of the routekaart is refused, and both files are named."""
    tekst = (kopie.map / STAP).read_text(encoding="utf-8").replace("volgorde: 9", "volgorde: 99")
    kopie.write("bijzonder/stap-9.yml", tekst)
    (probleem,) = kopie.problems()
    assert {probleem.bestand, *re.findall(r"\w+/stap-9\.yml", probleem.melding)} == {"bijzonder/stap-9.yml", STAP}


@pytest.mark.parametrize("bestand", ["stap-10.yml", "stappen/stap-10.yml", "routekaart/stap-10.yaml", "regels/lees.md"])
def test_file_in_a_wrong_place(kopie: Kopie, bestand: str) -> None:
    """A file that belongs nowhere is named, with the places where files do belong."""
    kopie.write(bestand, "id: stap-10")
    (probleem,) = kopie.problems()
    assert probleem.bestand == bestand
    assert all(plek in probleem.melding for plek in ("bronnen.yml", "routekaart/*.yml", "regels/*.yml"))


def test_prose_fragments_are_left_alone(kopie: Kopie) -> None:
    """Prose that pages share may stand beside the data."""
    kopie.write("fragmenten/uitleg.md", "Zomaar tekst.")
    kopie.write("weg.txt", "")
    assert [probleem.bestand for probleem in kopie.problems()] == ["weg.txt"]


@pytest.mark.parametrize("bestand", ["termijnen.yml", "begrippen.yml"])
def test_missing_list_is_one_message(kopie: Kopie, bestand: str) -> None:
    """A list file that is gone is named once, and not by everything that points into it."""
    (kopie.map / bestand).unlink()
    (probleem,) = kopie.problems()
    assert (probleem.bestand, probleem.melding) == (bestand, "dit bestand ontbreekt")


@pytest.mark.parametrize(
    ("bestand", "tekst", "melding"),
    [
        ("termijnen.yml", "id: een", "hier hoort een lijst te staan"),
        ("termijnen.yml", "- een", "velden met een waarde"),
        ("vragen/groep.yml", "", "velden met een waarde"),
        ("vragen/groep.yml", "- een", "velden met een waarde"),
    ],
)
def test_file_of_a_wrong_shape(kopie: Kopie, bestand: str, tekst: str, melding: str) -> None:
    """A list where fields belong, or the other way round, or nothing at all, gives one message."""
    kopie.write(bestand, tekst)
    (probleem,) = kopie.problems()
    assert probleem.bestand == bestand
    assert melding in probleem.melding


def test_file_that_is_not_utf8(kopie: Kopie) -> None:
    """A file in another encoding is named as such."""
    (kopie.map / INSTELLING).write_bytes("id: geëvalueerd".encode("latin-1"))
    (probleem,) = kopie.problems()
    assert (probleem.bestand, probleem.melding) == (INSTELLING, "dit bestand is geen UTF-8-tekst")


def test_all_problems_in_one_run(kopie: Kopie) -> None:
    """Two defects in two files are both named in one run, each on a line of its own."""
    kopie.replace(STAP, "\nkort:", "\nkorte: x\nkort:")
    kopie.replace(REGIE, "dan: leerplicht", "dan: leerplich")
    problemen = kopie.problems()
    assert {(probleem.bestand, probleem.veld) for probleem in problemen} == {
        (STAP, "korte"),
        (REGIE, "regels[niet-ingeschreven].dan"),
    }
    assert str(problemen[0]) == "routekaart/stap-9.yml, korte: dit veld is onbekend; bedoel je 'kort'?"


def test_section_that_nothing_cites(kopie: Kopie) -> None:
    """A section of a source that is cited nowhere is named, until it says why it is left out."""
    nieuw = "    - {id: bijlage, titel: Bijlage, regels: 900-901%s}\n    - {id: titel,"
    kopie.replace("bronnen.yml", "    - {id: titel,", nieuw % "")
    (probleem,) = kopie.problems()
    assert (probleem.bestand, probleem.veld) == ("bronnen.yml", "[gouda].secties[bijlage]")
    assert "niets haalt dit deel aan" in probleem.melding
    kopie.replace("bronnen.yml", "regels: 900-901", "regels: 900-901, weggelaten: Alleen een lijst met namen.")
    load(kopie.map)


def test_section_that_is_left_out_and_cited(kopie: Kopie) -> None:
    """A reason for leaving out a section that is cited is refused: one of the two is wrong."""
    kopie.replace("bronnen.yml", "{id: vervolg,", "{id: vervolg, weggelaten: Niet nodig.,")
    (probleem,) = kopie.problems()
    assert probleem.veld == "[gouda].secties[vervolg]"
    assert "haal 'weggelaten' weg" in probleem.melding


@pytest.mark.parametrize(("oud", "nieuw"), [("onderdeel: verantwoordelijk", "onderdeel: verantwoord")])
def test_table_with_a_place_that_no_advice_shows(kopie: Kopie, oud: str, nieuw: str) -> None:
    """A table in a part that the advice does not have is refused, since nobody would see its outcome."""
    kopie.replace(REGIE, oud, nieuw)
    assert {probleem.bestand for probleem in kopie.problems()} == {REGIE}


# --- the facts, as a domain expert would check them

AFSPRAKEN = "regionale-afspraken"

# Regionale afspraken 509-514 and 543-544 (fase 4), 518-524 and 546-549 (fase 3), 690-700 and 703-710 (fase 2),
# 801-808 and 813-819, 902-908 and 911-914 (the two kinds of fase 1). Fase 6 and 5 name no goals (496-504).
DOELEN = {
    "fase-6": {},
    "fase-5": {},
    "fase-4": {
        "a Emotieregulatie": {"school", "jeugdhulpaanbieder"},
        "b Zelfredzaamheid": {"school", "jeugdhulpaanbieder"},
        "c Sociale vaardigheden": {"school", "jeugdhulpaanbieder"},
        "d Schoolse vaardigheden": {"school", "jeugdhulpaanbieder"},
        "e Onderwijs": {"school"},
    },
    "fase-3": {
        "a Emotieregulatie": {"zorglocatie"},
        "b Zelfredzaamheid": {"zorglocatie", "school"},
        "c Sociale vaardigheden": {"zorglocatie", "school"},
        "d Schoolse vaardigheden": {"zorglocatie", "school"},
        "e Onderwijs": {"school"},
    },
    "fase-2": {
        "a Emotieregulatie": {"zorglocatie"},
        "b Zelfredzaamheid": {"zorglocatie", "school"},
        "c Onderwijsvaardigheden": {"zorglocatie", "school"},
        "d Sociale vaardigheden": {"zorglocatie", "school"},
        "e Onderwijsactiviteiten": {"school"},
    },
    "fase-1-met-onderwijsbehoefte": {
        "a Emotieregulatie": {"zorglocatie"},
        "b Zelfredzaamheid": {"zorglocatie"},
        "c Onderwijsvaardigheden": {"zorglocatie"},
        "d Sociale vaardigheden": {"zorglocatie"},
        "e Educatie": {"zorglocatie", "school"},
    },
    "fase-1-zonder-onderwijsbehoefte": {
        "a Emotieregulatie": {"zorglocatie"},
        "b Zelfredzaamheid": {"zorglocatie"},
        "c Schoolse vaardigheden": {"zorglocatie"},
        "d Sociale vaardigheden": {"zorglocatie"},
        "e Onderwijs": set(),
    },
}


@pytest.mark.parametrize("fase", DOELEN)
def test_goals_of_a_phase_and_who_carries_them(model: Model, fase: str) -> None:
    """Each phase has the goals that its column names, with that column's letter, carried by whom it says."""
    verwacht = DOELEN[fase]
    gevonden = {f"{doel.letter} {doel.naam}": set(doel.wie) for doel in model.fase[fase].doelen}
    assert len(gevonden) == len(verwacht)
    for (naam, wie), (hoort, dragers) in zip(gevonden.items(), verwacht.items(), strict=True):
        assert naam == hoort or re.match(re.escape(hoort) + r"\b", naam)
        assert wie == dragers


def test_seven_phases_from_high_to_low(model: Model) -> None:
    """The continuum has six phases of which the lowest has two kinds (regionale afspraken 345-397, 661-921)."""
    assert [fase.nummer for fase in model.fasen] == ["6", "5", "4", "3", "2", "1", "1"]
    assert [fase.id for fase in model.fasen] == list(DOELEN)
    assert {fase.nummer: fase.afkorting for fase in model.fasen if fase.afkorting} == {"4": "OZA", "3": "ZOA"}


def test_nine_steps_in_three_parts(model: Model) -> None:
    """The routekaart has three steps before, three during and three after the MDO (regionale afspraken 257-276)."""
    stappen = [stap for stap in model.stappen if stap.nummer]
    assert [stap.nummer for stap in stappen] == list("123456789")
    assert [stap.deel for stap in stappen] == ["voor"] * 3 + ["tijdens"] * 3 + ["na"] * 3
    assert [stap.titel.split()[0] for stap in stappen] == [
        "Waarnemen",
        "Informeren",
        "Organiseren",
        "Ondersteuningsbehoeften",
        "Gezamenlijke",
        "Gezamenlijk",
        "Uitvoeren",
        "Gezamenlijk",
        "Bijstellen",
    ]


# Handreiking 280-355, and the routekaart step in whose text the same act stands (regionale afspraken 57-158).
SUBSTAPPEN = {
    "3": ["4.1", "4.1 a", "4.1 b", "4.1 c", "4.1 d"],
    "4": ["4.2", "4.2 e", "4.2 e I", "4.2 e II"],
    "5": ["4.2 a"],
    "6": ["4.2 b", "4.2 c", "4.2 c I", "4.2 c II", "4.2 c III", "4.2 c IV", "4.2 d", "4.3", "4.4"],
    "7": ["4.5", "4.5 a", "4.5 b", "4.5 c", "4.5 d", "4.5 e", "4.5 f", "4.5 g"],
    "8": ["4.6"],
    "9": ["4.7"],
}


def test_substeps_are_complete_and_hang_where_they_belong(model: Model) -> None:
    """All sub-steps of the handreiking are there with every letter, under the step that does the same."""
    hangen = {s.nummer: [deel.nummer for deel in s.substappen] for s in model.stappen if s.nummer and s.substappen}
    assert hangen == SUBSTAPPEN


# Handreiking 285-287, 300-305, 307, 310, 336 and 354: what makes a sub-step conditional.
VOORWAARDEN = {
    "4.1 b": "complex",
    "4.1 c": "ziekte",
    "4.1 d": "verzuim",
    "4.2 c I": "jeugdhulpaanbieder",
    "4.2 c II": "verzuim",
    "4.2 c III": "vrijstelling",
    "4.2 c IV": "andere gevallen",
    "4.2 d": "onderschrijding",
    "4.2 e I": "thuis",
    "4.2 e II": "thuis",
    "4.7": "onderschrijding",
}


@pytest.mark.parametrize("nummer", VOORWAARDEN)
def test_condition_of_a_substep(model: Model, nummer: str) -> None:
    """A sub-step that the handreiking makes conditional says on what."""
    (substap,) = [deel for stap in model.stappen for deel in stap.substappen if deel.nummer == nummer]
    assert VOORWAARDEN[nummer] in substap.voorwaarde.lower()


# Term: how long, a part of the text that tells what for, the lines it rests on.
TERMIJNEN = {
    "doelen-zes-maanden": ("zes maanden", "handreiking", 292),
    "onderschrijding-twee-jaar": ("twee jaar", "handreiking", 124),
    "onderschrijding-een-jaar": ("een jaar", "handreiking", 354),
    "toegroeien-na-behandeling": ("twee jaar", "handreiking", 376),
    "thuiszitten-drie-maanden": ("drie maanden", AFSPRAKEN, 966),
    "begeleiding-52-uur": ("52 uur per half jaar", AFSPRAKEN, 1095),
    "stoppen-zes-weken": ("zes weken", AFSPRAKEN, 1179),
    "fase-4-twee-jaar": ("2 jaar", AFSPRAKEN, 472),
    "fase-3-een-tot-twee-jaar": ("1 tot 2 jaar", AFSPRAKEN, 475),
    "fase-2-een-jaar": ("een jaar", AFSPRAKEN, 484),
    "fase-2-een-tot-twee-jaar": ("1 tot 2 jaar", AFSPRAKEN, 669),
    "fase-2-inschrijving": ("2 jaar", AFSPRAKEN, 749),
    "fase-2-tlv": ("1 jaar", AFSPRAKEN, 756),
    "fase-1-inschrijving": ("1 jaar", AFSPRAKEN, 854),
    "vrijstelling-po": ("een jaar", AFSPRAKEN, 1017),
    "vrijstelling-vo": ("een jaar", AFSPRAKEN, 1019),
}


@pytest.mark.parametrize("id_", TERMIJNEN)
def test_term_has_its_length_and_its_source(model: Model, id_: str) -> None:
    """Each term lasts as long as the source says, and points to the line that says so."""
    duur, document, regel = TERMIJNEN[id_]
    (termijn,) = [termijn for termijn in model.termijnen if termijn.id == id_]
    assert duur in termijn.duur
    reeksen = [bron.regels for bron in termijn.bron if bron.document == document]
    grenzen = [deel.strip().split("-") for reeks in reeksen for deel in reeks.split(",")]
    assert any(int(grens[0]) <= regel <= int(grens[-1]) for grens in grenzen)


def test_terms_of_part_of_the_region(model: Model) -> None:
    """Hours, deviating from them and six weeks hold in two parts of the region only (1094-1098, 1168, 1179)."""
    deel = {termijn.id for termijn in model.termijnen if "Leidse Regio" in termijn.gebied}
    assert deel == {"begeleiding-52-uur", "begeleiding-afwijken", "stoppen-zes-weken"}
    assert {t.gebied for t in model.termijnen if t.id in deel} == {"Leidse Regio en Duin- en Bollenstreek"}
    assert all("alleen-leidse-regio-duin-bollen" in t.spanning for t in model.termijnen if t.id in deel)


# Regionale afspraken 1003-1007 and 1145-1146: enrolled, exempt, stuck; who has the procesregie, who else may.
PROCESREGIE = [
    ("ja", "nee", "nee", "school", "bepaald"),
    ("ja", "nee", "ja", "school", "voorbehoud"),
    ("ja", "aangevraagd", "nee", "school", "bepaald"),
    ("ja", "ja", None, "niet-geregeld", "stilte"),
    ("ja", "loopt-af", None, "niet-geregeld", "stilte"),
    ("nee", "nee", None, "leerplicht", "bepaald"),
    ("nee", "aangevraagd", None, "leerplicht", "bepaald"),
    ("nee", "ja", None, "toegang", "bepaald"),
    ("nee", "loopt-af", None, "toegang", "voorbehoud"),
]


@pytest.mark.parametrize("setting", ["thuis", "zorglocatie", "instelling", "regulier"])
@pytest.mark.parametrize(("ingeschreven", "vrijstelling", "stagnatie", "wie", "zekerheid"), PROCESREGIE)
def test_who_has_the_procesregie(
    model: Model, setting: str, ingeschreven: str, vrijstelling: str, stagnatie: str | None, wie: str, zekerheid: str
) -> None:
    """Enrolment, exemption and being stuck decide who has the procesregie, wherever the pupil learns.

    Whether teaching in an institution counts as enrolment is not said, so there the last is not certain.
    """
    if setting == "instelling" and wie == "leerplicht":
        zekerheid = "voorbehoud"
    antwoorden = {"setting": setting, "ingeschreven": ingeschreven, "vrijstelling": vrijstelling}
    antwoorden |= {"stagnatie": stagnatie} if stagnatie else {}
    while (uitkomst := answer(model, antwoorden))["soort"] == "vraag":
        assert uitkomst["vraag"]["id"] != "stagnatie"
        antwoorden[uitkomst["vraag"]["id"]] = uitkomst["vraag"]["opties"][0]["id"]
    (regie,) = [deel for deel in uitkomst["verantwoordelijk"] if deel["tabel"] == "procesregie"]
    assert ([deel["id"] for deel in regie["uitkomsten"]], regie["zekerheid"]) == ([wie], zekerheid)
    if zekerheid == "voorbehoud" and wie != "leerplicht":
        assert regie["regels"][0]["ook"] == (["Leerplicht"] if stagnatie else ["School", "Leerplicht"])


# Regionale afspraken 558-583: access and control over the plan, per column.
TOEGANG = {
    "fase-6": ("school", "school"),
    "fase-5": ("samenwerkingsverband", "school"),
    "fase-4": ("jeugdteam", "gezamenlijk"),
    "fase-3": ("jeugdteam", "zorg"),
    "fase-2": ("wlz", "zorg"),
    "fase-1-met-onderwijsbehoefte": ("wlz", "zorg"),
    "fase-1-zonder-onderwijsbehoefte": ("wlz", "zorg"),
}


@pytest.mark.parametrize("fase", TOEGANG)
def test_access_and_regie_of_a_phase(model: Model, fase: str) -> None:
    """Each phase tells through whom support comes about, and who has control over the plan."""
    toegang, regie = TOEGANG[fase]
    cellen = model.fase[fase].cellen
    assert toegang in " ".join(uitspraak.tekst for uitspraak in cellen["toegang"]).lower()
    assert regie in cellen["regie"][0].tekst.lower()
