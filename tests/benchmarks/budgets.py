"""What the site promises about its speed, and whether a series of measurements keeps it.

A ratio is the median of the ratios within each round: what else the machine had to do then slowed down both. Its
milliseconds tell little, and a ratio near its limit may fall on either side from one series to the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

type Series = Mapping[str, Mapping[str, Any]]
"""By name of a case, by name of a figure: ``waarden`` and what follows from them."""


@dataclass(frozen=True, kw_only=True)
class Budget:
    """One promise: ``figure`` of ``case`` is at most ``limit``, or ``limit`` times the same of ``against``."""

    what: str
    case: str
    figure: str
    limit: float
    against: str = ""
    against_figure: str = ""
    unit: str = "ms"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How a budget fared: ``value`` is the median of ``number`` rounds; None where it was not measured."""

    budget: Budget
    value: float | None
    number: int = 0
    lowest: float | None = None
    highest: float | None = None

    @property
    def kept(self) -> bool:
        """Whether it was measured and is within its limit."""
        return self.value is not None and self.value <= self.budget.limit


def _answer(what: str, case: str, against: str, limit: float) -> Budget:
    return Budget(what=what, case=case, figure="antwoord", against=against, limit=limit)


COLD, WARM, SLOW = "chromium koud", "chromium warm", "chromium koud traag"

BUDGETS: tuple[Budget, ...] = (
    _answer("eerste antwoord, koud", f"{COLD} wegwijzer", f"{COLD} kaal", 0.25),
    _answer("eerste antwoord, warm", f"{WARM} wegwijzer", f"{WARM} kaal", 0.25),
    _answer("eerste antwoord, koud, zonder momentopname", f"{COLD} wegwijzer-gewoon", f"{COLD} kaal", 0.50),
    _answer("eerste antwoord, koud, 20 Mbit/s en 40 ms", f"{SLOW} wegwijzer", f"{SLOW} kaal", 0.50),
    _answer("eerste antwoord, koud, vanaf file://", f"{COLD} wegwijzer-map", f"{COLD} kaal", 0.36),
    _answer("eerste antwoord, koud, Firefox", "firefox koud wegwijzer", "firefox koud kaal", 0.35),
    _answer("eerste antwoord, koud, WebKit", "webkit koud wegwijzer", "webkit koud kaal", 0.25),
    _answer("eerste antwoord, koud", f"{COLD} wegwijzer", f"{COLD} pyscript", 0.18),
    Budget(
        what="over de lijn tot het eerste antwoord",
        case=f"{COLD} wegwijzer",
        figure="bytes",
        against=f"{COLD} kaal",
        limit=0.90,
        unit="bytes",
    ),
    Budget(what="langste taak op de hoofddraad", case=f"{COLD} wegwijzer", figure="taak", limit=50),
    Budget(what="van klik tot volgende vraag", case=f"{COLD} wegwijzer", figure="stap", limit=50),
    Budget(
        what="eerste vraag zichtbaar en te beantwoorden",
        case=f"{COLD} wegwijzer",
        figure="bedienbaar",
        against=f"{COLD} pagina",
        against_figure="dom",
        limit=1.15,
    ),
    Budget(
        what="gewicht van een gewone pagina",
        case=f"{COLD} pagina",
        figure="gewicht",
        limit=250_000,
        unit="bytes",
    ),
    Budget(
        what="bestanden van de wegwijzer op een gewone pagina, voor die klaar is",
        case=f"{COLD} pagina",
        figure="te-vroeg",
        limit=0,
        unit="",
    ),
)


def summary(values: Mapping[int, float]) -> dict[str, Any]:
    """Give the values of a figure, by round, with their number, median and range."""
    found = list(values.values())
    return {
        "n": len(found),
        "mediaan": median(found),
        "laagste": min(found),
        "hoogste": max(found),
        "rondes": list(values),
        "waarden": found,
    }


def judge(series: Series, budgets: tuple[Budget, ...] = BUDGETS) -> tuple[Verdict, ...]:
    """Say of each budget whether the series keep it."""
    return tuple(_verdict(budget, series) for budget in budgets)


def _verdict(budget: Budget, series: Series) -> Verdict:
    values = _by_round(series, budget.case, budget.figure)
    if budget.against:
        theirs = _by_round(series, budget.against, budget.against_figure or budget.figure)
        values = {number: value / theirs[number] for number, value in values.items() if number in theirs}
    if not values:
        return Verdict(budget=budget, value=None)
    found = list(values.values())
    return Verdict(budget=budget, value=median(found), number=len(found), lowest=min(found), highest=max(found))


def _by_round(series: Series, case: str, figure: str) -> dict[int, float]:
    found = series.get(case, {}).get(figure, {"rondes": (), "waarden": ()})
    return dict(zip(found["rondes"], found["waarden"], strict=True))
