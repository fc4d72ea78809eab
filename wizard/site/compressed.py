"""Compressed copies beside the files of a site, for a host that can serve them: `.br` and `.gz`.

The best setting of Brotli takes a minute for Python's machine and its memory, and saves a fifth against gzip. So its
outcome is kept, under a hash of the file. Pages get a quick setting: there are many, and all of them change with a
menu item.
"""

import contextlib
import gzip
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it has no stubs

from wizard.kept import digest, replace

SUFFIXES = frozenset(
    {".css", ".dmn", ".html", ".js", ".json", ".svg", ".txt", ".wasm", ".webmanifest", ".whl", ".xml", ".zip"}
)
"""Kinds of file that a browser asks for and that can become smaller. The archives of Python are not packed inside."""

ASIDE = "download"
"""The folder of files that are packed already, whatever they are called."""

SMALLEST = 1024
"""Bytes from which a copy is worth a file: less fits in one packet anyway."""

GAIN = 0.95
"""A copy that is larger than this part of the file is left out."""

QUICK, BEST = 6, 11
"""Settings of Brotli, for pages and for the rest."""

DAYS = 30
"""How long a kept copy stays after it was last used."""

type Packer = Callable[[bytes], bytes]


def compress(site: Path, cache: Path) -> dict[str, int]:
    """Write the copies under ``site``; give how many bytes they save, by suffix. Equal files give equal copies."""
    cache.mkdir(parents=True, exist_ok=True)
    files = [
        file
        for file in sorted(site.rglob("*"))
        if file.suffix in SUFFIXES
        and file.relative_to(site).parts[0] != ASIDE
        and file.is_file()
        and file.stat().st_size >= SMALLEST
    ]
    # both libraries let other threads go on while they work; the largest first, so that none is left alone at the end
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        largest = sorted(files, key=lambda file: -file.stat().st_size)
        saved = list(pool.map(partial(_copies, cache), largest))
    _prune(cache)
    return {suffix: sum(each.get(suffix, 0) for each in saved) for suffix in (".br", ".gz")}


def _copies(cache: Path, file: Path) -> dict[str, int]:
    content = file.read_bytes()
    quick = file.suffix == ".html"
    packers: dict[str, Packer] = {
        ".br": partial(brotli.compress, quality=QUICK if quick else BEST, lgwin=24),
        ".gz": partial(gzip.compress, compresslevel=9, mtime=0),
    }
    saved = {}
    for suffix, pack in packers.items():
        packed = pack(content) if quick else _kept(cache, suffix, content, pack)
        if len(packed) < GAIN * len(content):
            (file.parent / f"{file.name}{suffix}").write_bytes(packed)
            saved[suffix] = len(content) - len(packed)
    return saved


def _kept(cache: Path, suffix: str, content: bytes, pack: Packer) -> bytes:
    """Give what ``pack`` makes of a file, from ``cache`` when it is there and whole."""
    kept = cache / f"{digest(version('brotli'), str(BEST), content)[:32]}{suffix}"
    with contextlib.suppress(OSError):
        found = kept.read_bytes()
        if found[:32] == sha256(found[32:]).digest():
            os.utime(kept)
            return found[32:]
    packed = pack(content)
    with contextlib.suppress(OSError):
        replace(kept, sha256(packed).digest() + packed)
    return packed


def _prune(cache: Path) -> None:
    limit = time.time() - DAYS * 24 * 3600
    for kept in cache.iterdir():
        with contextlib.suppress(OSError):
            if kept.stat().st_mtime < limit:
                kept.unlink()
