"""Jinja's compiled templates, kept between builds: compiling them takes longer than filling them.

Jinja has such a store itself, but trusts what it finds there. Here a file that is damaged counts as not there, and
what is no longer used goes away.
"""

import contextlib
import shutil
import sys
import time
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from wizard.kept import digest, replace

DAYS = 14
"""How long a compiled template stays; one that is still used is then made again."""


class Compiled(BytecodeCache):
    """Keeps what Jinja makes of each source, for this version of Jinja and of Python."""

    def __init__(self, folder: Path) -> None:
        """Keep it under ``folder``, which no other environment uses: options of Jinja are not part of the key."""
        self._folder = folder / digest(version("jinja2"), sys.version)[:16]
        self._prune(folder)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, when it is there and whole; Jinja compares it with the source."""
        with contextlib.suppress(OSError):
            content = (self._folder / bucket.key).read_bytes()
            if content[:32] == sha256(content[32:]).digest():
                bucket.bytecode_from_string(content[32:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template; a disk that is full or read-only is no reason to stop."""
        content = bucket.bytecode_to_string()
        with contextlib.suppress(OSError):
            replace(self._folder / bucket.key, sha256(content).digest() + content)

    def _prune(self, folder: Path) -> None:
        limit = time.time() - DAYS * 24 * 3600
        for found in (*folder.glob("*"), *self._folder.glob("*")):
            if found.is_dir() and found != self._folder:
                shutil.rmtree(found, ignore_errors=True)
            elif found.is_file():
                with contextlib.suppress(OSError):
                    if found.stat().st_mtime < limit:
                        found.unlink()
