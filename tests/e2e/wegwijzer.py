"""The wegwijzer as a reader handles it: by its stable names."""

import json
import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect

START = 60_000
"""Milliseconds that Python may take to start on a slow machine."""


class Wegwijzer:
    """Handles the page of the wegwijzer."""

    def __init__(self, page: Page) -> None:
        """Work on a page that is open."""
        self.page = page
        self.wortel = page.locator('[data-module="wegwijzer"]')

    def ready(self) -> "Wegwijzer":
        """Wait until Python answers."""
        expect(self.wortel).to_have_attribute("data-runtime", re.compile(r"3\.13\."), timeout=START)
        return self

    def state(self, stand: str) -> "Wegwijzer":
        """Wait until the page is in this state."""
        expect(self.wortel).to_have_attribute("data-state", stand, timeout=START)
        return self

    def question(self) -> str:
        """The id of the question on the screen."""
        return self.wortel.locator("fieldset input[type=radio]").first.get_attribute("name") or ""

    def choose(self, vraag: str, optie: str) -> "Wegwijzer":
        """Choose an option of the question that must be on the screen, and go on."""
        self.option(vraag, optie).check(timeout=START)
        self.button("verder").click()
        return self

    def answer(self, antwoorden: Mapping[str, str]) -> "Wegwijzer":
        """Answer these questions, in this order, one at a time."""
        for vraag, optie in antwoorden.items():
            self.choose(vraag, optie)
            expect(self.wortel.locator(f'.ww-vraag[data-vraag="{vraag}"]')).to_have_count(0, timeout=START)
        return self

    def option(self, vraag: str, optie: str) -> Locator:
        """The radio of an option."""
        return self.wortel.locator(f'fieldset input[name="{vraag}"][value="{optie}"]')

    def button(self, actie: str) -> Locator:
        """The button with this action."""
        return self.wortel.locator(f'[data-action="{actie}"]')

    def change(self, vraag: str) -> "Wegwijzer":
        """Go back to an answered question through its own button."""
        self.wortel.locator(f'[data-action="wijzig"][data-vraag="{vraag}"]').click()
        expect(self.wortel.locator(f'.ww-vraag[data-vraag="{vraag}"]')).to_be_visible()
        return self

    def advice(self, deel: str) -> Locator:
        """One of the three answers of the advice."""
        return self.wortel.locator(f'[data-advies="{deel}"]')

    def ask(self, antwoorden: Mapping[str, str], **verzoek: Any) -> dict[str, Any]:
        """What Python in the page answers, as data; ``verzoek`` asks for something else than question or advice."""
        self.ready()
        vraag = "verzoek => WegwijzerPython.vraag(verzoek).then(JSON.stringify)"
        antwoord: dict[str, Any] = json.loads(self.page.evaluate(vraag, {"antwoorden": dict(antwoorden), **verzoek}))
        return antwoord
