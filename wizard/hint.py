"""A word that was probably meant: the same help in every message about a name that does not exist."""

import difflib
from collections.abc import Iterable


def hint(woord: str, bekend: Iterable[str]) -> str:
    """Give "; bedoel je ...?" with the known word that is most like ``woord``, or nothing."""
    lijkt = difflib.get_close_matches(woord, list(bekend), n=1)
    return f"; bedoel je {lijkt[0]!r}?" if lijkt else ""
