"""A reader of the site in any engine: by clicks and keys, and by the same stable names as elsewhere."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.e2e.zoekvak import EERSTE, LEES, MEET, place
from tests.motor import Motor

WORTEL = "document.querySelector('[data-module=wegwijzer]')"


@dataclass(frozen=True, kw_only=True)
class Lezer:
    """Reads the site at an address that ends in a slash; on disk, ``blad`` is what a folder is opened with."""

    motor: Motor
    wortel: str
    blad: str = ""

    def open(self, plek: str = "") -> "Lezer":
        """Open a page by its place from the root of the site."""
        self.motor.open(f"{self.wortel}{plek}{self.blad}")
        return self

    def start(self) -> "Lezer":
        """Go from the start page to the wegwijzer, by its button, and wait until Python answers."""
        self.open().motor.click("a.md-button--primary[href^='wegwijzer/']")
        return self.ready()

    def ready(self) -> "Lezer":
        """Wait until Python answers."""
        self.motor.wait(f"{WORTEL}.dataset.runtime?.startsWith('3.13.')")
        return self

    def weg(self) -> str:
        """How Python came."""
        return str(self.motor.js(f"{WORTEL}.dataset.weg"))

    def subject(self, ingang: str) -> "Lezer":
        """Choose another subject from the list."""
        self.motor.click("[data-sporen] summary")
        self.motor.click(f"a[data-ingang='{ingang}']")
        self.motor.wait(f"!{WORTEL}.querySelector('[data-sporen]').open")
        return self

    def answer(self, antwoorden: Mapping[str, str]) -> "Lezer":
        """Answer these questions, in this order, one at a time."""
        for vraag, optie in antwoorden.items():
            self.motor.click(_optie(vraag, optie))
            self.motor.click("[data-action=verder]")
            self.motor.wait(f"!{WORTEL}.querySelector('.ww-vraag[data-vraag=\"{vraag}\"]')")
        return self

    def state(self, stand: str) -> "Lezer":
        """Wait until the page is in this state."""
        self.motor.wait(f"{WORTEL}?.dataset.state === '{stand}'")
        return self

    def chosen(self, vraag: str, optie: str) -> "Lezer":
        """Wait until this question stands there with this option chosen."""
        self.motor.wait(f"document.querySelector({json.dumps(_optie(vraag, optie))})?.checked")
        return self

    def card(self, deel: str) -> str:
        """The text of one of the answers of the advice."""
        return _plat(self.motor.js(f"{WORTEL}.querySelector('[data-advies={deel}]').textContent"))

    def sources(self, deel: str) -> set[str]:
        """The places in the sources that one of the answers of the advice names."""
        regels = f"[...{WORTEL}.querySelectorAll('[data-advies={deel}] [data-bron] li')]"
        return {_plat(regel) for regel in self.motor.js(f"{regels}.map((regel) => regel.textContent)")}

    def ask(self, antwoorden: Mapping[str, str]) -> Any:
        """What Python in the page answers, as data."""
        return self.motor.js(f"WegwijzerPython.vraag({json.dumps({'antwoorden': dict(antwoorden)})})")

    def open_search(self) -> "Lezer":
        """Go to the search box, and wait until its engine runs."""
        self.motor.click(".md-search__input")
        self.motor.wait("!document.querySelector('.md-search-result__meta').textContent.includes('initialiseren')")
        self.motor.js(f"({MEET})()")
        return self

    def results(self) -> list[list[str]]:
        """The visible places of the first results, page first, from the root of the site."""
        items = self.motor.js(f"({LEES})({EERSTE})")["resultaten"]
        return [[place(adres, self.wortel) for adres in item] for item in items]

    def elsewhere(self, *ook: str) -> list[str]:
        """What was asked of any other place than the site: by the driver's account, or else by the page's own.

        ``ook`` are addresses that may be asked as well.
        """
        eigen = (self.wortel, f"blob:{self.wortel}", "blob:null", "blob:file:", "data:", "about:", *ook)
        gevraagd = self.motor.requests()
        if gevraagd is None:
            gevraagd = self.motor.js("performance.getEntriesByType('resource').map((deel) => deel.name)")
        return [adres for adres in gevraagd if not adres.startswith(eigen)]


def _optie(vraag: str, optie: str) -> str:
    return f'fieldset input[name="{vraag}"][value="{optie}"]'


def _plat(tekst: str) -> str:
    return re.sub(r"\s+", " ", tekst)
