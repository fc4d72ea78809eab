"""The two commands of the README, which others call as they stand there."""

import os
import re
from pathlib import Path

PROJECT = Path(__file__).parent.parent


def test_the_first_two_blocks_of_the_readme_are_the_two_commands() -> None:
    """One line each: the first serves the site, the second runs the tests, and CI runs that same second one."""
    blokken = re.findall(r"```sh\n(.*?)```", (PROJECT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    serveren, testen = (blok.strip() for blok in blokken[:2])
    assert "\n" not in serveren + testen
    assert serveren.endswith("mkdocs serve")
    assert testen.endswith("pytest")
    regels = (PROJECT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert [regel for regel in regels if "uvw" in regel] == [testen]


def test_the_script_that_the_commands_call_can_be_run() -> None:
    """A fresh clone runs it as it is."""
    assert os.access(PROJECT / "uvw", os.X_OK)
