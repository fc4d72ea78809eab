"""What the server has to give: every file with the bytes that go over the line, compressed once and kept."""

import hashlib
import json
import mimetypes
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from wizard.site import npm

COMPRESS = Path(__file__).with_name("compress.mjs")
METER = Path(__file__).with_name("meter.js")
METER_URL = "/meter.js"
HEAD = re.compile(rb"<head[^>]*>\s*(?:<meta charset=[^>]*>)?", re.IGNORECASE)
HASHED = re.compile(r"\.[0-9a-f]{8,}\.")
TYPES = {
    ".wasm": "application/wasm",
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".py": "text/plain",
}
PACKED = (".br", ".gz", ".png", ".jpg", ".webp", ".woff2")
"""What is compressed already, beyond gain."""

WORTH = 0.98
"""A compressed copy that is hardly smaller is not worth unpacking; the same rule for every file of everyone."""


@dataclass(frozen=True, kw_only=True)
class Body:
    """A response: the bytes as they go over the line, how they are encoded ("" for not), and its headers."""

    data: bytes
    encoding: str
    headers: Mapping[str, str]
    etag: str


class Files:
    """Folders under prefixes of the address, read at the first request and kept in memory."""

    def __init__(self, folders: Mapping[str, Path], cache: Path) -> None:
        """Serve ``folders`` (prefix to folder, the longest prefix wins); keep compressed copies in ``cache``."""
        self._folders = sorted(folders.items(), key=lambda paar: -len(paar[0]))
        self._cache = cache
        self._bodies: dict[tuple[str, str], Body] = {}
        cache.mkdir(parents=True, exist_ok=True)

    def find(self, path: str) -> Path | None:
        """The file behind a path of the address, or None."""
        for prefix, folder in self._folders:
            if path.startswith(prefix):
                file = folder / path.removeprefix(prefix)
                file = file / "index.html" if path.endswith("/") else file
                return file if file.is_file() and ".." not in path else None
        return None

    def get(self, path: str, encoding: str) -> Body | None:
        """The response for a path in "br", "gzip" or "" (not encoded); None when there is no such file."""
        found = self._bodies.get((path, encoding))
        if found is None and (file := self.find(path)) is not None:
            found = self._bodies[path, encoding] = self._make(file, path, encoding)
        return found

    def paths(self) -> Iterator[str]:
        """Every path of the address that brings a file; a page as the folder that it is in."""
        for prefix, folder in self._folders:
            for file in sorted(folder.rglob("*")):
                path = f"{prefix}{file.relative_to(folder).as_posix()}"
                if file.is_file():
                    yield path.removesuffix("index.html")

    def prepare(self, paths: Iterable[str], encoding: str) -> None:
        """Compress the files behind these paths now, so that no measurement waits for it."""
        for path in paths:
            self.get(path, encoding)

    def _make(self, file: Path, path: str, encoding: str) -> Body:
        plain = metered(file.read_bytes()) if file.suffix == ".html" else file.read_bytes()
        key = hashlib.sha256(plain).hexdigest()
        data, how = plain, ""
        if encoding and len(plain) > 256 and file.suffix not in PACKED:
            packed = self._packed(file, plain, key, encoding)
            if len(packed) < WORTH * len(plain):
                data, how = packed, encoding
        return Body(data=data, encoding=how, headers=_headers(file, path), etag=f'"{key[:16]}{how}"')

    def _packed(self, file: Path, plain: bytes, key: str, encoding: str) -> bytes:
        beside = file.with_name(file.name + {"br": ".br", "gzip": ".gz"}[encoding])
        if file.suffix != ".html" and beside.is_file():
            # a copy that the site brings along, for hosts that can serve it
            return beside.read_bytes()
        target = self._cache / f"{key[:32]}.{encoding}"
        if not target.is_file():
            source = target.with_suffix(".bron")
            source.write_bytes(plain)
            job = json.dumps([[str(source), str(target), encoding]])
            npm.node([str(COMPRESS), job], cwd=self._cache, step="Het inpakken voor de meting")
            source.unlink(missing_ok=True)
        return target.read_bytes()


def metered(html: bytes, meter: str = METER_URL) -> bytes:
    """Put the meter at the top of a page, so that nothing on the page starts before it listens."""
    tag = f'<script src="{meter}"></script>'.encode()
    return HEAD.sub(lambda head: head[0] + tag, html, count=1)


def kind(path: str) -> str:
    """What a path of the address brings: html, css, js, font, or something else ("overig")."""
    name = path.rpartition("/")[2]
    suffix = name.rpartition(".")[2] if name else "html"
    return {"mjs": "js", "woff2": "font", "woff": "font"}.get(
        suffix, suffix if suffix in ("html", "css", "js") else "overig"
    )


def _headers(file: Path, path: str) -> dict[str, str]:
    suffix = "".join(file.suffixes[-1:])
    kind = TYPES.get(suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    forever = HASHED.search(file.name) or (path.startswith("/tegen/") and suffix != ".html")
    headers = {
        "Content-Type": f"{kind}; charset=utf-8" if kind.startswith(("text/", "application/json")) else kind,
        "Cache-Control": "public, max-age=31536000, immutable" if forever else "no-cache",
    }
    if path.startswith("/tegen/"):
        # PyScript's worker talks to the page through shared memory, which a browser gives to isolated pages only
        headers |= {
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Embedder-Policy": "require-corp",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
    return headers
