"""Real browsers on this machine, fetched where it has none: Chromium, and beside it Firefox and WebKit."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX = ("firefox-esr", "firefox")
MINIBROWSER = ("/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit2gtk-4.1/MiniBrowser")
"""Where distributions put the small browser of WebKitGTK; Debian has it in the library, which the driver needs."""

_mislukt: dict[str, str] = {}
"""What could not be had, and why: to try again for each module would take minutes."""


class GeenBrowser(Exception):
    """No browser is there and none could be had; the message tells what was tried."""


@dataclass(frozen=True, kw_only=True)
class Webkit:
    """The programs that make a WebKit that can be driven: it opens windows only, so it needs a screen too."""

    driver: str
    browser: str
    scherm: str


def chromium() -> str | None:
    """Give the path of a Chromium that starts, or None for the one that playwright fetched itself.

    Tries what is installed, then the package of Debian or Ubuntu, then playwright's own download. Raises
    ``GeenBrowser`` when all of that fails: without a browser the tests prove nothing about the page.
    """
    try:
        return _get("Chromium", lambda: _installed(CHROMIUM), f"een van {', '.join(CHROMIUM)} op het pad", ["chromium"])
    except GeenBrowser as geen:
        gehaald = _run([sys.executable, "-m", "playwright", "install", "chromium"])
        if gehaald.returncode == 0:
            return None
        raise GeenBrowser(f"{geen}\n  - playwright install chromium ({_laatste(gehaald)})") from None


def firefox() -> str:
    """Give the path of a Firefox that starts: what is installed, or else Debian's package; else ``GeenBrowser``."""
    gezocht = f"een van {', '.join(FIREFOX)} op het pad"
    return _get("Firefox", lambda: _installed(FIREFOX), gezocht, ["firefox-esr"])


def webkit() -> Webkit:
    """Give the programs of WebKitGTK: what is installed, or else Debian's packages; else ``GeenBrowser``."""
    gezocht = f"WebKitWebDriver en Xvfb op het pad, en {' of '.join(MINIBROWSER)}"
    return _get("WebKit", _webkit, gezocht, ["webkit2gtk-driver", "xvfb"])


def _get[T](naam: str, vind: Callable[[], T | None], gezocht: str, pakketten: list[str]) -> T:
    geprobeerd = [gezocht]
    if (gevonden := vind()) is not None:
        return gevonden
    if naam in _mislukt:
        raise GeenBrowser(_mislukt[naam])
    if shutil.which("apt-get"):
        reden = _apt(pakketten)
        if (gevonden := vind()) is not None:
            return gevonden
        geprobeerd.append(f"apt-get install {' '.join(pakketten)} ({reden})")
    lijst = "\n".join(f"  - {poging}" for poging in geprobeerd)
    _mislukt[naam] = f"Er is geen {naam} voor de tests, en die is ook niet te halen. Geprobeerd:\n{lijst}"
    raise GeenBrowser(_mislukt[naam])


def _installed(namen: tuple[str, ...]) -> str | None:
    for naam in namen:
        pad = shutil.which(naam)
        # a stub of a package manager can stand on the path without being a browser
        if pad and _run([pad, "--version"]).returncode == 0:
            return pad
    return None


def _webkit() -> Webkit | None:
    driver, scherm = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = [str(pad) for patroon in MINIBROWSER for pad in Path("/").glob(patroon.lstrip("/"))]
    return Webkit(driver=driver, browser=browsers[0], scherm=scherm) if driver and scherm and browsers else None


def _apt(pakketten: list[str]) -> str:
    """Install Debian's packages; give what went wrong, if anything."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if sudo and not shutil.which("sudo"):
        return "geen root en geen sudo"
    omgeving = {"DEBIAN_FRONTEND": "noninteractive"}
    for opdracht in (["update"], ["install", "--yes", "--no-install-recommends", *pakketten]):
        gedaan = _run([*sudo, "apt-get", "--quiet", *opdracht], **omgeving)
        if gedaan.returncode and opdracht != ["update"]:
            return _laatste(gedaan)
    return "geïnstalleerd, maar start niet"


def _run(opdracht: list[str], **omgeving: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - fixed commands
            opdracht, capture_output=True, text=True, check=False, timeout=900, env=os.environ | omgeving
        )
    except (OSError, subprocess.TimeoutExpired) as fout:
        return subprocess.CompletedProcess(opdracht, 1, "", str(fout))


def _laatste(gedaan: subprocess.CompletedProcess[str]) -> str:
    regels = (gedaan.stderr or gedaan.stdout).strip().splitlines()
    return regels[-1][:200] if regels else f"status {gedaan.returncode}"
