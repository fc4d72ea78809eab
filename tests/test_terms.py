"""The glossary in the pages: a term shows its meaning where it stands, and only there."""

import re

import pytest

from wizard.model import Model
from wizard.site.terms import Begrippen, tooltip


@pytest.fixture(scope="module")
def begrippen(model: Model) -> Begrippen:
    """The terms of the real glossary."""
    return Begrippen(model)


def mark(begrippen: Begrippen, tekst: str) -> str:
    """Mark a piece of HTML, with the entries on one page."""
    return begrippen.mark(tekst, lambda id_: f"../begrippen/#{id_}")


def terms(tekst: str) -> list[str]:
    """The words that became a link to the glossary."""
    return re.findall(r'<a class="begrip"[^>]*>([^<]*)</a>', tekst)


def test_a_term_links_to_its_entry_and_carries_its_meaning(begrippen: Begrippen, model: Model) -> None:
    """The link goes to the entry, and its title is what the tooltip shows."""
    (opp,) = [begrip for begrip in model.begrippen if begrip.afkorting == "OPP"]
    gemerkt = mark(begrippen, "<p>De school maakt een OPP.</p>")
    assert f'href="../begrippen/#{opp.id}"' in gemerkt
    assert f'title="{tooltip(opp, "OPP")}"' in gemerkt.replace("&#x27;", "'")
    assert opp.betekenis in tooltip(opp, "OPP")


def test_a_term_is_marked_once_in_every_section(begrippen: Begrippen) -> None:
    """The second time in a section it is plain text, in the next section it is marked again."""
    assert terms(mark(begrippen, "<p>Het OPP. En het OPP.</p><h2>Kop</h2><p>Weer het OPP.</p>")) == ["OPP", "OPP"]


@pytest.mark.parametrize(
    "tekst",
    [
        "<h2>Het OPP</h2>",
        '<p><a href="x">het OPP</a></p>',
        "<p><code>OPP</code></p>",
        '<details class="bron" data-bron><summary>OPP</summary><ul><li>OPP</li></ul></details>',
        '<p><img alt="het OPP" src="x"></p>',
        "<p data-geen-begrippen>Ook: OPP.</p>",
        "<!-- OPP -->",
        "<p>zo en po en dus so</p>",
        "<p>een OPPERHOOFD</p>",
    ],
)
def test_what_is_no_running_text_stays_as_it_is(begrippen: Begrippen, tekst: str) -> None:
    """Headings, links, code, sources, attributes, comments, other words: not a character changes."""
    assert mark(begrippen, tekst) == tekst


def test_the_longest_form_wins(begrippen: Begrippen) -> None:
    """A term that holds another one is read as a whole."""
    assert terms(mark(begrippen, "<p>Ouders vullen een PGB-plan in.</p>")) == ["PGB-plan"]


def test_markup_around_a_term_is_kept(begrippen: Begrippen) -> None:
    """Entities, nesting and void elements come through as they were."""
    tekst = "<ul>\n<li>A &amp; B<br>met <em>het OPP</em> &#8364;</li>\n</ul>"
    assert re.sub(r'<a class="begrip"[^>]*>([^<]*)</a>', r"\1", mark(begrippen, tekst)) == tekst


def test_text_after_a_skipped_part_is_marked(begrippen: Begrippen) -> None:
    """Skipping ends where the element ends, also when the same element stands in it."""
    tekst = "<details data-bron><details><summary>x</summary>OPP</details>OPP</details><p>Een OPP.</p>"
    assert terms(mark(begrippen, tekst)) == ["OPP"]
