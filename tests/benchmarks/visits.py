"""One visit: a browser opens a page, the page reports, and what went over the line is added."""

import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from statistics import median
from typing import Any

from tests.benchmarks.browsers import Browser, forget
from tests.benchmarks.cases import PYTHON_FOLDER, Case
from tests.benchmarks.files import kind
from tests.benchmarks.server import RUN_UP_PAGE, SLOW, Host, Sent
from tests.benchmarks.web import metered_copy
from tests.engines import Engine

LIMIT = 150
"""Seconds that a visit may take; the meter itself gives up before."""

LINGER = 3
"""Seconds that a first visit stays, so that the browser stores what it likes for the next."""

LONG_TASK = 50.0
"""From this many milliseconds on a browser tells of a task."""

OWN = ("html", "css", "js", "font")


class BezoekFout(Exception):
    """A visit failed; the message says which and how."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What one visit gave: figures by name (ms, bytes or a count), and the raw report with what was sent."""

    figures: Mapping[str, float]
    report: Mapping[str, Any]
    sent: tuple[Sent, ...]


class Visitor:
    """Makes visits to one host with the browsers that are there."""

    def __init__(self, host: Host, browsers: Mapping[Engine, Browser], work: Path, folder: Path | None) -> None:
        """Visit ``host``; profiles live under ``work``; ``folder`` is the site for use without a server."""
        self._host, self._browsers, self._work = host, browsers, work
        self._first: dict[Case, Path] = {}
        if folder is not None:
            self._folder = metered_copy(folder, work / "Op schijf", host.meter())
            (self._folder / "aanloop.html").write_text(RUN_UP_PAGE, encoding="utf-8")

    def visit(self, case: Case) -> Visit:
        """Make the visit with a profile of its own. Raises ``BezoekFout`` when the page fails or stays silent."""
        profile = Path(tempfile.mkdtemp(dir=self._work, prefix="profiel-"))
        try:
            if case.profile == "warm":
                # each time a copy, or the third visit would find more than the second
                shutil.copytree(self._visited(case), profile, dirs_exist_ok=True, ignore=_locks, symlinks=True)
            return self._measure(case, profile)
        finally:
            forget(profile)

    def _visited(self, case: Case) -> Path:
        if case not in self._first:
            profile = Path(tempfile.mkdtemp(dir=self._work, prefix="eerder-"))
            self._measure(case, profile, linger=LINGER)
            self._first[case] = profile
        return self._first[case]

    def _measure(self, case: Case, profile: Path, linger: float = 0.0) -> Visit:
        desk = self._host.desk
        desk.clear()
        desk.line, desk.withheld = (SLOW if case.slow else None), case.withheld
        browser = self._browsers[case.engine]
        with browser.opened(self._address(case, browser.run_up), profile):
            try:
                report = desk.reports.get(timeout=LIMIT)
            except Empty:
                raise BezoekFout(f"{case.name}: geen bericht binnen {LIMIT} s") from None
            # what a page fetches when it is done, it fetches now
            time.sleep(linger)
        if report.get("fout"):
            raise BezoekFout(f"{case.name}: {report['fout']}")
        sent = tuple(desk.sent)
        return Visit(figures=figures(report, sent), report=report, sent=sent)

    def _address(self, case: Case, run_up: float) -> str:
        if case.folder:
            page = self._folder / f"{case.path.strip('/')}/index.html"
            return f"{(self._folder / 'aanloop.html').as_uri()}#{run_up:.0f}000,{page.as_uri()}"
        return f"{self._host.run_up}#{run_up:.0f}000,{self._host.address}{case.path}"


def figures(report: Mapping[str, Any], sent: tuple[Sent, ...]) -> dict[str, float]:
    """Give the figures of a visit, as far as its kind of page has them."""
    begin = report["oorsprong"] / 1000
    if report["soort"] == "pagina":
        end = begin + report["geladen"] / 1000
        before = [piece for piece in sent if begin <= piece.start]
        weights = {name: float(sum(p.bytes for p in before if kind(p.path) == name)) for name in (*OWN, "overig")}
        early = sum(1 for piece in before if piece.path.startswith(PYTHON_FOLDER) and piece.start < end)
        own = sum(weights[name] for name in OWN)
        return {"dom": report["dom"], "geladen": report["geladen"], "gewicht": own, "te-vroeg": float(early)} | {
            f"gewicht-{name}": weight for name, weight in weights.items()
        }
    end = begin + report["antwoord"] / 1000
    tasks = [t["duur"] for t in report["taken"] if t["soort"] == "longtask" and t["begin"] < report["antwoord"]]
    found = {
        "antwoord": report["antwoord"],
        "bytes": float(sum(piece.bytes for piece in sent if begin <= piece.start < end)),
        # where the browser tells of long tasks and told of none, a longer gap is the machine's, not the page's
        "taak": max(tasks, default=min(report["hapering"], LONG_TASK))
        if report.get("kentTaken")
        else report["hapering"],
    }
    if report["soort"] == "wegwijzer":
        found |= {
            "bedienbaar": report["bedienbaar"],
            "zichtbaar": report["zichtbaar"],
            "stap": median(step["scherm"] for step in report["antwoorden"]),
            "stap-hoogste": max(step["scherm"] for step in report["antwoorden"]),
        }
    return found


def _locks(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith("Singleton") or name in ("lock", ".parentlock")]
