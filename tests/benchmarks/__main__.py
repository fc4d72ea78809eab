"""``python -m tests.benchmarks``: measure how fast the site is, and judge that by its budgets.

Writes the figures as JSON and shows them as tables. Ends with status 1 when a budget is missed, or when something
that was to be measured was not.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import bench, report
from tests.benchmarks.cases import CASES, Case
from tests.benchmarks.web import BouwFout, build
from tests.engines import MOTOREN


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask; give the exit status."""
    asked = _arguments(arguments)
    if asked.uit is not None:
        measured = json.loads(asked.uit.read_text(encoding="utf-8"))
    else:
        cases = [case for case in CASES if case.engine in asked.engine and _named(case, asked.only)]
        if not cases:
            print(f"Geen bezoek heet naar {' of '.join(asked.only)}. Er is:", file=sys.stderr)
            print("\n".join(f"  {case.name}" for case in CASES), file=sys.stderr)
            return 2
        try:
            measured = _measure(asked, cases)
        except BouwFout as fout:
            print(f"De site is niet te bouwen.\n{fout}", file=sys.stderr)
            return 2
    if asked.output is not None:
        asked.output.write_text(json.dumps(measured, indent=1, ensure_ascii=False), encoding="utf-8")
    if asked.readme:
        report.into_readme(measured)
    print(report.tables(measured))
    return int(bool(measured["mislukt"]) or any(row["gemeten"] and not row["gehaald"] for row in measured["oordeel"]))


def _measure(asked: argparse.Namespace, cases: Sequence[Case]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="site-") as work:
        site = asked.site or build(Path(work) / "site")
        folder = None
        if any(case.folder for case in cases):
            folder = asked.folder or build(Path(work) / "map", offline=True)
        engines = tuple(engine for engine in MOTOREN if any(case.engine == engine for case in cases))
        before = os.getloadavg()[0]
        with bench.visitor(site, engines, folder=folder, encoding=asked.encoding, tell=_tell) as (visits, machine):
            here = [case for case in cases if case.engine in machine["browsers"]]
            series, failed = bench.run(visits, here, asked.runs, _tell)
        failed += [f"{case.name}: geen browser" for case in cases if case not in here]
        load = f"{before:.1f} ervoor, {os.getloadavg()[0]:.1f} erna"
        return report.data(machine | {"rondes": asked.runs, "belasting": load}, series, failed)


def _named(case: Case, words: Sequence[str]) -> bool:
    return not words or any(word in case.name for word in words)


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the figures to this JSON file")
    parser.add_argument("--runs", type=int, default=10, metavar="N", help="rounds (10)")
    parser.add_argument("--engine", nargs="+", choices=MOTOREN, default=MOTOREN, help="only these browsers")
    parser.add_argument(
        "--only", nargs="+", default=(), metavar="WORD", help="only visits with such a word in the name"
    )
    parser.add_argument("--site", type=Path, metavar="MAP", help="a built site; without it one is built")
    parser.add_argument("--folder", type=Path, metavar="MAP", help="the same, built with OFFLINE=true")
    parser.add_argument("--encoding", choices=("br", "gzip", ""), default="br", help="how the host packs files (br)")
    parser.add_argument("--uit", type=Path, metavar="FILE", help="measure nothing: show and judge this JSON file")
    parser.add_argument("--readme", action="store_true", help="put the tables in the README beside this program")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    # ended from outside, it still closes the browser that is open
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main())
