"""The part of the benchmark that no busy machine can change: what is fetched, and on which thread."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import bench
from tests.benchmarks.budgets import BUDGETS, Verdict, judge
from tests.benchmarks.cases import CASES

WHO = ("chromium koud wegwijzer", "chromium koud kaal", "chromium koud pagina")
AHEAD = ("/assets/wegwijzer/python/snapshot.", "/tegen/pyodide/")
"""What takes longer to compress than a page waits."""


@pytest.fixture(scope="module")
def series(site: Path) -> Mapping[str, Any]:
    """The figures of one round in Chromium."""
    cases = [case for case in CASES if case.name in WHO]
    with bench.visitor(site, ("chromium",), ahead=AHEAD) as (visits, _):
        found, failed = bench.run(visits, cases, 1)
    assert failed == []
    return found


def verdict(series: Mapping[str, Any], figure: str) -> Verdict:
    """How the budget of this figure fared."""
    (budget,) = (budget for budget in BUDGETS if budget.figure == figure)
    return judge(series, (budget,))[0]


def test_a_round_gives_every_figure(series: Mapping[str, Any]) -> None:
    """Each visit has its figures, each with number, median and range."""
    assert set(series) == set(WHO)
    assert {"antwoord", "bytes", "taak", "bedienbaar", "stap"} <= set(series[WHO[0]])
    assert {"antwoord", "bytes", "taak"} <= set(series[WHO[1]])
    assert {"dom", "gewicht", "te-vroeg"} <= set(series[WHO[2]])
    for figures in series.values():
        assert all(
            set(figure) == {"n", "mediaan", "laagste", "hoogste", "rondes", "waarden"} for figure in figures.values()
        )


def test_the_wegwijzer_fetches_less_than_a_plain_pyodide(series: Mapping[str, Any]) -> None:
    """The whole page with Python, packed, is at most nine tenths of a plain Pyodide with the same module."""
    assert verdict(series, "bytes").kept


def test_python_starts_beside_the_page(series: Mapping[str, Any]) -> None:
    """No step of the start holds the page up; a plain Pyodide does for seconds. The budget of 50 ms needs a machine
    that does nothing else, so it is left to the benchmark."""
    assert series[WHO[0]]["taak"]["mediaan"] < series[WHO[1]]["taak"]["mediaan"] / 10


def test_an_ordinary_page_loads_nothing_of_the_wegwijzer(series: Mapping[str, Any]) -> None:
    """Before it has loaded it asks for none of the wegwijzer's files, and it is light."""
    assert verdict(series, "te-vroeg").kept
    assert verdict(series, "gewicht").kept
