"""A host on the loopback that behaves as a real one does, slows down when asked, and counts what it sends."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.benchmarks.files import METER, METER_URL, Files

CHUNK = 16 * 1024
RUN_UP = "/aanloop"
REPORT = "/meting"

# Waits in a page of another origin, so that the browser is done starting up and the next page gets a process
# of its own, as a link from elsewhere would.
RUN_UP_PAGE = """<!doctype html><meta charset="utf-8"><title>Aanloop</title><script>
const [, wait, address] = /^#(\\d+),(.*)$/.exec(location.hash);
addEventListener('load', () => setTimeout(() => location.replace(address), Number(wait)));
</script>"""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line: bytes per second over all connections together, and seconds before each response starts."""

    rate: float
    latency: float


SLOW = Line(rate=20e6 / 8, latency=0.040)
"""20 Mbit/s and 40 ms."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A response: path, status, bytes on the wire with headers, moments since the epoch (s) of start and end."""

    path: str
    status: int
    bytes: int
    start: float
    end: float


@dataclass(kw_only=True)
class Desk:
    """What the server does at the moment, and what it saw; the measuring side changes and reads it."""

    files: Files
    encoding: str = "br"
    line: Line | None = None
    withheld: tuple[str, ...] = ()
    sent: list[Sent] = field(default_factory=list)
    reports: "Queue[dict[str, Any]]" = field(default_factory=Queue)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _free: float = 0.0

    def clear(self) -> None:
        """Forget what was sent and reported."""
        self.sent.clear()
        while True:
            try:
                self.reports.get_nowait()
            except Empty:
                return

    def pass_through(self, size: int, line: Line) -> None:
        """Wait until the line, shared by all connections, has carried this many bytes."""
        with self._lock:
            self._free = max(self._free, time.monotonic()) + size / line.rate
            moment = self._free
        time.sleep(max(0.0, moment - time.monotonic()))


class Handler(BaseHTTPRequestHandler):
    """Answers from the desk of its server."""

    protocol_version = "HTTP/1.1"
    # or the last part of a response waits 40 ms for the browser to confirm the part before it
    disable_nagle_algorithm = True
    server: "Host"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Give a file, the run-up, the meter, or take in a report that came as an address."""
        desk, start = self.server.desk, time.time()
        parts = urlsplit(self.path)
        if parts.path == RUN_UP:
            self._plain(200, RUN_UP_PAGE.encode(), "text/html; charset=utf-8")
        elif parts.path == METER_URL:
            # outside the line and the count: it is ours, not the page's
            self._plain(200, self.server.meter().encode(), "text/javascript; charset=utf-8")
        elif parts.path == REPORT:
            desk.reports.put(json.loads(parse_qs(parts.query)["data"][0]))
            self._plain(200, b"Gemeten.", "text/plain; charset=utf-8")
        else:
            status, size = self._file(parts.path)
            desk.sent.append(Sent(path=parts.path, status=status, bytes=size, start=start, end=time.time()))

    def do_POST(self) -> None:
        """Take in the report of a page."""
        self.server.desk.reports.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._plain(200, b"Gemeten.", "text/plain; charset=utf-8")

    def _file(self, path: str) -> tuple[int, int]:
        desk = self.server.desk
        accepted = self.headers.get("Accept-Encoding", "")
        encoding = (
            next((how for how in (desk.encoding, "gzip") if how and how in accepted), "") if desk.encoding else ""
        )
        body = None if any(part in path for part in desk.withheld) else desk.files.get(path, encoding)
        if body is None:
            return 404, self._send(404, {"Content-Type": "text/plain"}, b"Niet gevonden.")
        headers = dict(body.headers) | {"ETag": body.etag, "Vary": "Accept-Encoding"}
        if self.headers.get("If-None-Match") == body.etag:
            return 304, self._send(304, headers, None)
        if body.encoding:
            headers["Content-Encoding"] = body.encoding
        return 200, self._send(200, headers, body.data)

    def _plain(self, status: int, data: bytes, kind: str) -> None:
        headers = {"Content-Type": kind, "Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"}
        self._send(status, headers, data, shaped=False)

    def _send(self, status: int, headers: dict[str, str], data: bytes | None, *, shaped: bool = True) -> int:
        line = self.server.desk.line if shaped else None
        if line:
            time.sleep(line.latency)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if data is not None:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        size = len(data or b"") + self.server.header_bytes(status, headers)
        try:
            for at in range(0, len(data or b""), CHUNK if line else 1 << 30):
                piece = (data or b"")[at : at + CHUNK] if line else (data or b"")
                if line:
                    self.server.desk.pass_through(len(piece), line)
                self.wfile.write(piece)
        except (BrokenPipeError, ConnectionResetError):
            # the browser was closed while something came in that nobody waits for any more
            self.close_connection = True
        return size


class Host(ThreadingHTTPServer):
    """The server with its desk."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, desk: Desk) -> None:
        """Listen on a free port of the loopback."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.desk = desk
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.run_up = f"http://localhost:{self.server_port}{RUN_UP}"

    def meter(self) -> str:
        """The text of the meter, which knows where to report to."""
        return METER.read_text(encoding="utf-8").replace("__WAAR__", self.address + REPORT)

    @staticmethod
    def header_bytes(status: int, headers: dict[str, str]) -> int:
        """About what the status line and the headers weigh."""
        return len(f"HTTP/1.1 {status}") + 64 + sum(len(name) + len(value) + 4 for name, value in headers.items())

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Leave it at that: a browser that closes cuts its connections."""


@contextmanager
def serve(desk: Desk) -> Iterator[Host]:
    """Run a host for as long as the context lasts."""
    host = Host(desk)
    threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()
