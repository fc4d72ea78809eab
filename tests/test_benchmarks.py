"""The benchmark itself: its host does what it says, and its judge can say no."""

import json
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import report
from tests.benchmarks.__main__ import main
from tests.benchmarks.budgets import BUDGETS, Budget, judge, summary
from tests.benchmarks.cases import CASES
from tests.benchmarks.files import METER_URL, Files
from tests.benchmarks.server import Desk, Host, Line, serve
from tests.benchmarks.visits import figures

TEXT = "Een hele lange regel. " * 4000
PAGE = "<!doctype html><html><head><meta charset=utf-8><script>1</script></head></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small site."""
    folder = tmp_path / "site"
    (folder / "map").mkdir(parents=True)
    (folder / "tekst.js").write_text(TEXT, encoding="utf-8")
    (folder / "tekst.0123abcd.js").write_text(TEXT, encoding="utf-8")
    (folder / "map" / "index.html").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture
def host(folder: Path, tmp_path: Path) -> Iterator[Host]:
    """A host that serves it."""
    with serve(Desk(files=Files({"/": folder}, tmp_path / "cache"))) as host:
        yield host


def get(host: Host, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a request."""
    connection = HTTPConnection("127.0.0.1", host.server_port, timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {name.lower(): value for name, value in response.getheaders()}, body


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_browser_gets_what_it_can_unpack(host: Host, encoding: str) -> None:
    """The best packing that the browser takes, with its type; who takes none gets the file as it is."""
    status, headers, body = get(host, "/tekst.js", Accept_Encoding=f"deflate, {encoding}")
    assert (status, headers["content-encoding"]) == (200, encoding)
    assert headers["content-type"].startswith("text/javascript")
    assert len(body) == int(headers["content-length"]) < len(TEXT) / 20
    assert get(host, "/tekst.js")[2].decode() == TEXT


def test_what_a_site_packed_itself_goes_over_the_line(host: Host, folder: Path) -> None:
    """A copy beside the file is what a host would send."""
    (folder / "tekst.js.br").write_bytes(b"van de site zelf")
    assert get(host, "/tekst.js", Accept_Encoding="br")[2] == b"van de site zelf"


def test_a_name_with_a_hash_is_kept_and_another_is_asked_about(host: Host) -> None:
    """As hosts are told to: for ever, or until the mark of the content changes."""
    assert "immutable" in get(host, "/tekst.0123abcd.js")[1]["cache-control"]
    _, headers, _ = get(host, "/tekst.js")
    assert headers["cache-control"] == "no-cache"
    assert get(host, "/tekst.js", If_None_Match=headers["etag"])[::2] == (304, b"")


def test_a_page_is_measured_from_its_first_line(host: Host) -> None:
    """The meter stands before any script of the page, and counts for nothing."""
    body = get(host, "/map/")[2].decode()
    assert body.index(METER_URL) < body.index("<script>1")
    assert get(host, METER_URL)[0] == 200
    assert [sent.path for sent in host.desk.sent] == ["/map/"]


def test_every_byte_is_counted(host: Host) -> None:
    """What goes over the line is the packed body and its headers; a file that is withheld is a 404."""
    _, _, body = get(host, "/tekst.js", Accept_Encoding="br")
    host.desk.withheld = ("tekst.",)
    assert get(host, "/tekst.js")[0] == 404
    # the host notes a response when it is out, a moment after the browser has it
    time.sleep(0.1)
    found, gone = host.desk.sent
    assert len(body) + 100 < found.bytes < len(body) + 600
    assert (gone.status, gone.bytes < 400) == (404, True)


def test_a_slow_line_is_slow(host: Host) -> None:
    """A response takes the latency and then the time that its bytes need, and no more than half as much again."""
    host.desk.line = Line(rate=400_000, latency=0.1)
    begin = time.monotonic()
    get(host, "/tekst.js")
    took = time.monotonic() - begin
    needed = 0.1 + len(TEXT) / 400_000
    assert needed <= took < 1.5 * needed + 0.5


def test_a_visit_counts_what_came_before_the_answer() -> None:
    """Long tasks after the answer are not held against the start."""
    task = {"soort": "longtask", "begin": 10.0, "duur": 60.0}
    later = {"soort": "longtask", "begin": 500.0, "duur": 900.0}
    told = {"soort": "mededinger", "oorsprong": 0.0, "antwoord": 400.0, "hapering": 70.0, "kentTaken": True}
    assert figures(told | {"taken": [task, later]}, ())["taak"] == 60.0
    assert figures(told | {"taken": [later]}, ())["taak"] == 50.0


RATIO = Budget(what="twee tegen een", case="wij", figure="antwoord", against="zij", limit=0.5)


def rounds(*values: float | None) -> dict[str, Any]:
    """A series; None for a round that failed."""
    return {"antwoord": summary({number: value for number, value in enumerate(values) if value is not None})}


@pytest.mark.parametrize(
    ("ours", "kept"),
    [((40.0, 500.0, 99.0), True), ((60.0, 600.0, 10.0), False), ((40.0, None, 50.0), True)],
    ids=["one slow round", "two slow rounds", "a failed round"],
)
def test_a_budget_is_judged_round_by_round(ours: tuple[float | None, ...], kept: bool) -> None:
    """The second round was ten times as slow for both, and one bad round does not decide."""
    (verdict,) = judge({"wij": rounds(*ours), "zij": rounds(100.0, 1000.0, 100.0)}, (RATIO,))
    assert verdict.kept is kept
    assert verdict.number == sum(value is not None for value in ours)


def test_a_budget_without_figures_is_not_kept() -> None:
    """Nothing measured is nothing promised."""
    (verdict,) = judge({"wij": rounds(1.0)}, (RATIO,))
    assert (verdict.kept, verdict.value) == (False, None)


def test_every_budget_is_about_something_that_is_measured() -> None:
    """A case that was renamed leaves no budget behind."""
    names = {case.name for case in CASES}
    assert {name for budget in BUDGETS for name in (budget.case, budget.against) if name} <= names


@pytest.mark.parametrize(("answer", "status"), [(200.0, 0), (260.0, 1)])
def test_a_missed_budget_ends_in_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answer: float, status: int
) -> None:
    """The command fails when a budget that was measured is missed, and the table says which."""
    series = {
        "chromium koud wegwijzer": rounds(answer),
        "chromium koud kaal": rounds(1000.0),
    }
    machine = {"rondes": 1, "kernen": 2, "belasting": "0", "browsers": {"chromium": "Chromium 1"}}
    file = tmp_path / "cijfers.json"
    file.write_text(json.dumps(report.data(machine, series, [])), encoding="utf-8")
    assert main(["--uit", str(file)]) == status
    assert ("**gemist**" in capsys.readouterr().out) is bool(status)


def test_the_readme_takes_new_tables(tmp_path: Path) -> None:
    """Only what stands between the two marks changes."""
    readme = tmp_path / "README.md"
    readme.write_text(f"voor\n{report.BEGIN}\nverleden\n{report.END}\nna\n", encoding="utf-8")
    machine = {"rondes": 1, "kernen": 2, "belasting": "0", "browsers": {}}
    report.into_readme({"machine": machine, "cijfers": {}, "mislukt": []}, readme)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("voor\n")
    assert text.endswith("\nna\n")
    assert "verleden" not in text
    assert "niet gemeten" in text
