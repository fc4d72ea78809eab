"""A server for tests that stop it, fill its folder anew or make it slow, at one address."""

import functools
import threading
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Webserver:
    """Serves ``map_``, which may be pointed elsewhere at any moment; ``gevraagd`` holds the paths asked for."""

    def __init__(self, map_: Path) -> None:
        """Begin at a free port."""
        self.map = map_
        self.gevraagd: list[str] = []
        self.dicht: tuple[str, threading.Event] | None = None
        self.weg = False
        self._poort = 0
        self.start()

    @property
    def adres(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self._poort}/"

    def start(self) -> None:
        """Serve, at the same port as before."""
        self.weg = False
        self._server = ThreadingHTTPServer(("127.0.0.1", self._poort), functools.partial(Verzoek, self))
        self._poort = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        """Be gone: a connection is refused from here on, and one that waits ends without an answer."""
        self.weg = True
        self._laat_los()
        self._server.shutdown()
        self._server.server_close()

    def hold(self, deel: str) -> Callable[[], None]:
        """Keep every request whose path has ``deel`` in it waiting until what this gives is called."""
        self.dicht = (deel, threading.Event())
        return self._laat_los

    def _laat_los(self) -> None:
        if self.dicht:
            self.dicht[1].set()
            self.dicht = None


class Verzoek(SimpleHTTPRequestHandler):
    """One request, answered from where the folder is now."""

    def __init__(self, server: Webserver, *args: Any) -> None:
        """Answer for ``server``."""
        self.van = server
        super().__init__(*args, directory=str(server.map))

    def do_GET(self) -> None:
        """Note the request, wait if it must, and answer."""
        self.van.gevraagd.append(self.path)
        dicht = self.van.dicht
        if dicht and dicht[0] in self.path:
            dicht[1].wait(60)
        if self.van.weg:
            self.close_connection = True
            return
        # by the second of a file, a build that was made right after another would be the same
        del self.headers["If-Modified-Since"]
        try:
            super().do_GET()
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
