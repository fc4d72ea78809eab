"""The command line: JSON out, messages in Dutch, and an exit status that a script can trust."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from wizard.browser import answer
from wizard.check import GEBREKEN
from wizard.model import Model

ROOT = Path(__file__).parent.parent

THUIS = {"setting": "thuis", "ingeschreven": "nee", "vrijstelling": "nee", "thuishulp": "nee"}

BESTANDEN = {
    "advies.json": json.dumps(THUIS),
    "vraag.json": '{"setting": "thuis"}',
    "vraag-onbekend.json": '{"seting": "thuis"}',
    "optie-onbekend.json": '{"setting": "zolder"}',
    "lijst.json": '["setting"]',
    "kapot.json": '{"setting": ',
    "latijn.json": "",
}

OPDRACHTEN: dict[str, tuple[str, ...]] = {
    **{naam: ("advise", naam) for naam in BESTANDEN},
    "ontbreekt.json": ("advise", "ontbreekt.json"),
    "verify": ("verify",),
    "questions": ("questions",),
    "help": ("--help",),
    "verify help": ("verify", "--help"),
    "advise help": ("advise", "--help"),
    "bundle help": ("bundle", "--help"),
    "bundel zonder site": ("--content", "kapot", "bundle"),
    "bundel zonder plek": ("bundle", "-o", "advies.json"),
    "niets": (),
    "onbekend": ("bewijs",),
    "zonder bestand": ("advise",),
    "inhoud kapot": ("--content", "kapot", "verify"),
    "inhoud weg": ("--content", "weg", "questions"),
    "tabel kapot": ("--content", "gat", "verify"),
}

type Klaar = subprocess.CompletedProcess[str]

type Klaren = dict[str, Future[Klaar]]


@pytest.fixture(scope="module")
def klaar(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Klaren]:
    """Every command, run once as a process of its own; side by side, since each must load the content."""
    map_ = tmp_path_factory.mktemp("cli")
    for naam, tekst in BESTANDEN.items():
        (map_ / naam).write_text(tekst, encoding="utf-8")
    (map_ / "latijn.json").write_bytes('{"setting": "ë"}'.encode("latin-1"))
    for naam, bestand, oud, nieuw in (
        ("kapot", "vragen/groep.yml", "volgorde: 2", "volgorde: veel"),
        ("gat", "regels/uitnodigen-jeugdhulpaanbieder.yml", "{setting: [instelling]}", "{setting: []}"),
    ):
        doel = copytree(content, map_ / naam) / bestand
        tekst = doel.read_text(encoding="utf-8")
        assert oud in tekst
        doel.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")

    def run(woorden: tuple[str, ...]) -> Klaar:
        return subprocess.run(  # noqa: S603 - our own words, and this interpreter
            [sys.executable, "-m", "wizard", *woorden],
            cwd=map_,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as werkers:
        yield {naam: werkers.submit(run, woorden) for naam, woorden in OPDRACHTEN.items()}


def data(uitvoer: Klaar) -> Any:
    """The JSON of a command that went well, without a word on the side."""
    assert uitvoer.returncode == 0, uitvoer.stderr
    assert uitvoer.stderr == ""
    return json.loads(uitvoer.stdout)


def complaint(uitvoer: Klaar, status: int) -> str:
    """What a command says when it fails: on the error stream, no JSON, and no stack trace."""
    assert uitvoer.returncode == status
    assert uitvoer.stdout == ""
    assert "Traceback" not in uitvoer.stderr
    return uitvoer.stderr


def test_verify_prints_its_counts(klaar: Klaren) -> None:
    """Sound tables give status 0 and a count for each kind of defect, all nought."""
    bewijs = data(klaar["verify"].result())
    assert bewijs["gebreken"] == dict.fromkeys(GEBREKEN, 0)
    assert bewijs["gevonden"] == []
    assert all(bewijs[naam] > 0 for naam in ("vragen", "tabellen", "regels", "combinaties", "paden", "adviezen"))


def test_verify_names_a_broken_table(klaar: Klaren) -> None:
    """A table with a gap gives status 1, the counts as JSON, and each defect in a sentence on the error stream."""
    uitvoer = klaar["tabel kapot"].result()
    assert uitvoer.returncode == 1
    bewijs = json.loads(uitvoer.stdout)
    assert bewijs["gebreken"]["gat"] == 1
    assert bewijs["gebreken"]["dode regel"] == 1
    assert "gat in uitnodigen-jeugdhulpaanbieder: geen regel bij setting=instelling" in uitvoer.stderr


def test_broken_content_gives_status_1(klaar: Klaren) -> None:
    """Content that cannot be loaded gives status 1, with file, field and what is wrong."""
    melding = complaint(klaar["inhoud kapot"].result(), 1)
    assert "vragen/groep.yml, volgorde: hier hoort een geheel getal" in melding


def test_missing_content_gives_status_1(klaar: Klaren) -> None:
    """A content folder that is not there gives status 1 and its name."""
    assert "weg: deze map bestaat niet" in complaint(klaar["inhoud weg"].result(), 1)


def test_questions_are_listed_in_order(klaar: Klaren, model: Model) -> None:
    """All questions come with id, text and the answers that may be given, in the order of asking."""
    vragen = data(klaar["questions"].result())
    assert [(vraag["id"], vraag["text"]) for vraag in vragen] == [(vraag.id, vraag.tekst) for vraag in model.vragen]
    for gegeven, vraag in zip(vragen, model.vragen, strict=True):
        assert [optie["id"] for optie in gegeven["options"]] == list(vraag.toegestaan)
        assert all(optie["text"] for optie in gegeven["options"])


def test_advice_is_that_of_the_engine(klaar: Klaren, model: Model) -> None:
    """Answers to all that matters give the same advice as the front door does."""
    assert data(klaar["advies.json"].result()) == answer(model, dict(THUIS))


def test_too_few_answers_give_the_next_question(klaar: Klaren) -> None:
    """As long as a question still matters, that question comes out, with status 0."""
    uitkomst = data(klaar["vraag.json"].result())
    assert uitkomst["soort"] == "vraag"
    assert uitkomst["vraag"]["id"] == "ingeschreven"


@pytest.mark.parametrize(
    ("naam", "woorden"),
    [
        ("vraag-onbekend.json", ("'seting'", "'setting'", "leerbehoefte")),
        ("optie-onbekend.json", ("'zolder'", "'setting'", "zorglocatie", "weet-niet")),
        ("lijst.json", ("object",)),
        ("kapot.json", ("geen geldige JSON",)),
        ("latijn.json", ("geen geldige JSON",)),
        ("ontbreekt.json", ("niet te openen",)),
    ],
)
def test_input_that_is_no_use_gives_status_2(klaar: Klaren, naam: str, woorden: tuple[str, ...]) -> None:
    """Wrong input gives status 2 and a message that names the file, what is wrong and what is allowed."""
    melding = complaint(klaar[naam].result(), 2)
    assert melding.startswith(naam)
    assert all(woord in melding for woord in woorden)


@pytest.mark.parametrize(
    ("naam", "woorden"),
    [
        ("help", ("verify", "questions", "advise", "Uitgangsstatus")),
        ("verify help", tuple(GEBREKEN)),
        ("advise help", ("FILE.json", "uitgangsstatus 2")),
        ("bundle help", ("zip", "SHA-256", "dist/")),
    ],
)
def test_help_explains(klaar: Klaren, naam: str, woorden: tuple[str, ...]) -> None:
    """Help gives status 0 and tells of every command, the exit status and the kinds of defect."""
    uitvoer = klaar[naam].result()
    assert uitvoer.returncode == 0
    tekst = " ".join(uitvoer.stdout.split())
    assert all(woord in tekst for woord in woorden)


@pytest.mark.parametrize(
    ("naam", "woorden"),
    [
        ("bundel zonder site", ("geen mkdocs.yml", "geen site om te bouwen")),
        ("bundel zonder plek", ("advies.json", "niet te schrijven")),
    ],
)
def test_a_bundle_that_can_not_be_made_gives_status_2(klaar: Klaren, naam: str, woorden: tuple[str, ...]) -> None:
    """Content without a site around it, or a file where the zip should go: status 2, before anything is built."""
    melding = complaint(klaar[naam].result(), 2)
    assert all(woord in melding for woord in woorden)


@pytest.mark.parametrize("naam", ["niets", "onbekend", "zonder bestand"])
def test_wrong_command_gives_status_2(klaar: Klaren, naam: str) -> None:
    """No command, an unknown one, or one without its file gives status 2 and how to use it."""
    assert "usage: python -m wizard" in complaint(klaar[naam].result(), 2)
