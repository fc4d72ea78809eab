"""What every test shares: the content, the model that it describes, and a copy of the content to break."""

from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from ruamel.yaml import YAML

import wizard.load
from wizard.load import InhoudFout, load
from wizard.model import Model
from wizard.references import Probleem


@pytest.fixture(scope="session")
def content() -> Path:
    """The folder with the real content."""
    return Path(__file__).parent.parent / "content"


@pytest.fixture(scope="session")
def model(content: Path) -> Model:
    """The model of the real content, loaded once."""
    return load(content)


@cache
def _parse(tekst: str) -> Any:
    return YAML(typ="safe").load(tekst)


class Onthoudend:
    """Reads YAML as ``wizard.load`` does, but a text that it read before only once."""

    def __init__(self, typ: str) -> None:
        """Take the argument that YAML takes."""
        assert typ == "safe"

    def load(self, tekst: str) -> Any:
        """The data of a text; loading fits it to records and leaves it as it is."""
        return _parse(tekst)


class Kopie:
    """A copy of the content, to break something in."""

    def __init__(self, map_: Path) -> None:
        """Work in this folder."""
        self.map = map_

    def replace(self, bestand: str, oud: str, nieuw: str) -> None:
        """Replace the first occurrence of a text in a file; it must be there."""
        tekst = (self.map / bestand).read_text(encoding="utf-8")
        assert oud in tekst, f"{bestand} has no {oud!r} to break"
        self.write(bestand, tekst.replace(oud, nieuw, 1))

    def write(self, bestand: str, tekst: str) -> None:
        """Make or overwrite a file."""
        (self.map / bestand).parent.mkdir(exist_ok=True)
        (self.map / bestand).write_text(tekst, encoding="utf-8")

    def problems(self) -> tuple[Probleem, ...]:
        """Load the copy, which must fail; give all that is wrong."""
        with pytest.raises(InhoudFout) as fout:
            load(self.map)
        return fout.value.problemen


@pytest.fixture
def kopie(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kopie:
    """A fresh copy of the content. Files that stay as they are are parsed once, which saves a minute in all."""
    monkeypatch.setattr(wizard.load, "YAML", Onthoudend)
    return Kopie(copytree(content, tmp_path / "content"))
