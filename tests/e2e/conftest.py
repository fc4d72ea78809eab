"""The site as it is published, served, and a browser that may go nowhere else."""

import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.browser import chromium
from tests.chromium import VLAGGEN, playwright
from tests.e2e.wegwijzer import Wegwijzer
from tests.engines import MOTOREN, GeenBrowser, Motor, start

PROJECT = Path(__file__).parents[2]


class Stil(SimpleHTTPRequestHandler):
    """Serves files without a word about each."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def build(map_: Path, **omgeving: str) -> Path:
    """Build the site strictly into a folder and give that folder back."""
    bouw = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(map_)]
    gedaan = subprocess.run(  # noqa: S603 - our own build
        bouw, cwd=PROJECT, capture_output=True, text=True, check=False, env=os.environ | omgeving
    )
    assert gedaan.returncode == 0, gedaan.stdout + gedaan.stderr
    return map_


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a strict build."""
    return build(tmp_path_factory.mktemp("site"), OFFLINE="")


@contextmanager
def serve(map_: Path, soort: type[SimpleHTTPRequestHandler] = Stil) -> Iterator[str]:
    """Serve a folder; give the address of its root."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(soort, directory=str(map_)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def bundel(site: Path) -> Path:
    """The zip that the site offers."""
    (bundel,) = (site / "download").glob("*.zip")
    return bundel


@pytest.fixture(scope="session")
def folder(bundel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that works without a server, unpacked from that zip in a place with a space and non-ASCII letters."""
    stick = tmp_path_factory.mktemp("los") / "Op één stick"
    shutil.unpack_archive(bundel, stick)
    (folder,) = stick.iterdir()
    return folder


@pytest.fixture(scope="session")
def adres(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with serve(site) as adres:
        yield adres


@pytest.fixture(scope="module", params=MOTOREN)
def motor(request: pytest.FixtureRequest) -> Iterator[Motor]:
    """Each engine in turn, started once for a module. Only Chromium has to be there; the skip tells what was tried."""
    try:
        with start(request.param) as motor:
            yield motor
    except GeenBrowser as geen:
        if request.param == "chromium":
            raise
        pytest.skip(str(geen))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    pad = chromium()
    with playwright() as starter:
        browser = starter.chromium.launch(executable_path=pad, args=VLAGGEN)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, adres: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh profile. A request to anywhere else fails the test, and so does an error on the page.

    The marker ``mag_falen`` lets errors in the console pass, for tests that break something on purpose.
    """
    # what the site holds for use without a network is tested apart, and would only take time here
    context = browser.new_context(reduced_motion="reduce", service_workers="block")
    elders: list[str] = []
    fouten: list[str] = []

    def let_op(verzoek: Request) -> None:
        if not verzoek.url.startswith((adres, "data:", f"blob:{adres}")):
            elders.append(verzoek.url)

    context.on("request", let_op)
    context.on("weberror", lambda fout: fouten.append(str(fout.error)))
    context.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type == "error" else None)
    yield context
    context.close()
    assert not elders, f"requests to another origin: {elders}"
    assert request.node.get_closest_marker("mag_falen") or not fouten, f"errors on the page: {fouten}"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page in a fresh profile."""
    return context.new_page()


@pytest.fixture
def wegwijzer(page: Page, adres: str) -> Wegwijzer:
    """The wegwijzer's page, opened; Python may still be starting."""
    page.goto(f"{adres}wegwijzer/")
    return Wegwijzer(page)
