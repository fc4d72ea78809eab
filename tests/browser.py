"""A real headless Chromium, fetched where the machine has none."""

import os
import shutil
import subprocess
import sys

NAMEN = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class GeenBrowser(Exception):
    """No browser is there and none could be had; the message tells what was tried."""


def chromium() -> str | None:
    """Give the path of a Chromium that starts, or None for the one that playwright fetched itself.

    Tries what is installed, then the package of Debian or Ubuntu, then playwright's own download. Raises
    ``GeenBrowser`` when all of that fails: without a browser the tests prove nothing about the page.
    """
    geprobeerd = []
    if (gevonden := _installed()) is not None:
        return gevonden
    geprobeerd.append(f"een van {', '.join(NAMEN)} op het pad")
    if shutil.which("apt-get"):
        reden = _apt()
        if (gevonden := _installed()) is not None:
            return gevonden
        geprobeerd.append(f"apt-get install chromium ({reden})")
    gehaald = _run([sys.executable, "-m", "playwright", "install", "chromium"])
    if gehaald.returncode == 0:
        return None
    geprobeerd.append(f"playwright install chromium ({_laatste(gehaald)})")
    lijst = "\n".join(f"  - {poging}" for poging in geprobeerd)
    raise GeenBrowser(f"Er is geen Chromium voor de tests, en die is ook niet te halen. Geprobeerd:\n{lijst}")


def _installed() -> str | None:
    for naam in NAMEN:
        pad = shutil.which(naam)
        # a stub of a package manager can stand on the path without being a browser
        if pad and _run([pad, "--version"]).returncode == 0:
            return pad
    return None


def _apt() -> str:
    """Install Debian's package; give what went wrong, if anything."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if sudo and not shutil.which("sudo"):
        return "geen root en geen sudo"
    omgeving = {"DEBIAN_FRONTEND": "noninteractive"}
    for opdracht in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
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
