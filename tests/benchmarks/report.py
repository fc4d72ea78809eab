"""The figures for a reader: as data for a program, and as tables for the README."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.benchmarks.budgets import Series, Verdict, judge

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- begin van de cijfers -->", "<!-- einde van de cijfers -->"

FIGURES = {
    "antwoord": "eerste antwoord (ms)",
    "bedienbaar": "te beantwoorden (ms)",
    "taak": "langste taak (ms)",
    "stap": "klik tot vraag (ms)",
    "bytes": "over de lijn (kB)",
    "dom": "DOMContentLoaded (ms)",
    "gewicht": "gewicht (kB)",
}
IN_KB = ("bytes", "gewicht")


def data(machine: Mapping[str, Any], series: Series, failed: Iterable[str]) -> dict[str, Any]:
    """Give everything that was measured as JSON has it: ``machine``, ``cijfers``, ``oordeel`` and ``mislukt``."""
    verdicts = [
        asdict(verdict.budget)
        | {
            "waarde": verdict.value,
            "n": verdict.number,
            "laagste": verdict.lowest,
            "hoogste": verdict.highest,
            "gemeten": verdict.value is not None,
            "gehaald": verdict.kept,
        }
        for verdict in judge(series)
    ]
    return {"machine": dict(machine), "cijfers": series, "oordeel": verdicts, "mislukt": list(failed)}


def tables(measured: Mapping[str, Any]) -> str:
    """Give what ``data`` gave as Markdown: the budgets, and the medians with their ranges."""
    machine, series = measured["machine"], measured["cijfers"]
    browsers = ", ".join(machine["browsers"].values())
    rounds = f"{machine['rondes']} rondes, {machine['kernen']} kernen, belasting {machine['belasting']}; {browsers}."
    lines = [
        rounds,
        "",
        "| wat | tegenover | n | verhouding of waarde (per ronde) | grens | |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_row(verdict) for verdict in judge(series)]
    shown = [name for name in FIGURES if any(name in figures for figures in series.values())]
    lines += [
        "",
        "| bezoek | n | " + " | ".join(FIGURES[name] for name in shown) + " |",
        "| --- " * (len(shown) + 2) + "|",
    ]
    for case, figures in series.items():
        number = max(figure["n"] for figure in figures.values())
        lines.append(f"| {case} | {number} | " + " | ".join(_cell(figures.get(name), name) for name in shown) + " |")
    if measured["mislukt"]:
        lines += ["", "Mislukt: " + "; ".join(measured["mislukt"]) + "."]
    return "\n".join(lines)


def into_readme(measured: Mapping[str, Any], readme: Path = README) -> None:
    """Put the tables in the README, between its two marks."""
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(f"{before}{BEGIN}\n\n{tables(measured)}\n\n{END}{after}", encoding="utf-8")


def _row(verdict: Verdict) -> str:
    budget = verdict.budget
    against = budget.against or "vast"
    limit = _amount(budget.limit, "" if budget.against else budget.unit, ratio=bool(budget.against))
    if verdict.value is None or verdict.lowest is None or verdict.highest is None:
        return f"| {budget.what} | {against} | 0 | niet gemeten | {limit} | ? |"
    unit = "" if budget.against else budget.unit
    value, lowest, highest = (
        _amount(amount, unit, ratio=bool(budget.against)) for amount in (verdict.value, verdict.lowest, verdict.highest)
    )
    if value == limit and budget.against:
        # or the table would not show on which side of the limit it is
        value = f"{verdict.value:.3f}".replace(".", ",")
    mark = "gehaald" if verdict.kept else "**gemist**"
    return f"| {budget.what} | {against} | {verdict.number} | {value} ({lowest} tot {highest}) | {limit} | {mark} |"


def _amount(value: float, unit: str, *, ratio: bool) -> str:
    if ratio:
        return f"{value:.2f}".replace(".", ",")
    if unit == "bytes":
        return f"{value / 1000:.0f} kB"
    return f"{value:.0f} {unit}".strip()


def _cell(figure: Mapping[str, Any] | None, name: str) -> str:
    if figure is None:
        return ""
    low, mid, high = (figure[key] / (1000 if name in IN_KB else 1) for key in ("laagste", "mediaan", "hoogste"))
    return f"{mid:.0f}" if round(low) == round(high) else f"{mid:.0f} ({low:.0f}-{high:.0f})"
