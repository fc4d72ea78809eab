"""The glossary where its terms stand: in a page, each term links to its entry and shows its meaning.

In every section the first occurrence of a term becomes a link with the meaning as its title, which the theme
shows as a tooltip on hover and on focus. Later ones in the same section stay plain text: a page in which
every other word is underlined is hard to read.
"""

import html
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser

from wizard.kept import digest
from wizard.model import Model
from wizard.verhaal import Begrip

OVERSLAAN = frozenset({"a", "abbr", "button", "code", "dt", "figcaption", "h1", "h2", "h3", "h4", "script", "style"})
OVERSLAAN |= {"pre", "summary", "svg", "template", "textarea", "th"}
"""Elements in which no term is marked: what is a name, a heading, or a link already."""

GEMERKT = frozenset({"data-bron", "data-geen-begrippen"})
"""Attributes of elements that are passed over too: sources, and lists of names."""

KORT = 4
"""Forms with fewer letters are abbreviations, recognised only as they are written."""

SECTIES = frozenset({"h2", "h3"})


class Begrippen:
    """Recognises the terms of a model in HTML."""

    def __init__(self, model: Model) -> None:
        """Make one pattern of every form, longest first, so that "PGB-plan" is not read as "PGB"."""
        self.sleutel = digest(repr(model.begrippen))
        """The same as long as the terms are the same."""
        self._van: dict[str, Begrip] = {}
        for begrip in model.begrippen:
            for vorm in begrip.namen:
                self._van.setdefault(_sleutel(vorm), begrip)
        # by first letter: of some five hundred forms then only a few are tried at every word
        per_letter: dict[str, list[str]] = {}
        for vorm in sorted(self._van, key=len, reverse=True):
            per_letter.setdefault(vorm[0].casefold(), []).append(re.escape(vorm[1:]).replace(r"\ ", r"\s+"))
        los = "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in per_letter.items())
        self._patroon = re.compile(rf"(?<![\w-])(?:{los})(?![\w-])", re.IGNORECASE) if los else None

    def mark(self, tekst: str, link: Callable[[str], str]) -> str:
        """Give the HTML of a page with its terms marked; ``link`` gives the address of an entry by its id."""
        if self._patroon is None:
            return tekst
        lezer = _Lezer(self._patroon, self._van, link)
        lezer.feed(tekst)
        lezer.close()
        return "".join(lezer.uit)


def _sleutel(vorm: str) -> str:
    """What forms are told apart by: case does not count, but in an abbreviation ("so" is not SO)."""
    vorm = re.sub(r"\s+", " ", vorm.replace("\u2019", "'"))
    return vorm if len(vorm) < KORT else vorm.casefold()


class _Lezer(HTMLParser):
    """Copies HTML as it stands, but for the terms in its text."""

    def __init__(self, patroon: re.Pattern[str], van: Mapping[str, Begrip], link: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=False)
        self.uit: list[str] = []
        self._patroon = patroon
        self._van = van
        self._link = link
        self._diep: list[str] = []
        self._gezien: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        binnen_gelijke = bool(self._diep) and tag == self._diep[-1]
        if tag in OVERSLAAN or binnen_gelijke or any(naam in GEMERKT for naam, _ in attrs):
            self._diep.append(tag)
        if tag in SECTIES:
            self._gezien.clear()
        self.uit.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.uit.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._diep and tag == self._diep[-1]:
            self._diep.pop()
        self.uit.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.uit.append(data if self._diep else self._patroon.sub(self._merk, data))

    def _merk(self, gevonden: re.Match[str]) -> str:
        woord = gevonden[0]
        begrip = self._van.get(_sleutel(woord))
        if begrip is None or begrip.id in self._gezien:
            return woord
        self._gezien.add(begrip.id)
        uitleg = html.escape(tooltip(begrip, woord))
        return f'<a class="begrip" href="{html.escape(self._link(begrip.id))}" title="{uitleg}">{woord}</a>'

    def handle_entityref(self, name: str) -> None:
        self.uit.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.uit.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.uit.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.uit.append(f"<!{decl}>")


def tooltip(begrip: Begrip, woord: str) -> str:
    """What a tooltip says: the term written out where the page uses another form, then its meaning."""
    return begrip.betekenis if _sleutel(woord) == _sleutel(begrip.term) else f"{begrip.term}: {begrip.betekenis}"
