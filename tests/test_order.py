"""The page that tells how the wegwijzer decides: the order of the questions, and all that it decides with."""

import html
import random
import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest

from wizard.check import prove
from wizard.engine import replay
from wizard.model import Model, Spoor
from wizard.schrijver import ZEKERHEID
from wizard.site.order import EIND, VAK, Tekening, Volgers, draw, follows
from wizard.site.pages import Schrijfkamer
from wizard.site.places import touched, usage

DOCS = Path(__file__).parent.parent / "docs"
SPOREN = sorted(pad.stem for pad in (DOCS.parent / "content/sporen").glob("*.yml"))
WEGEN = 40


@pytest.fixture(scope="module")
def tekst(model: Model) -> str:
    """The page with its Jinja filled, not yet made into HTML; a link is the path of its page."""
    pagina = (DOCS / "wegwijzer/beslistabellen.md").read_text(encoding="utf-8")
    return Schrijfkamer(model, prove(model), DOCS).render(pagina, lambda pad: pad, r=None)


def _deel(tekst: str, spoor: str) -> str:
    """The part of the page about the order of one track."""
    return tekst.split(f"{{#volgorde-{spoor}}}")[1].split("\n##")[0]


def _pairs(volgers: Volgers) -> set[tuple[str, str]]:
    return {(van, naar) for van, lijst in volgers.items() for naar in lijst}


def _walk(model: Model, spoor: str, kans: random.Random) -> list[str]:
    """The questions that the engine asks when every answer is a throw of the dice, without *weet ik niet*."""
    antwoorden: dict[str, str] = {}
    while vraag := replay(model, antwoorden, spoor).vraag:
        antwoorden[vraag.id] = kans.choice(vraag.optie_ids)
    return [*antwoorden, EIND]


@pytest.mark.parametrize("spoor", SPOREN)
def test_the_engine_asks_in_the_order_that_is_shown(model: Model, spoor: str) -> None:
    """Whatever is answered, the next question is one that the page says can be next; none is shown for nothing."""
    kans = random.Random(1)  # noqa: S311 - to try, not to hide
    volgers = follows(model, model.spoor[spoor])
    gezien: set[tuple[str, str]] = set()
    wegen = 0
    while wegen < WEGEN or (gezien < _pairs(volgers) and wegen < WEGEN**2):
        weg = _walk(model, spoor, kans)
        assert next(iter(volgers)) == weg[0]
        gezien |= set(pairwise(weg))
        wegen += 1
    assert gezien == _pairs(volgers)


@pytest.mark.parametrize("spoor", SPOREN)
def test_every_question_of_a_track_is_in_its_figure_and_its_table(model: Model, tekst: str, spoor: str) -> None:
    """What the tables of a track look at stands in the figure once, from top to bottom, and in the table."""
    vragen = {id_ for tabel in model.spoor[spoor].tabellen for id_ in model.tabel[tabel].invoer}
    volgorde = [vraag.id for vraag in model.vragen if vraag.id in vragen]
    deel = _deel(tekst, spoor)
    figuur = ET.fromstring(re.findall(r"<svg class=\"volgorde__figuur\".*?</svg>", deel, re.DOTALL)[0])  # noqa: S314
    vakken = [element for element in figuur.iter() if "volgorde__vak" in element.get("class", "").split()]
    assert [vak.get("href", "").removeprefix("#vraag-") for vak in vakken] == [*volgorde, EIND]
    namen = [" ".join("".join(vak.itertext()).split()) for vak in vakken]
    assert namen == [*(model.vraag[id_].kort for id_ in volgorde), "Advies"]
    assert re.findall(r'<tr data-vraag="([^"]*)"', deel) == volgorde


@pytest.mark.parametrize("spoor", SPOREN)
def test_figure_and_table_say_the_same(model: Model, tekst: str, spoor: str) -> None:
    """The arrows and rails of the figure, the rows of the table and the graph itself are one and the same."""
    volgers = follows(model, model.spoor[spoor])
    assert _drawn(draw(model, model.spoor[spoor])) == _pairs(volgers)
    for id_, rij in re.findall(r'<tr data-vraag="([^"]*)">.*?<td>(.*?)</td>', _deel(tekst, spoor)):
        gelezen = re.findall(r'href="#vraag-([^"]*)"', rij) + ([EIND] if "het advies" in rij else [])
        assert tuple(gelezen) == volgers[id_]


def _drawn(tekening: Tekening) -> set[tuple[str, str]]:
    """Read the pairs back from where the lines begin: at the right of a box, or below it."""
    paren = set()
    for lijn in tekening.lijnen:
        for x, y in re.findall(r"M([\d.]+) ([\d.]+)", lijn.weg):
            if lijn.langs:
                assert float(x) == VAK
            (van,) = [vak.id for vak in tekening.vakken if vak.boven < float(y) <= vak.boven + vak.hoog]
            paren.add((van, lijn.naar))
    return paren


