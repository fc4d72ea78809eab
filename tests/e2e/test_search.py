"""Search finds: real queries through the real box, against a judgement written from the sources."""

import json
import statistics
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from ruamel.yaml import YAML

from tests.e2e.zoekvak import Zoekvak
from tests.sections import Sectie, read
from wizard.references import line_ranges

VRAGEN: list[dict[str, Any]] = YAML(typ="safe").load((Path(__file__).parents[1] / "zoekvragen.yml").read_text("utf-8"))
HAALT = 0.95
SNEL = 150
"""Milliseconds from the last key to the results."""


@pytest.fixture(scope="module")
def secties(site: Path) -> dict[str, Sectie]:
    """The sections of the built site with the lines that each rests on."""
    return read(site)


def rests_on(sectie: Sectie, vraag: dict[str, Any]) -> bool:
    """Whether a section cites lines that hold the answer."""
    plekken = [(vraag["bron"], vraag["regels"]), *((ook["bron"], ook["regels"]) for ook in vraag.get("ook", []))]
    return any(
        document == bron and _raakt(line_ranges(regels), line_ranges(str(antwoord)))
        for document, regels in sectie.bronnen
        for bron, antwoord in plekken
    )


def _raakt(a: Iterable[tuple[int, int]], b: list[tuple[int, int]]) -> bool:
    return any(van <= tot_b and van_b <= tot for van, tot in a for van_b, tot_b in b)


def test_what_people_type_is_found_within_the_first_three_results(
    page: Page, adres: str, secties: dict[str, Sectie], record_property: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """At least 95 % of the queries show the section with the answer in the first three results, and none is empty."""
    page.goto(adres)
    vak = Zoekvak(page, adres)
    gevraagd: Counter[str] = Counter()
    gevonden: Counter[str] = Counter()
    gemist, leeg, duren = [], [], []
    for vraag in VRAGEN:
        resultaten = vak.search(vraag["vraag"])
        duren.append(vak.duur)
        gevraagd[vraag["soort"]] += 1
        if not resultaten:
            leeg.append(vraag["vraag"])
        if any(rests_on(secties[plek], vraag) for item in resultaten for plek in item if plek in secties):
            gevonden[vraag["soort"]] += 1
        else:
            gemist.append(f"{vraag['soort']}: {vraag['vraag']} ({vraag['doel']}) → {resultaten}")
    verslag = {
        "gevonden": sum(gevonden.values()),
        "vragen": len(VRAGEN),
        "per soort": {soort: f"{gevonden[soort]}/{aantal}" for soort, aantal in gevraagd.items()},
        "ms mediaan": round(statistics.median(duren)),
        "ms traagste": round(max(duren)),
        "gemist": gemist,
    }
    with capsys.disabled():
        print(f"\n{json.dumps(verslag, ensure_ascii=False, indent=1)}")
    record_property("zoeken", json.dumps({k: v for k, v in verslag.items() if k != "gemist"}, ensure_ascii=False))
    assert leeg == []
    assert sum(gevonden.values()) >= HAALT * len(VRAGEN), "\n".join(gemist)
    assert statistics.median(duren) <= SNEL
