"""The search box as a reader handles it: type, and look at what comes first."""

import re
from typing import Any

from playwright.sync_api import Page, expect

EERSTE = 3
"""How many results a reader looks at."""

START = 20_000
"""Milliseconds that the search engine may take to start on a slow machine."""

MEET = """() => {
  const vak = document.querySelector('.md-search__input');
  const lijst = document.querySelector('.md-search-result__list');
  const stand = { toets: 0, klaar: 0, ronde: 0 };
  window.zoekstand = stand;
  vak.addEventListener('keyup', () => { stand.toets = performance.now(); }, true);
  const zie = () => { stand.klaar = performance.now(); stand.ronde += 1; };
  new MutationObserver(zie).observe(lijst, { childList: true });
}"""

LEES = """(aantal) => ({
  klaar: window.zoekstand.klaar >= window.zoekstand.toets,
  duur: window.zoekstand.klaar - window.zoekstand.toets,
  resultaten: [...document.querySelectorAll('.md-search-result__item')].slice(0, aantal).map((item) =>
    [...item.querySelectorAll('a')].filter((link) => !link.closest('details:not([open])')).map((link) => link.href)),
})"""


class Zoekvak:
    """Works the search box of a page that is open."""

    def __init__(self, page: Page, wortel: str) -> None:
        """Open the box; ``wortel`` is the address that results are told from."""
        self.page = page
        self.wortel = wortel
        self.vak = page.locator(".md-search__input")
        if page.viewport_size and page.viewport_size["width"] < 960:
            page.locator("label.md-header__button[for=__search]").click()
        self.vak.click()
        # the box says so as long as its engine is starting
        expect(page.locator(".md-search-result__meta")).not_to_contain_text("initialiseren", timeout=START)
        page.evaluate(MEET)

    def search(self, vraag: str) -> list[list[str]]:
        """Type a query; give the visible places of the first results, page first, from the root of the site.

        ``duur`` then holds the milliseconds from the last key to the results.
        """
        ronde = self.page.evaluate("window.zoekstand.ronde")
        self.vak.fill(vraag)
        self.vak.press("End")
        for _ in range(200):
            gelezen: dict[str, Any] = self.page.evaluate(LEES, EERSTE)
            if self.page.evaluate("window.zoekstand.ronde") > ronde and gelezen["klaar"]:
                break
            self.page.wait_for_timeout(10)
        self.duur = float(gelezen["duur"])
        return [[place(adres, self.wortel) for adres in item] for item in gelezen["resultaten"]]


def place(adres: str, wortel: str) -> str:
    """An address without the words to highlight, from the root of the site; a file on disk as its folder."""
    voor, _, anker = adres.removeprefix(wortel).partition("#")
    pad = re.sub(
        r"(?:^|(?<=/))index\.html$|\.html$", lambda eind: "/" if eind[0] == ".html" else "", voor.partition("?")[0]
    )
    return pad + (f"#{anker}" if anker else "")
