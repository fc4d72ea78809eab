"""Zip files of which equal content gives equal bytes, on every machine and at every hour."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

MOMENT = (2020, 1, 1, 0, 0, 0)
"""1 January 2020, for every file: what is inside tells the version, not a clock."""

UNIX = 3


def write(archive: Path, files: Iterable[tuple[str, bytes]], *, packed: bool) -> Path:
    """Write ``files``, by name and in this order, to ``archive``, and give it back.

    ``packed`` says whether each file is made smaller, or stored as it is.
    """
    with zipfile.ZipFile(archive, "w") as target:
        for name, content in files:
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.create_system = UNIX  # what Python would fill in differs per machine
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED, 9)
    return archive
