"""The folder without a server as one file to hand out, with its version in its name.

The zip holds one folder, so that unpacking leaves no mess, and in it a text to read first. The same site gives
the same bytes: who gets the zip by hand can compare it with the one on the site.
"""

import contextlib
import hashlib
import re
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from wizard.site.archive import write
from wizard.site.npm import BuildError

LEESMIJ = "LEESMIJ.txt"
VOOR_EEN_SERVER = ("404.html", "sitemap.xml", "sitemap.xml.gz")

SOURCE_MAP = re.compile(rb"\n?(?://|/\*)# sourceMappingURL=[^\n*]*(?:\*/)?")

TEKST = """\
Wegwijzer Holland Rijnland Methode
Versie {versie}

1. Pak eerst het hele zip-bestand uit. In Windows: klik er met de
   rechtermuisknop op en kies 'Alles uitpakken'.
2. Open de uitgepakte map.
3. Dubbelklik op index.html. De site opent in je browser.

Wat dit is
Dezelfde site als op internet, met de wegwijzer en het zoeken. Er is geen
internet nodig, en je hoeft niets te installeren.

Wat er gebeurt met wat je invult
Het blijft in je browser. Er gaat niets over het netwerk.

Weer weghalen
Gooi de map en het zip-bestand weg.
"""

NIEUWSTE = """
De nieuwste versie
Die staat op {adres}
Noemt die site een andere versie? Haal dan de map opnieuw op.
"""


@dataclass(frozen=True, kw_only=True)
class Bundel:
    """A finished zip: where it is, its size in bytes, its SHA-256 in hex, and the version in its name."""

    bestand: Path
    bytes: int
    sha256: str
    versie: str


def version(root: Path, regels: str) -> str:
    """The version of the project at ``root`` with that of the rules, such as 0.1.0-d4b65940."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return f"{project['version']}-{regels}"


def name(versie: str) -> str:
    """What the zip of a version is called, and without ``.zip`` the folder in it."""
    return f"wegwijzer-holland-rijnland-{versie}.zip"


def wanted(config: MkDocsConfig) -> bool:
    """Whether the build is one for a folder: by ``OFFLINE=true`` around it, or by ``make``."""
    return config.extra.get("los") is True


def make(root: Path, uitvoer: Path) -> Bundel:
    """Build the site at ``root`` strictly for a folder, and pack it into ``uitvoer`` with its SHA-256 beside it.

    Raises ``BuildError``, in Dutch, when the site can not be built; what is wrong with it then stands on standard
    error. An ``OSError`` is about ``uitvoer``. Nothing half-made stays behind under the name of the zip.
    """
    root, uitvoer = root.resolve(), uitvoer.resolve()
    uitvoer.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bundel-", dir=uitvoer) as werk:
        map_ = Path(werk) / "map"
        versie = version(root, _build(root, map_))
        gepakt = Path(werk) / name(versie)
        pack(map_, gepakt)
        inhoud = gepakt.read_bytes()
        sha256 = hashlib.sha256(inhoud).hexdigest()
        bestand = uitvoer / gepakt.name
        checksum(bestand).write_bytes(f"{sha256}  {bestand.name}\n".encode())
        gepakt.replace(bestand)
    return Bundel(bestand=bestand, bytes=len(inhoud), sha256=sha256, versie=versie)


def checksum(bestand: Path) -> Path:
    """The file beside a zip that tells its SHA-256, as ``sha256sum --check`` reads it."""
    return bestand.with_name(f"{bestand.name}.sha256")


def _build(root: Path, map_: Path) -> str:
    """Build the folder; give the version of its rules."""
    # MkDocs talks to standard output, where the caller's JSON goes; one of its extensions reads from where it stands
    with contextlib.redirect_stdout(sys.stderr), contextlib.chdir(root):
        try:
            config = load_config(str(root / "mkdocs.yml"), strict=True, site_dir=str(map_))
            config.extra["los"] = True
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
        except MkDocsException as fout:
            raise BuildError(f"De map zonder server is niet te bouwen. {fout}".rstrip()) from fout
    versie: str = config.plugins["wegwijzer"].model.versie  # type: ignore[attr-defined]
    return versie


def finish(map_: Path, versie: str, adres: str | None) -> None:
    """Make a built folder ready to hand out: a text to read first, and nothing that only a server has use for.

    ``adres`` is the page that offers the newest one, or nothing where nobody said where the site is published.
    """
    for naam in VOOR_EEN_SERVER:
        (map_ / naam).unlink(missing_ok=True)
    for bestand in (*map_.rglob("*.js"), *map_.rglob("*.css")):
        inhoud = bestand.read_bytes()
        if b"# sourceMappingURL=" in inhoud[-200:]:
            bestand.write_bytes(inhoud[:-200] + SOURCE_MAP.sub(b"", inhoud[-200:]))
    tekst = TEKST.format(versie=versie) + (NIEUWSTE.format(adres=adres) if adres else "")
    # as Windows ends its lines: that is where the text is opened most
    (map_ / LEESMIJ).write_text(tekst, encoding="utf-8", newline="\r\n")


def pack(map_: Path, bestand: Path) -> None:
    """Pack a folder into a zip, inside one folder with the name of the zip; equal content gives equal bytes."""
    paden = {pad.relative_to(map_).as_posix(): pad for pad in map_.rglob("*") if pad.is_file()}
    write(bestand, ((f"{bestand.stem}/{naam}", paden[naam].read_bytes()) for naam in sorted(paden)), packed=True)
