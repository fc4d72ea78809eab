"""How hard a text is to read: Flesch-Douma, the Dutch form of Flesch's formula, through textstat.

    uv run python -m tests.readability site                        every page, against the source it restates
    uv run python -m tests.readability --bronnen MAP               the source documents themselves, from MAP

The sources are not part of this project; what they score is kept in ``leesbaarheid.yml``.
"""

import argparse
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import textstat  # type: ignore[import-untyped]
from ruamel.yaml import YAML

from tests.sections import read

VAST = Path(__file__).with_name("leesbaarheid.yml")
GEEN_VAKPAGINA = ("besluiten/", "over/ontwikkelaars/")
MINSTENS = 60
"""Words that a text must have for the formula to mean something."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """Ease from 0 (hard) to 100 (easy), and words in a sentence."""

    gemak: float
    zin: float
    woorden: int


def score(tekst: str) -> Score:
    """Measure a text of whole sentences."""
    textstat.set_lang("nl")
    return Score(
        gemak=round(textstat.flesch_reading_ease(tekst), 1),
        zin=round(textstat.words_per_sentence(tekst), 1),
        woorden=len(tekst.split()),
    )


def pages(site: Path) -> dict[str, tuple[Score, str]]:
    """Per page about the field its score and the document that it cites most."""
    teksten: dict[str, list[str]] = {}
    bronnen: dict[str, Counter[str]] = {}
    for plek, sectie in read(site).items():
        pagina = plek.partition("#")[0]
        # a heading, a list item and a cell are sentences of their own
        teksten.setdefault(pagina, []).extend(blok if blok[-1] in ".!?:" else f"{blok}." for blok in sectie.blokken)
        bronnen.setdefault(pagina, Counter()).update(document for document, _ in sectie.bronnen)
    return {
        pagina: (score(tekst), bronnen[pagina].most_common(1)[0][0])
        for pagina, blokken in teksten.items()
        if bronnen[pagina] and not pagina.startswith(GEEN_VAKPAGINA)
        if len((tekst := " ".join(blokken)).split()) >= MINSTENS
    }


def sources(map_: Path) -> dict[str, Score]:
    """Per text file its score, with words that a line break cut in two put together again."""
    return {
        bestand.stem: score(" ".join(re.sub(r"-[ \t]*\n[ \t]*", "-", bestand.read_text(encoding="utf-8")).split()))
        for bestand in sorted(map_.glob("*.txt"))
    }


def fixed() -> dict[str, float]:
    """What each source scores, as measured once with ``sources``."""
    gelezen: dict[str, float] = YAML(typ="safe").load(VAST.read_text(encoding="utf-8"))
    return gelezen


def _main() -> None:
    lezer = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    lezer.add_argument("site", nargs="?", type=Path, help="map met de gebouwde site")
    lezer.add_argument("--bronnen", type=Path, help="map met de brondocumenten als tekst")
    opties = lezer.parse_args()
    if opties.bronnen:
        for naam, gemeten in sources(opties.bronnen).items():
            print(f"{gemeten.gemak:6.1f} {gemeten.zin:5.1f} {gemeten.woorden:6d}  {naam}")
    if opties.site:
        vast = fixed()
        for pagina, (gemeten, bron) in sorted(pages(opties.site).items(), key=lambda paar: paar[1][0].gemak):
            cijfers = f"{gemeten.gemak:6.1f} {gemeten.zin:5.1f} {gemeten.woorden:6d}"
            print(f"{cijfers}  {pagina or 'start'}  ({bron}: {vast[bron]})")


if __name__ == "__main__":
    _main()
