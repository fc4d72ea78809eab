"""Firefox, driven by the WebDriver BiDi that it speaks itself.

Over ``websockets``, and not through a driver: no package registry has geckodriver, which selenium needs;
puppeteer-core would put a Node process with a protocol of our own in between; and playwright's channel for an
ordinary Firefox asks the ESR for commands that it does not know. The standard's own commands are few.
"""

import itertools
import json
import subprocess
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from tests import browser
from tests.motor import BREED, GEDULD, HOOG, Motor, MotorFout
from tests.toetsen import combinatie

VOORKEUREN = {
    # under a driver Firefox would let a file read its neighbours, which it refuses a reader
    "security.fileuri.strict_origin_policy": True,
    "ui.prefersReducedMotion": 1,
    "browser.aboutwelcome.enabled": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
}

AANGEMELD = "WebDriverBiDiServer.json"
"""The file in which Firefox writes where it listens."""


class Firefox(Motor):
    """A headless Firefox with a profile on disk."""

    naam = "firefox"

    def __init__(self, profiel: Path) -> None:
        """Start it."""
        pad = browser.firefox()
        self._profiel = profiel
        voorkeuren = [f"user_pref({json.dumps(naam)}, {json.dumps(stand)});" for naam, stand in VOORKEUREN.items()]
        (profiel / "user.js").write_text("\n".join(voorkeuren), encoding="utf-8")
        (profiel / AANGEMELD).unlink(missing_ok=True)
        # a port of its own choice, and no other Firefox of this user taken over
        opdracht = [pad, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(profiel)]
        self._proces = subprocess.Popen(  # noqa: S603 - the browser that was found
            [*opdracht, "about:blank"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._nummers = itertools.count(1)
        self._gebeurd: list[dict[str, Any]] = []
        with ExitStack() as stapel:
            # in case it does not end by itself; the last one goes first
            stapel.callback(self._proces.wait)
            stapel.callback(self._proces.kill)
            # no limit and no pings: while a test waits for something else, nobody reads the events
            lijn = connect(
                f"{self._luistert()}/session",
                compression=None,
                max_size=None,
                max_queue=None,
                ping_interval=None,
                proxy=None,
            )
            self._lijn = stapel.enter_context(lijn)
            self._kan = self._send("session.new", capabilities={})["capabilities"]
            (eerste,) = self._send("browsingContext.getTree")["contexts"]
            self._tabs: list[str] = []
            # in the tab that it starts with, the address bar keeps the focus and the page hears nothing of any
            self.new_tab()
            self._send("browsingContext.close", context=eerste["context"])
            self._stapel = stapel.pop_all()

    @property
    def version(self) -> str:
        """The version of the browser."""
        return str(self._kan["browserVersion"])

    def open(self, url: str) -> None:
        """Go to an address."""
        self._send("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def back(self) -> None:
        """Press the back button."""
        self._send("browsingContext.traverseHistory", context=self._tab, delta=-1)

    def reload(self) -> None:
        """Press the reload button."""
        self._send("browsingContext.reload", context=self._tab, wait="complete")

    def press(self, key: str) -> None:
        """Press a key, with what is held down with it."""
        toetsen = combinatie(key)
        neer = [{"type": "keyDown", "value": toets} for toets in toetsen]
        op = [{"type": "keyUp", "value": toets} for toets in reversed(toetsen)]
        self._perform({"type": "key", "id": "toetsen", "actions": [*neer, *op]})

    def new_tab(self) -> int:
        """Open a tab."""
        self._tabs.append(self._send("browsingContext.create", type="tab")["context"])
        self.tab(len(self._tabs) - 1)
        return len(self._tabs) - 1

    def tab(self, nummer: int) -> None:
        """Go to a tab."""
        self._tab = self._tabs[nummer]
        self._send("browsingContext.activate", context=self._tab)
        self._send("browsingContext.setViewport", context=self._tab, viewport={"width": BREED, "height": HOOG})

    def offline(self, aan: bool) -> bool:
        """Cut the network."""
        stand = {"type": "offline"} if aan else None
        self._send("emulation.setNetworkConditions", networkConditions=stand)
        return True

    def watch(self) -> None:
        """Keep requests and errors."""
        self._send("session.subscribe", events=["network.beforeRequestSent", "log.entryAdded"])
        self._gebeurd.clear()

    def requests(self) -> list[str] | None:
        """The addresses that were asked for."""
        return [feit["request"]["url"] for feit in self._events("network.beforeRequestSent")]

    def errors(self) -> list[str] | None:
        """What went wrong on the pages."""
        return [str(feit["text"]) for feit in self._events("log.entryAdded") if feit["level"] == "error"]

    def close(self) -> None:
        """End it."""
        with self._stapel, suppress(MotorFout, subprocess.TimeoutExpired):
            self._send("browser.close")
            self._proces.wait(timeout=20)

    def _evaluate(self, script: str) -> str:
        waar = {"context": self._tab}
        gedaan = self._send("script.evaluate", expression=script, target=waar, awaitPromise=True)
        if gedaan["type"] == "exception":
            raise MotorFout(gedaan["exceptionDetails"]["text"])
        return str(gedaan["result"]["value"])

    def _click(self, css: str) -> None:
        zoek = {"type": "css", "value": css}
        gevonden = self._send("browsingContext.locateNodes", context=self._tab, locator=zoek, maxNodeCount=1)
        if not gevonden["nodes"]:
            raise MotorFout(f"{css}: is er niet meer")
        element = {"type": "element", "element": {"sharedId": gevonden["nodes"][0]["sharedId"]}}
        beweging = {"type": "pointerMove", "x": 0, "y": 0, "origin": element}
        knop = [{"type": soort, "button": 0} for soort in ("pointerDown", "pointerUp")]
        self._perform({"type": "pointer", "id": "muis", "actions": [beweging, *knop]})

    def _keys(self, css: str, text: str) -> None:  # noqa: ARG002 - it has the focus
        paren = [({"type": "keyDown", "value": teken}, {"type": "keyUp", "value": teken}) for teken in text]
        self._perform({"type": "key", "id": "toetsen", "actions": list(itertools.chain.from_iterable(paren))})

    def _perform(self, bron: dict[str, Any]) -> None:
        self._send("input.performActions", context=self._tab, actions=[bron])

    def _events(self, naam: str) -> list[dict[str, Any]]:
        # events come in between the answers, so ask something first
        self._send("session.status")
        return [gebeurd["params"] for gebeurd in self._gebeurd if gebeurd["method"] == naam]

    def _luistert(self) -> str:
        """The address where Firefox listens, once it does."""
        einde = time.monotonic() + GEDULD
        while time.monotonic() < einde and self._proces.poll() is None:
            try:
                gegevens = json.loads((self._profiel / AANGEMELD).read_text(encoding="utf-8"))
                return f"ws://{gegevens['ws_host']}:{gegevens['ws_port']}"
            except (OSError, ValueError):
                time.sleep(0.02)
        raise browser.GeenBrowser(
            f"Firefox is er, maar start niet: {' '.join(map(str, self._proces.args))} "  # type: ignore[arg-type]
            f"(afsluitcode {self._proces.poll()})"
        )

    def _send(self, opdracht: str, **gegevens: Any) -> dict[str, Any]:
        """What Firefox answers to a command; events that come first are kept."""
        nummer = next(self._nummers)
        try:
            self._lijn.send(json.dumps({"id": nummer, "method": opdracht, "params": gegevens}))
            while True:
                bericht: dict[str, Any] = json.loads(self._lijn.recv(timeout=2 * GEDULD))
                if bericht["type"] == "event":
                    self._gebeurd.append(bericht)
                elif bericht["id"] == nummer:
                    break
        except (WebSocketException, TimeoutError) as fout:
            raise MotorFout(f"{opdracht}: {fout}") from fout
        if bericht["type"] == "error":
            raise MotorFout(f"{opdracht}: {bericht['error']}, {bericht['message']}")
        resultaat: dict[str, Any] = bericht["result"]
        return resultaat
