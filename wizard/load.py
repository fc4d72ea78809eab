"""From ``content/`` to the model: every defect found in one run, named by file and field, in Dutch.

Three passes, each on all files: read the YAML, fit it to the records of ``model``, follow every
reference. Later passes skip what an earlier one refused, so that one mistake gives one message.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

import wizard.model
import wizard.verhaal
from wizard.hint import hint
from wizard.kept import Texts
from wizard.model import (
    Aspect,
    Bron,
    Fase,
    Gevolg,
    IJkpunt,
    Instrument,
    MethodeStap,
    Model,
    Rol,
    Spanning,
    Spoor,
    Stap,
    Tabel,
    Termijn,
    Vraag,
)
from wizard.references import Probleem, Record, follow, uncited
from wizard.verhaal import Begrip, Cijfers, Onderwerp, Regio, Vak

LIJSTEN: dict[str, tuple[str, type[Any]]] = {
    "bronnen.yml": ("bronnen", Bron),
    "aspecten.yml": ("aspecten", Aspect),
    "ijkpunten.yml": ("ijkpunten", IJkpunt),
    "termijnen.yml": ("termijnen", Termijn),
    "begrippen.yml": ("begrippen", Begrip),
    "vakken.yml": ("vakken", Vak),
}
"""Files that hold a list of records."""

LIJSTMAPPEN: dict[str, tuple[str, type[Any]]] = {
    "spanningen": ("spanningen", Spanning),
}
"""Folders with lists of records, a file per theme."""

MAPPEN: dict[str, tuple[str, type[Any]]] = {
    "fasen": ("fasen", Fase),
    "rollen": ("rollen", Rol),
    "routekaart": ("stappen", Stap),
    "bijzonder": ("stappen", Stap),
    "vragen": ("vragen", Vraag),
    "regels": ("tabellen", Tabel),
    "sporen": ("sporen", Spoor),
    "gevolgen": ("gevolgen", Gevolg),
    "onderwerpen": ("onderwerpen", Onderwerp),
    "methode": ("methode", MethodeStap),
    "instrumenten": ("instrumenten", Instrument),
    "regios": ("regios", Regio),
    "cijfers": ("cijfers", Cijfers),
}
"""Folders with one record per file, named after its id."""

MELDINGEN = {
    "missing": "dit veld ontbreekt",
    "string_type": "hier hoort tekst",
    "tuple_type": "hier hoort een lijst",
    "dataclass_type": "hier horen velden met een waarde",
    "mapping_type": "hier horen velden met een waarde",
    "dict_type": "hier horen velden met een waarde",
    "int_type": "hier hoort een geheel getal",
    "int_parsing": "hier hoort een geheel getal",
    "int_from_float": "hier hoort een geheel getal",
    "bool_parsing": "hier hoort true of false",
    "bool_type": "hier hoort true of false",
}


class InhoudFout(Exception):
    """The content cannot be used; ``problemen`` holds every reason."""

    def __init__(self, problemen: Sequence[Probleem]) -> None:
        """Keep the defects, and give all of them as the message."""
        self.problemen = tuple(problemen)
        aantal = f"{len(self.problemen)} problem{'en' if len(self.problemen) > 1 else ''}"
        super().__init__("\n".join([f"De inhoud klopt niet ({aantal}):", *(f"  {p}" for p in self.problemen)]))


def load(content: Path, kept: Path | None = None) -> Model:
    """Give the model that ``content`` describes; raise ``InhoudFout`` with every defect there is.

    ``kept`` is a file in which the data of each text stays for the next time: reading YAML takes longer than
    all the rest together. What is checked is the same with and without it.
    """
    problemen: list[Probleem] = []
    bestanden = _bestanden(content, problemen)
    teksten = Texts(kept)
    records = [record for bestand in bestanden for record in _lees(content, bestand, teksten, problemen)]
    teksten.keep()
    kapot = {probleem.bestand for probleem in problemen}
    gebroken = {lijst for pad, lijst, _ in bestanden if pad.relative_to(content).as_posix() in kapot}
    gebroken |= {lijst for naam, (lijst, _) in LIJSTEN.items() if naam in kapot}
    problemen += follow(records, gebroken)
    if not problemen:
        problemen += uncited(records)
    if problemen:
        raise InhoudFout(problemen)
    lijsten: dict[str, list[Any]] = {veld.name: [] for veld in fields(Model) if veld.name != "versie"}
    for record in records:
        lijsten[record.lijst].append(record.waarde)
    for waarden in lijsten.values():
        waarden.sort(key=lambda waarde: getattr(waarde, "volgorde", 0))
    gelezen: dict[str, Any] = {naam: tuple(waarden) for naam, waarden in lijsten.items()}
    return with_version(Model(**gelezen))


def with_version(model: Model) -> Model:
    """Give the model with its version: eight hex digits that follow from what the browser gets of it."""
    return replace(model, versie=sha256(repr(replace(core(model), versie="")).encode()).hexdigest()[:8])


def core(model: Model) -> Model:
    """Give what the wegwijzer needs of a model: without what only the pages show, the lists with a default."""
    return replace(model, **{veld.name: () for veld in fields(Model) if veld.default == ()})  # type: ignore[arg-type]


def _bestanden(content: Path, problemen: list[Probleem]) -> list[tuple[Path, str, type[Any]]]:
    """Give every file with the list it fills and its record type; complain about what does not belong."""
    if not content.is_dir():
        raise InhoudFout([Probleem(bestand=str(content), veld="", melding="deze map bestaat niet")])
    gevonden = []
    mappen = MAPPEN | LIJSTMAPPEN
    for pad in sorted(content.rglob("*")):
        naam = pad.relative_to(content).as_posix()
        if pad.is_dir() or naam.startswith("fragmenten/"):
            continue
        if naam in LIJSTEN:
            gevonden.append((pad, *LIJSTEN[naam]))
        elif pad.suffix == ".yml" and pad.parent.name in mappen and pad.parent.parent == content:
            gevonden.append((pad, *mappen[pad.parent.name]))
        else:
            waar = ", ".join([*LIJSTEN, *(f"{map_}/*.yml" for map_ in mappen)])
            problemen.append(Probleem(bestand=naam, veld="", melding=f"dit bestand hoort hier niet; wel: {waar}"))
    aanwezig = {pad.relative_to(content).as_posix() for pad, _, _ in gevonden}
    problemen += [
        Probleem(bestand=naam, veld="", melding="dit bestand ontbreekt") for naam in LIJSTEN if naam not in aanwezig
    ]
    return gevonden


def _lees(
    content: Path, bron: tuple[Path, str, type[Any]], teksten: Texts, problemen: list[Probleem]
) -> Iterator[Record]:
    pad, lijst, soort = bron
    bestand = pad.relative_to(content).as_posix()

    def fout(veld: str, melding: str) -> None:
        problemen.append(Probleem(bestand=bestand, veld=veld, melding=melding))

    try:
        gelezen = teksten.data(pad.read_text(encoding="utf-8"), YAML(typ="safe").load)
    except DuplicateKeyError as dubbel:
        sleutel = re.search(r'duplicate key "([^"]*)"', str(dubbel))
        fout(_regel(dubbel), f"het veld {sleutel[1] if sleutel else ''!r} staat er twee keer")
        return
    except MarkedYAMLError as kapot:
        fout(_regel(kapot), f"dit is geen geldige YAML ({kapot.problem or kapot.context})")
        return
    except UnicodeDecodeError:
        fout("", "dit bestand is geen UTF-8-tekst")
        return
    if bestand in LIJSTEN or pad.parent.name in LIJSTMAPPEN:
        if not isinstance(gelezen, list):
            fout("", "hier hoort een lijst te staan")
            return
        delen = [(f"[{nummer}]", deel) for nummer, deel in enumerate(gelezen, 1)]
    else:
        delen = [("", gelezen)]
    for plek, deel in delen:
        if isinstance(deel, dict) and "id" in deel and plek:
            plek = f"[{deel['id']}]"
        try:
            waarde = _passer(soort).validate_python(deel)  # type: ignore[arg-type]  # a type is hashable
        except ValidationError as ongeldig:
            for kwaal in ongeldig.errors():
                fout(_veld(plek, kwaal["loc"]), _melding(kwaal, soort))
            continue
        if not plek and waarde.id != pad.stem:
            fout("id", f"{waarde.id!r} is niet de naam van het bestand; maak er {pad.stem!r} van")
        yield Record(lijst=lijst, bestand=bestand, pad=plek, waarde=waarde)


@cache
def _passer(soort: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(soort)


def _regel(kapot: MarkedYAMLError) -> str:
    return f"regel {kapot.problem_mark.line + 1}" if kapot.problem_mark else ""


def _veld(plek: str, loc: tuple[int | str, ...]) -> str:
    return "".join([plek, *(f"[{deel + 1}]" if isinstance(deel, int) else f".{deel}" for deel in loc)]).lstrip(".")


def _melding(kwaal: Any, soort: type[Any]) -> str:
    if kwaal["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        bekend = sorted({veld.name for record in _soorten(soort) for veld in fields(record)})
        return f"dit veld is onbekend{hint(str(kwaal['loc'][-1]), bekend)}"
    melding: str = MELDINGEN.get(kwaal["type"], f"dit past hier niet ({kwaal['type']})")
    return melding


def _soorten(soort: type[Any]) -> Iterator[type[Any]]:
    """The record type and the record types in its fields, found through their annotations."""
    yield soort
    for veld in fields(soort):
        for naam in re.findall(r"[A-Z]\w+", str(veld.type)):
            gevonden = getattr(wizard.model, naam, None) or getattr(wizard.verhaal, naam, None)
            if isinstance(gevonden, type) and is_dataclass(gevonden) and gevonden is not soort:
                yield from _soorten(gevonden)
