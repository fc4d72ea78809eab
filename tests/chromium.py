"""Chromium, driven by playwright."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Error, Page, Playwright, Request, WebError, sync_playwright

from tests import browser
from tests.motor import BREED, GEDULD, HOOG, Motor, our_errors

VLAGGEN = ["--disable-gpu", "--no-sandbox", "--disable-background-networking", "--disable-component-update"]

_lopend: list[Playwright] = []
_gebruikers = 0


@contextmanager
def playwright() -> Iterator[Playwright]:
    """Give the one playwright of this process: a thread can have no second one while the first runs."""
    global _gebruikers
    if not _lopend:
        _lopend.append(sync_playwright().start())
    _gebruikers += 1
    try:
        yield _lopend[0]
    finally:
        _gebruikers -= 1
        if not _gebruikers:
            _lopend.pop().stop()


class Chromium(Motor):
    """A Chromium with a profile on disk, as a reader has, not the forgetful context that playwright favours."""

    naam = "chromium"

    def __init__(self, profiel: Path) -> None:
        """Start it."""
        pad = browser.chromium()
        self._stapel = ExitStack()
        starter = self._stapel.enter_context(playwright())
        self._context = starter.chromium.launch_persistent_context(
            profiel,
            executable_path=pad,
            args=VLAGGEN,
            reduced_motion="reduce",
            viewport={"width": BREED, "height": HOOG},
        )
        self._stapel.callback(self._context.close)
        self._page: Page = self._context.pages[0]
        self._kijkt = False
        self._gevraagd: list[str] = []
        self._fouten: list[str] = []

    @property
    def version(self) -> str:
        """The version of the browser."""
        sessie = self._context.new_cdp_session(self._page)
        product: str = sessie.send("Browser.getVersion")["product"]
        sessie.detach()
        return product.partition("/")[2]

    def open(self, url: str) -> None:
        """Go to an address."""
        with our_errors(Error):
            self._page.goto(url)

    def back(self) -> None:
        """Press the back button."""
        with our_errors(Error):
            self._page.go_back(wait_until="commit")

    def reload(self) -> None:
        """Press the reload button."""
        with our_errors(Error):
            self._page.reload()

    def press(self, key: str) -> None:
        """Press a key."""
        self._page.keyboard.press(key)

    def new_tab(self) -> int:
        """Open a tab."""
        self._page = self._context.new_page()
        return self._context.pages.index(self._page)

    def tab(self, nummer: int) -> None:
        """Go to a tab."""
        self._page = self._context.pages[nummer]
        self._page.bring_to_front()

    def offline(self, aan: bool) -> bool:
        """Cut the network, for service workers as well."""
        self._context.set_offline(aan)
        return True

    def watch(self) -> None:
        """Keep requests and errors."""
        if not self._kijkt:
            self._context.on("request", self._zag_verzoek)
            self._context.on("console", self._zag_bericht)
            self._context.on("weberror", self._zag_fout)
        self._kijkt = True
        self._gevraagd.clear()
        self._fouten.clear()

    def requests(self) -> list[str] | None:
        """The addresses that were asked for, by workers too."""
        return list(self._gevraagd)

    def errors(self) -> list[str] | None:
        """What went wrong on the pages."""
        return list(self._fouten)

    def _zag_verzoek(self, verzoek: Request) -> None:
        self._gevraagd.append(verzoek.url)

    def _zag_bericht(self, bericht: ConsoleMessage) -> None:
        if bericht.type == "error":
            self._fouten.append(bericht.text)

    def _zag_fout(self, fout: WebError) -> None:
        self._fouten.append(str(fout.error))

    def close(self) -> None:
        """End it."""
        self._stapel.close()

    def _evaluate(self, script: str) -> str:
        with our_errors(Error):
            return str(self._page.evaluate(script))

    def _click(self, css: str) -> None:
        with our_errors(Error):
            self._page.locator(css).first.click(timeout=GEDULD * 1000)

    def _keys(self, css: str, text: str) -> None:  # noqa: ARG002 - it has the focus
        self._page.keyboard.type(text)
