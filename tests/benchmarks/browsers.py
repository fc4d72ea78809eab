"""Browsers that open an address as a reader's would: started with a profile, and closed when the page has reported.

They are started as they are, with no tool that drives them. Such a tool halts every worker at its start until it has
been told about it, keeps WebKit from storing anything, and so takes part in what is measured.
"""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import browser
from tests.chromium import playwright
from tests.engines import Engine
from tests.webkit import screen

PATIENCE = 10
"""Seconds that a browser gets to save what it keeps."""

CHROMIUM = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--window-size=1280,900",
)
FIREFOX = {
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    # a new profile fetches lists and add-ons in its first minutes
    "app.normandy.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}


@dataclass(frozen=True, kw_only=True)
class Browser:
    """How to start one: ``run_up`` is the time in seconds that a new profile needs before it is at rest.

    ``xvfb`` is the program that makes a screen, for a browser that needs one.
    """

    version: str
    command: Callable[[Path], tuple[str, ...]]
    environment: Callable[[Path], Mapping[str, str]] = field(default=lambda _profile: {})
    run_up: float = 1.0
    xvfb: str = ""

    @contextmanager
    def opened(self, address: str, profile: Path) -> Iterator[None]:
        """Open an address with this profile; at the end close the browser and let it save what it keeps."""
        profile.mkdir(parents=True, exist_ok=True)
        with _screen(self.xvfb) as display:
            process = subprocess.Popen(  # noqa: S603 - the browser that was found, and our own address
                [*self.command(profile), address],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=os.environ | self.environment(profile) | display,
            )
            try:
                yield
            finally:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    process.kill()
                _end_group(process.pid)
                process.wait()


def found(engine: Engine) -> Browser:
    """Give a browser of this machine, fetched where it has none. Raises ``GeenBrowser`` with what was tried."""
    if engine == "chromium":
        path = browser.chromium() or _of_playwright()
        return Browser(
            version=_version(path),
            command=lambda profile: (path, *CHROMIUM, f"--user-data-dir={profile}"),
        )
    if engine == "firefox":
        path = browser.firefox()
        return Browser(version=_version(path), command=lambda profile: (path, *_firefox(profile)), run_up=3.0)
    programs = browser.webkit()
    with _screen(programs.scherm) as display:
        version = _version(programs.browser, display)
    return Browser(
        version=version,
        command=lambda _profile: (programs.browser, "--geometry=1280x900"),
        environment=_home,
        xvfb=programs.scherm,
    )


@contextmanager
def _screen(xvfb: str) -> Iterator[dict[str, str]]:
    """What tells a program where its screen is; a new screen each time, for it goes with its last window."""
    if not xvfb:
        yield {}
        return
    with screen(xvfb) as display:
        yield {"DISPLAY": display}


def forget(profile: Path) -> None:
    """Remove a profile; a process of the browser may still be writing in it."""
    shutil.rmtree(profile, ignore_errors=True)


def _firefox(profile: Path) -> tuple[str, ...]:
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in FIREFOX.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    return ("--headless", "--no-remote", "--profile", str(profile))


def _home(profile: Path) -> dict[str, str]:
    """Where a program of GTK keeps things."""
    rooms = {"HOME": "", "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config"}
    return {name: str(profile / room) for name, room in rooms.items()}


def _of_playwright() -> str:
    with playwright() as starter:
        return starter.chromium.executable_path


def _version(path: str, environment: Mapping[str, str] | None = None) -> str:
    told = subprocess.run(  # noqa: S603 - the browser that was found
        [path, "--version"], capture_output=True, text=True, check=False, env=os.environ | (environment or {})
    )
    return " ".join(told.stdout.split(" built ")[0].split())


def _end_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