@pytest.mark.parametrize("spoor", SPOREN)
def test_no_two_rails_run_over_each_other(model: Model, spoor: str) -> None:
    """Of rails at the same distance from the boxes, one ends before the next begins, and all fit the figure."""
    tekening = draw(model, model.spoor[spoor])
    banen: dict[str, list[tuple[float, float]]] = {}
    for lijn in tekening.lijnen:
        if lijn.langs:
            x, begin, einde = re.findall(r"H([\d.]+)q8 0 8 8V([\d.]+)", lijn.weg)[0] + (lijn.weg,)
            top = float(re.findall(r"M[\d.]+ ([\d.]+)", einde)[0])
            assert float(x) + 8 < tekening.breed
            banen.setdefault(x, []).append((top, float(begin) + 8))
    for rails in banen.values():
        rails.sort()
        assert all(eerste[1] < tweede[0] for eerste, tweede in pairwise(rails))


def test_a_long_name_takes_more_lines(model: Model) -> None:
    """No line of a box has more characters than fit in it on a phone."""
    regels = [regel for spoor in model.sporen for vak in draw(model, spoor).vakken for regel in vak.regels]
    assert max(map(len, regels)) <= 28


def test_the_page_needs_no_style_of_its_own_and_no_script(tekst: str) -> None:
    """The policy of the page refuses both."""
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", tekst)


def test_the_page_has_a_place_for_everything_that_is_linked_to(model: Model, tekst: str) -> None:
    """Each table, question, track and consequence has its own anchor, and those that others link to are there."""
    verwacht = [tabel.id for tabel in model.tabellen] + [f"vraag-{vraag.id}" for vraag in model.vragen]
    verwacht += [f"volgorde-{spoor.id}" for spoor in model.sporen] + [f"gevolg-{g.id}" for g in model.gevolgen]
    verwacht += ["bewijs", "vragen", "zekerheid"]
    koppen = re.findall(r"^#+ .*\{#([\w-]+)\}$", tekst, re.MULTILINE)
    assert [id_ for id_ in verwacht if koppen.count(id_) != 1] == []
    ankers = koppen + re.findall(r'\sid="([^"]*)"', tekst)
    assert sorted(ankers) == sorted(set(ankers))
    assert set(re.findall(r'(?:href="|\]\()#([\w-]+)', tekst)) <= set(ankers)


def test_everything_that_tables_and_consequences_say_is_on_the_page(model: Model, tekst: str) -> None:
    """Rows with their reason and reservation, own outcomes with what is to be done, and every consequence."""
    gezegd = list(ZEKERHEID.values())
    for tabel in model.tabellen:
        gezegd += [deel for regel in tabel.regels for deel in (regel.omdat, regel.voorbehoud)]
        gezegd += [deel for uitkomst in tabel.overig for deel in (uitkomst.naam, uitkomst.tekst)]
        gezegd += [actie.tekst for uitkomst in tabel.overig for actie in uitkomst.acties]
    gezegd += [actie.tekst for gevolg in model.gevolgen for actie in gevolg.acties]
    leesbaar = html.unescape(tekst)
    assert [zin for zin in gezegd if zin not in leesbaar] == []


def test_the_proof_on_the_page_is_that_of_the_model(model: Model, tekst: str) -> None:
    """A row for every track with its counts, and a zero for every kind of defect."""
    bewijs = prove(model)
    for id_, telling in bewijs.sporen.items():
        rij = re.findall(rf'<tr><th scope="row"><a href="#volgorde-{id_}">.*?</tr>', tekst)[0]
        cellen = [cel.replace(".", "") for cel in re.findall(r'<td class="getal">(.*?)</td>', rij)]
        lengte = f"{telling.kortste_pad} tot {telling.langste_pad}"
        assert cellen == [*map(str, (telling.vragen, telling.tabellen, telling.paden)), lengte, str(telling.adviezen)]
    gevonden = dict(re.findall(r'<tr data-gebrek="([^"]*)">.*<td class="getal">(\d+)</td>', tekst))
    assert gevonden == dict.fromkeys(bewijs.gebreken, "0")


def test_sources_and_tensions_know_the_consequences_that_use_them(model: Model) -> None:
    """The pages about a source and about a tension list a consequence where it stands."""
    plekken = {plek for telling in usage(model).values() for plek in telling}
    plekken |= {plek for lijst in touched(model).values() for plek in lijst}
    ankers = {anker for pad, anker, _ in plekken if pad == "wegwijzer/beslistabellen.md"}
    assert {f"gevolg-{gevolg.id}" for gevolg in model.gevolgen} <= ankers


def test_a_question_that_only_the_advice_follows(model: Model) -> None:
    """A track may be one question long; then a straight arrow goes to the advice and there are no rails."""
    spoor = Spoor(
        id="kort", titel="", kort="", groep="", volgorde=99, pagina="", tabellen=("waar-het-geldt",), ingangen=()
    )
    tekening = draw(model, spoor)
    assert tekening.volgers == {"gebied": (EIND,)}
    assert [(lijn.naar, lijn.langs) for lijn in tekening.lijnen] == [(EIND, False)]
