"""What one run leaves for the next: JSON in a file, under a key that says what it follows from.

A file carries a checksum, so that one that is damaged, cut off or of another form counts as not there. What is
kept can always be made anew; nothing here may change an outcome.
"""

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

READER = f"{version('ruamel.yaml')} {sys.version}"


def digest(*parts: str | bytes) -> str:
    """Give one key for all parts, in this order."""
    total = sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        # the length first, or two inputs that divide the same bytes otherwise would be one
        total.update(len(content).to_bytes(8, "big"))
        total.update(content)
    return total.hexdigest()


def contents(files: Iterable[Path]) -> str:
    """Give one key for these files: their paths and what is in them."""
    return digest(*(part for file in sorted(files) for part in (str(file), file.read_bytes())))


def sources(*folders: Path) -> str:
    """Give one key for the Python in these folders and the Python that runs it."""
    return digest(sys.version, contents(file for folder in folders for file in folder.glob("*.py")))


def recall(file: Path, key: str) -> Any:
    """Give what ``file`` keeps under this key, or None."""
    try:
        checksum, _, text = file.read_text(encoding="utf-8").partition("\n")
        if checksum != digest(text):
            return None
        kept = json.loads(text)
        return kept["value"] if kept["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(file: Path, key: str, value: Any) -> None:
    """Keep a value in ``file`` instead of what was there. A disk that is full or read-only is no reason to stop."""
    text = json.dumps({"key": key, "value": value}, ensure_ascii=False)
    with contextlib.suppress(OSError):
        replace(file, f"{digest(text)}\n{text}".encode())


def replace(file: Path, content: bytes) -> None:
    """Write a file as a whole: who reads it meanwhile, in another process too, has the old or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".nieuw-")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(content)
        # as any new file: mkstemp lets only the owner read it
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


class Texts:
    """The data of texts that were read before, so that only a changed file is parsed again."""

    def __init__(self, file: Path | None) -> None:
        """Take what an earlier run kept in ``file``; without one everything is read."""
        self._file = file
        self._known: dict[str, Any] = (recall(file, READER) if file else None) or {}
        self._used: dict[str, Any] = {}

    def data(self, text: str, read: Callable[[str], Any]) -> Any:
        """Give the data of a text; what ``read`` raises passes, and is not kept."""
        key = digest(text)
        if key in self._known:
            value = self._known[key]
        else:
            value = read(text)
            if not _survives(value):
                return value
        self._used[key] = value
        return value

    def keep(self) -> None:
        """Leave what this run used for the next, and nothing else."""
        if self._file and self._used.keys() != self._known.keys():
            keep(self._file, READER, self._used)


def _survives(value: Any) -> bool:
    """Whether a value comes back from JSON as it was: a date does not, nor a number as a key."""
    try:
        return bool(json.loads(json.dumps(value)) == value)
    except (TypeError, ValueError):
        return False
