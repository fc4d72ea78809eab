"""What builds keep for each other: never another outcome, whatever becomes of the files."""

import json
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from ruamel.yaml import YAML

import wizard.load
from tests.conftest import Kopie
from wizard.kept import Texts, keep, recall
from wizard.load import load
from wizard.model import Model
from wizard.site.compiled import Compiled
from wizard.site.proven import proven

SCHADE = {
    "leeg": lambda _: b"",
    "afgebroken": lambda inhoud: inhoud[: len(inhoud) // 2],
    "een letter": lambda inhoud: inhoud[:-9] + b"0" + inhoud[-8:],
    "geen tekst": lambda _: bytes(range(256)),
    "iets anders": lambda _: b"[]",
}
damaged = pytest.mark.parametrize("schade", SCHADE.values(), ids=list(SCHADE))


def _stuk(bestand: Path, schade: object) -> None:
    assert callable(schade)
    bestand.write_bytes(schade(bestand.read_bytes()))


@damaged
def test_damage_counts_as_nothing_kept(tmp_path: Path, schade: object) -> None:
    """A file that is cut off, altered or of another kind gives nothing back."""
    keep(tmp_path / "x.json", "sleutel", {"a": [1, "twee"]})
    assert recall(tmp_path / "x.json", "sleutel") == {"a": [1, "twee"]}
    assert recall(tmp_path / "x.json", "andere sleutel") is None
    _stuk(tmp_path / "x.json", schade)
    assert recall(tmp_path / "x.json", "sleutel") is None


def test_a_text_is_read_once_and_what_json_would_change_every_time(tmp_path: Path) -> None:
    """A second run reads no text that it knows; dates and numbers as keys come from the reader itself."""
    gelezen: list[str] = []

    def read(tekst: str) -> object:
        gelezen.append(tekst)
        return YAML(typ="safe").load(tekst)

    teksten = ["a: [1, 1.5, true, null]", "dag: 2026-01-01", "1: een"]
    for _ in range(2):
        run = Texts(tmp_path / "inhoud.json")
        uitkomst = [run.data(tekst, read) for tekst in teksten]
        run.keep()
        assert uitkomst == [YAML(typ="safe").load(tekst) for tekst in teksten]
    assert gelezen == [*teksten, *teksten[1:]]


def test_content_that_is_kept_is_checked_as_ever(kopie: Kopie, model: Model, tmp_path: Path) -> None:
    """The model is the same, a changed file is seen, and a defect is told each time in the same words."""
    bestand = tmp_path / "inhoud.json"
    for _ in range(2):
        assert load(kopie.map, bestand).versie == model.versie
    kopie.replace("routekaart/stap-9.yml", "\nkort:", "\nkorte: x\nkort:")
    kopie.replace("termijnen.yml", "- id:", "- id: x\n  id:")
    meldingen = []
    for _ in range(2):
        with pytest.raises(wizard.load.InhoudFout) as fout:
            load(kopie.map, bestand)
        meldingen.append(str(fout.value))
    assert meldingen[0] == meldingen[1]
    assert "korte" in meldingen[0]
    assert "staat er twee keer" in meldingen[0]


def test_the_proof_is_the_same_from_what_was_kept(model: Model, kopie: Kopie, tmp_path: Path) -> None:
    """A second build gives the same counts and the same order; damage and another rule mean proving again."""
    bestand = tmp_path / "bewijs.json"
    eerst = proven(model, bestand)
    assert proven(model, bestand) == eerst
    bestand.write_bytes(bestand.read_bytes()[:-100])
    assert proven(model, bestand) == eerst
    kopie.replace("vragen/setting.yml", "kort: Plek", "kort: Plaats")
    inhoud = bestand.read_bytes()
    proven(load(kopie.map), bestand)
    assert bestand.read_bytes() != inhoud


@damaged
def test_damaged_code_of_a_template_is_made_anew(tmp_path: Path, schade: object) -> None:
    """A template gives the same, from what was kept and from what was damaged."""
    for _ in range(3):
        omgeving = Environment(
            loader=DictLoader({"t": "{{ 6 * x }}"}), bytecode_cache=Compiled(tmp_path), autoescape=True
        )
        assert omgeving.get_template("t").render(x=7) == "42"
        (bestand,) = (pad for pad in tmp_path.rglob("*") if pad.is_file())
        _stuk(bestand, schade)


def test_nothing_kept_can_be_mistaken_for_another_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of the reader or of Python starts from nothing."""
    eerst = Texts(tmp_path / "x.json")
    eerst.data("a: 1", json.dumps)
    eerst.keep()
    monkeypatch.setattr("wizard.kept.READER", "een andere versie")
    assert Texts(tmp_path / "x.json").data("a: 1", lambda _: "opnieuw") == "opnieuw"
