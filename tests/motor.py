"""What the tests and the benchmarks ask of a browser, the same for each engine."""

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

GEDULD = 60.0
"""Seconds that the page gets for what a test waits for, on a slow machine."""

BREED, HOOG = 1280, 900
"""The size of a window, in pixels."""

ZICHTBAAR = """((css) => {
  const element = document.querySelector(css);
  if (!element || element.disabled || !element.getClientRects().length) return false;
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  return true;
})(%s)"""


class MotorFout(Exception):
    """The browser could not do what was asked; the message tells what, in the driver's words."""


@contextmanager
def our_errors(theirs: type[Exception]) -> Iterator[None]:
    """Raise ``MotorFout`` instead of the error of a driver."""
    try:
        yield
    except theirs as fout:
        raise MotorFout(str(fout)) from fout


class Motor(ABC):
    """One browser that runs, with one page in front. A context manager, which closes it.

    What a reader does (``click``, ``type``, ``press``, ``back``) goes through the driver as real input and waits
    for its element. A selector is CSS, and the first match counts.
    """

    naam: str

    @property
    @abstractmethod
    def version(self) -> str:
        """The version of the browser, in its own numbers."""

    @abstractmethod
    def open(self, url: str) -> None:
        """Go to an address, as one types it, and wait until it has loaded."""

    @abstractmethod
    def back(self) -> None:
        """Press the back button."""

    @abstractmethod
    def reload(self) -> None:
        """Press the reload button, and wait until the page has loaded."""

    @abstractmethod
    def press(self, key: str) -> None:
        """Press a key where the focus is: a character, a name (``Enter``), or a combination (``Control+a``)."""

    @abstractmethod
    def new_tab(self) -> int:
        """Open an empty tab in the same profile and go there; give its number, the first of all being 0."""

    @abstractmethod
    def tab(self, nummer: int) -> None:
        """Go to a tab."""

    @abstractmethod
    def offline(self, aan: bool) -> bool:
        """Cut the network, or mend it. False where the engine has no means for that: then stop the server."""

    @abstractmethod
    def watch(self) -> None:
        """From now on, and anew at each call, keep what the pages ask for and what goes wrong on them."""

    @abstractmethod
    def requests(self) -> list[str] | None:
        """The addresses that were asked for since ``watch``; None where the driver does not tell."""

    @abstractmethod
    def errors(self) -> list[str] | None:
        """What the pages wrote to the console as an error since ``watch``, and what they threw; None where untold."""

    @abstractmethod
    def close(self) -> None:
        """End the browser and what was started for it; a profile that was given stays."""

    @abstractmethod
    def _evaluate(self, script: str) -> str:
        """The text that a script promises. Raises ``MotorFout``, also when the page goes away under it."""

    @abstractmethod
    def _click(self, css: str) -> None:
        """Click on an element that is in sight."""

    @abstractmethod
    def _keys(self, css: str, text: str) -> None:
        """Type into an element that has the focus."""

    def js(self, expression: str) -> Any:
        """Give the value of an expression on the page as JSON has it; a promise is awaited.

        Raises ``MotorFout`` with the page's own message when it throws.
        """
        uitkomst = json.loads(
            self._evaluate(
                f"(async () => {{ try {{ return JSON.stringify({{ goed: (await ({expression})) ?? null }}); }} "
                "catch (fout) { return JSON.stringify({ fout: String(fout) }); } })()"
            )
        )
        if "fout" in uitkomst:
            raise MotorFout(uitkomst["fout"])
        return uitkomst.get("goed")

    def wait(self, expression: str, geduld: float = GEDULD) -> Any:
        """Give the value of an expression as soon as it is true; also across a navigation, where ``js`` fails."""
        einde = time.monotonic() + geduld
        while True:
            try:
                waarde = self.js(expression)
            except MotorFout as fout:
                # a page on its way out, or one that has no such element yet
                waarde, reden = None, f" ({fout})"
            else:
                reden = ""
            if waarde:
                return waarde
            if time.monotonic() > einde:
                raise MotorFout(f"{self.naam}: {geduld:.0f} s gewacht op {expression}{reden}; {self._waar()}")
            time.sleep(0.02)

    def click(self, css: str) -> None:
        """Click on an element, once it is there and in sight."""
        self.wait(ZICHTBAAR % json.dumps(css))
        self._click(css)

    def type(self, css: str, text: str) -> None:
        """Type into a field, key by key, in place of what stands in it."""
        self.click(css)
        self.press("Control+a")
        self._keys(css, text)

    def _waar(self) -> str:
        try:
            return f"de pagina is {self.js('location.href')}"
        except MotorFout as fout:
            return f"de pagina geeft geen antwoord ({fout})"

    def __enter__(self) -> Self:
        """Give the browser itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()
