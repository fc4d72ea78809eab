"""The built site as a reader meets it: per section its text and the sources that stand with it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

KOPPEN = {"h1", "h2", "h3"}
BLOKKEN = {"p", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "h4", "figcaption", "summary", "caption"}
GEEN_PROZA = {"nav", "script", "style", "svg", "template", "button", "table", "aside", "form"}
LEEG = {"br", "hr", "img", "input", "link", "meta", "wbr", "rect"}


@dataclass(kw_only=True)
class Sectie:
    """A section: where it is, what it says in blocks, and the lines of the documents that it cites."""

    plek: str
    titel: str = ""
    blokken: list[str] = field(default_factory=list)
    bronnen: list[tuple[str, str]] = field(default_factory=list)


class _Lezer(HTMLParser):
    def __init__(self, plek: str) -> None:
        super().__init__()
        self.secties = [Sectie(plek=plek)]
        self.artikel = self.kop = self.bron = 0
        self._pagina = plek
        self._over: list[str] = []
        self._blok: list[str] = []
        self._document = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        eigenschappen = dict(attrs)
        if tag == "article":
            self.artikel += 1
        if not self.artikel or tag in LEEG:
            return
        if (
            self._over
            or tag in GEEN_PROZA
            or "data-bron" in eigenschappen
            or "headerlink" in (eigenschappen.get("class") or "")
        ):
            self._over.append(tag)
        if "data-bron" in eigenschappen:
            self.bron = len(self._over)
        if self.bron and tag == "a":
            gevonden = re.search(
                r"bronnen/([\w-]+?)(?:/|\.html)#|(?:^|/)([\w-]+?)(?:/|\.html)?#", eigenschappen.get("href") or ""
            )
            self._document = (gevonden[1] or gevonden[2]) if gevonden else ""
        if tag in BLOKKEN and not self._over:
            self._sluit()
        if tag in KOPPEN:
            self._sluit()
            if tag != "h1" and eigenschappen.get("id"):
                self.secties.append(Sectie(plek=f"{self._pagina}#{eigenschappen['id']}"))
            self.kop = 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._sluit()
            self.artikel -= 1
        if not self.artikel or tag in LEEG:
            return
        if tag in KOPPEN:
            self.secties[-1].titel = " ".join("".join(self._blok).split())
            self.kop = 0
        if tag in BLOKKEN and not self._over:
            self._sluit()
        if self._over:
            self._over.pop()
            if len(self._over) < self.bron:
                self.bron = 0

    def handle_data(self, data: str) -> None:
        if not self.artikel:
            return
        if self.bron and self._document:
            gevonden = re.search(r"regel ([\d, -]*\d)", data)
            if gevonden:
                self.secties[-1].bronnen.append((self._document, gevonden[1]))
                self._document = ""
        if not self._over:
            self._blok.append(data)

    def _sluit(self) -> None:
        tekst = " ".join("".join(self._blok).split())
        if tekst and not self.kop:
            self.secties[-1].blokken.append(tekst)
        self._blok = []


def read(site: Path) -> dict[str, Sectie]:
    """Every section of a site with directory addresses, by its address from the root of the site."""
    gevonden: dict[str, Sectie] = {}
    for bestand in sorted(site.rglob("index.html")):
        plek = bestand.parent.relative_to(site).as_posix()
        lezer = _Lezer("" if plek == "." else f"{plek}/")
        lezer.feed(bestand.read_text(encoding="utf-8"))
        gevonden |= {sectie.plek: sectie for sectie in lezer.secties}
    return gevonden
