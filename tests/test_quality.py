"""The code is as tidy as the configuration asks."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("opdracht", ["ruff check", "ruff format --check", "mypy --strict"])
def test_tool_has_no_complaint(opdracht: str) -> None:
    """The linter, the formatter and the type checker accept all code, tests included."""
    klaar = subprocess.run(  # noqa: S603 - our own words, and this interpreter
        [sys.executable, "-m", *opdracht.split()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
