"""WebKit, as WebKitGTK's own small browser, driven by its WebDriver through selenium."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, WebKitGTK, WebKitGTKOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.service import Service

from tests import browser
from tests.motor import BREED, GEDULD, HOOG, Motor, our_errors
from tests.toetsen import combinatie


class Webkit(Motor):
    """A MiniBrowser on a screen of its own. Under a driver it keeps nothing when it ends."""

    naam = "webkit"

    def __init__(self, profiel: Path) -> None:  # noqa: ARG002 - as the others have it
        """Start it; ``profiel`` stays empty."""
        programmas = browser.webkit()
        with ExitStack() as stapel:
            scherm = stapel.enter_context(screen(programmas.scherm))
            opties = WebKitGTKOptions()
            opties.binary_location = programmas.browser
            opties.add_argument("--automation")
            service = Service(programmas.driver, env=dict(os.environ) | {"DISPLAY": scherm})
            try:
                self._driver = WebKitGTK(options=opties, service=service)
            except WebDriverException as fout:
                raise browser.GeenBrowser(f"WebKit is er, maar start niet: {fout}") from fout
            stapel.callback(self._driver.quit)
            self._driver.set_script_timeout(2 * GEDULD)
            self._driver.set_window_size(BREED, HOOG)
            self._tabs = [self._driver.current_window_handle]
            self._stapel = stapel.pop_all()

    @property
    def version(self) -> str:
        """The version of WebKitGTK."""
        return str(self._driver.capabilities["browserVersion"])

    def open(self, url: str) -> None:
        """Go to an address."""
        with our_errors(WebDriverException):
            self._driver.get(url)

    def back(self) -> None:
        """Press the back button."""
        with our_errors(WebDriverException):
            self._driver.back()

    def reload(self) -> None:
        """Press the reload button."""
        with our_errors(WebDriverException):
            self._driver.refresh()

    def press(self, key: str) -> None:
        """Press a key, with what is held down with it."""
        toetsen = combinatie(key)
        acties = ActionChains(self._driver)
        for toets in toetsen:
            acties.key_down(toets)
        for toets in reversed(toetsen):
            acties.key_up(toets)
        with our_errors(WebDriverException):
            acties.perform()

    def new_tab(self) -> int:
        """Open a tab."""
        self._driver.switch_to.new_window("tab")
        self._tabs.append(self._driver.current_window_handle)
        return len(self._tabs) - 1

    def tab(self, nummer: int) -> None:
        """Go to a tab."""
        self._driver.switch_to.window(self._tabs[nummer])

    def offline(self, aan: bool) -> bool:  # noqa: ARG002 - there is no such command
        """Tell that it can't."""
        return False

    def watch(self) -> None:
        """Do nothing: the driver tells of no requests, and a private window writes no messages anywhere."""

    def requests(self) -> list[str] | None:
        """Tell that it can't."""
        return None

    def errors(self) -> list[str] | None:
        """Tell that it can't."""
        return None

    def close(self) -> None:
        """End it, and its screen."""
        self._stapel.close()

    def _evaluate(self, script: str) -> str:
        with our_errors(WebDriverException):
            return str(self._driver.execute_async_script(f"({script}).then(arguments[arguments.length - 1])"))

    def _click(self, css: str) -> None:
        with our_errors(WebDriverException):
            self._driver.find_element(By.CSS_SELECTOR, css).click()

    def _keys(self, css: str, text: str) -> None:
        with our_errors(WebDriverException):
            self._driver.find_element(By.CSS_SELECTOR, css).send_keys(text)


@contextmanager
def screen(xvfb: str) -> Iterator[str]:
    """Give the name of a screen that nobody sees."""
    lezen, schrijven = os.pipe()
    maat = f"{BREED}x{HOOG + 200}x24"
    # it also goes with its last window, so that a test run that is killed leaves no screen behind
    opdracht = [xvfb, "-displayfd", str(schrijven), "-screen", "0", maat, "-nolisten", "tcp", "-terminate"]
    proces = subprocess.Popen(  # noqa: S603 - the program that was found
        opdracht, pass_fds=[schrijven], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(schrijven)
    try:
        with os.fdopen(lezen) as nummer:
            # closed without a number when Xvfb ends
            if not (gekozen := nummer.readline().strip()):
                raise browser.GeenBrowser(f"Xvfb is er, maar start niet: {' '.join(opdracht)}")
        yield f":{gekozen}"
    finally:
        proces.terminate()
        proces.wait()
