"""``python -m wizard``: prove the tables, list the questions, give an advice, pack the site. JSON or DMN out."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wizard.browser import answer
from wizard.check import GEBREKEN, prove
from wizard.dmn import write
from wizard.load import InhoudFout, load
from wizard.schrijver import Schrijver

CONTENT = Path(__file__).resolve().parent.parent / "content"


def main(argumenten: list[str] | None = None) -> int:
    """Run one command; give its exit status."""
    opties = _parser().parse_args(argumenten)
    if opties.opdracht == "bundle":
        return _bundle(opties.content.resolve().parent, opties.uitvoer)
    try:
        model = load(opties.content)
    except InhoudFout as fout:
        print(fout, file=sys.stderr)
        return 1
    if opties.opdracht == "verify":
        bewijs = prove(model)
        _print(bewijs.as_dict())
        for gebrek in bewijs.gevonden:
            print(gebrek, file=sys.stderr)
        return 1 if bewijs.gevonden else 0
    if opties.opdracht == "questions":
        _print([_question(Schrijver(model).vraag(vraag)) for vraag in model.vragen])
        return 0
    if opties.opdracht == "dmn":
        return _dmn(write(model), opties.uitvoer)
    try:
        antwoorden = json.loads(opties.bestand.read_text(encoding="utf-8"))
    except OSError as fout:
        print(f"{opties.bestand}: dit bestand is niet te openen ({fout.strerror})", file=sys.stderr)
        return 2
    except ValueError as fout:
        print(f"{opties.bestand}: dit is geen geldige JSON ({fout})", file=sys.stderr)
        return 2
    uitkomst = answer(model, antwoorden)
    if uitkomst["soort"] == "fout":
        print(f"{opties.bestand}: {uitkomst['melding']}", file=sys.stderr)
        return 2
    _print(uitkomst)
    return 0


def _question(vraag: dict[str, Any]) -> dict[str, Any]:
    """A question as callers read it: ids to answer with, and texts to show."""
    opties = [{"id": optie["id"], "text": optie["tekst"]} for optie in vraag["opties"]]
    return {"id": vraag["id"], "text": vraag["tekst"], "why": vraag["waarom"], "options": opties}


def _dmn(document: str, uitvoer: Path | None) -> int:
    """Write a document to a file, or else the same bytes to standard output; give the exit status."""
    inhoud = document.encode()  # as its first line says, whatever the terminal speaks
    try:
        if uitvoer:
            uitvoer.write_bytes(inhoud)
        else:
            sys.stdout.buffer.write(inhoud)
    except OSError as fout:
        print(f"{uitvoer}: dit bestand is niet te schrijven ({fout.strerror})", file=sys.stderr)
        return 2
    return 0


def _bundle(root: Path, uitvoer: Path) -> int:
    """Make the zip of the project at ``root``; give the exit status."""
    # the build is not part of the core, and not of the package that goes to the browser
    from wizard.site.bundle import make
    from wizard.site.npm import BuildError

    if not (root / "mkdocs.yml").is_file():
        print(f"{root}: hier staat geen mkdocs.yml, dus er is geen site om te bouwen", file=sys.stderr)
        return 2
    try:
        bundel = make(root, uitvoer)
    except BuildError as fout:
        print(fout, file=sys.stderr)
        return 1
    except OSError as fout:
        print(f"{uitvoer}: in deze map is niet te schrijven ({fout.strerror})", file=sys.stderr)
        return 2
    _print(asdict(bundel) | {"bestand": str(bundel.bestand)})
    return 0


def _print(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m wizard",
        description="De wegwijzer op de opdrachtregel. Alle uitvoer is JSON, behalve die van dmn.",
        epilog="Uitgangsstatus: 0 gelukt; 1 de inhoud of een tabel klopt niet; 2 de invoer klopt niet.",
    )
    parser.add_argument("--content", type=Path, default=CONTENT, help="de map met de inhoud (standaard: content/)")
    opdrachten = parser.add_subparsers(dest="opdracht", required=True, metavar="OPDRACHT")
    soorten = "; ".join(f"{soort}: {uitleg}" for soort, uitleg in GEBREKEN.items())
    opdrachten.add_parser(
        "verify",
        help="bewijs alle beslistabellen en toon de aantallen",
        description=f"Bewijst alle beslistabellen voor elke combinatie van antwoorden. Gebreken: {soorten}.",
    )
    opdrachten.add_parser(
        "questions",
        help="toon alle vragen met hun opties",
        description="Toont alle vragen in volgorde: id, text, why en options (elk met id en text).",
    )
    advise = opdrachten.add_parser(
        "advise",
        help="geef het advies, of de volgende vraag",
        description="Leest antwoorden en geeft het advies (soort: advies), of de volgende vraag die nog uitmaakt "
        "(soort: vraag). De sleutel spoor kiest een onderwerp; zonder spoor gaat het over alles van een leerling. "
        "Een onbekende vraag of optie of een onbekend spoor geeft uitgangsstatus 2.",
    )
    advise.add_argument(
        "bestand", type=Path, metavar="FILE.json", help='een object: {"spoor": "...", "vraag": "optie", ...}'
    )
    dmn = opdrachten.add_parser(
        "dmn",
        help="schrijf alle beslistabellen als DMN",
        description="Schrijft alle beslistabellen, met vragen, redenen en bronnen, als één document in DMN 1.3 (XML).",
    )
    dmn.add_argument("-o", dest="uitvoer", type=Path, metavar="FILE.dmn", help="schrijf naar dit bestand")
    bundle = opdrachten.add_parser(
        "bundle",
        help="maak de zip om zonder internet te gebruiken",
        description="Bouwt de site als map die werkt zonder server, en maakt er een zip van. Ernaast komt een bestand "
        "met de SHA-256. De uitvoer noemt bestand, bytes, sha256 en versie.",
    )
    bundle.add_argument(
        "-o", dest="uitvoer", type=Path, metavar="MAP", default=Path("dist"), help="zet de zip hier (standaard: dist/)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
