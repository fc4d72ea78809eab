"""A series: every case once per round, round after round, on one host."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks import browsers
from tests.benchmarks.budgets import summary
from tests.benchmarks.cases import PAGE, WEGWIJZER, Case
from tests.benchmarks.files import Files
from tests.benchmarks.server import Desk, serve
from tests.benchmarks.visits import BezoekFout, Visit, Visitor
from tests.benchmarks.web import ROOT, folders
from tests.browser import GeenBrowser
from tests.engines import Engine

type Tell = Callable[[str], None]

MEASURED = ("/assets/", "/search/", WEGWIJZER, PAGE, "/tegen/")
"""Where the files are that a visit asks for: compressed before the first one."""

NOT_ASKED = (".map", ".ts", ".md", ".br", ".gz")


@contextmanager
def visitor(
    site: Path,
    engines: Sequence[Engine],
    *,
    folder: Path | None = None,
    encoding: str = "br",
    ahead: tuple[str, ...] = MEASURED,
    tell: Tell = print,
) -> Iterator[tuple[Visitor, dict[str, Any]]]:
    """Give who makes visits to the built ``site`` (and ``folder``, for use from disk), and a word on the machine.

    What stands at an address that begins like one of ``ahead`` is compressed now, the rest when it is asked for. A
    browser that is not there and cannot be had is told of and left out.
    """
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="meting-", ignore_cleanup_errors=True)))
        there = {}
        for engine in engines:
            try:
                there[engine] = browsers.found(engine)
            except GeenBrowser as geen:
                tell(str(geen))
        files = Files(folders(site, work), ROOT / ".cache" / "meting")
        tell("Bestanden inpakken (alleen de eerste keer lang) ...")
        files.prepare(
            (path for path in files.paths() if path.startswith(ahead) and not path.endswith(NOT_ASKED)), encoding
        )
        host = stack.enter_context(serve(Desk(files=files, encoding=encoding)))
        machine = {
            "kernen": os.cpu_count(),
            "python": sys.version.split()[0],
            "browsers": {engine: browser.version for engine, browser in there.items()},
            "inpakken": encoding,
        }
        yield Visitor(host, there, work, folder), machine


def run(visits: Visitor, cases: Sequence[Case], rounds: int, tell: Tell = print) -> tuple[dict[str, Any], list[str]]:
    """Visit every case in turn, ``rounds`` times. Gives the figures by case and by name, and what failed."""
    found: dict[str, dict[str, dict[int, float]]] = {case.name: {} for case in cases}
    failed = []
    for number in range(rounds):
        for case in cases:
            try:
                visit = _told(visits, case, f"{number + 1}/{rounds}", tell)
            except BezoekFout as fout:
                failed.append(str(fout))
                tell(f"  mislukt: {fout}")
                continue
            for name, value in visit.figures.items():
                found[case.name].setdefault(name, {})[number] = value
    series = {name: {key: summary(values) for key, values in figures.items()} for name, figures in found.items()}
    return {name: figures for name, figures in series.items() if figures}, failed


def _told(visits: Visitor, case: Case, number: str, tell: Tell) -> Visit:
    begin = time.monotonic()
    visit = visits.visit(case)
    moment = visit.figures.get("antwoord", visit.figures.get("dom", 0.0))
    tell(f"{number} {case.name}: {moment:.0f} ms (bezoek {time.monotonic() - begin:.0f} s)")
    return visit
