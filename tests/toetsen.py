"""Names of keys, as playwright has them, in the characters of the WebDriver standard."""

import re

from selenium.webdriver.common.keys import Keys


def combinatie(key: str) -> list[str]:
    """The keys of ``Control+a`` or ``ArrowDown``, in the order in which they go down."""
    return [_teken(deel) for deel in key.split("+")] if len(key) > 1 else [key]


def _teken(naam: str) -> str:
    if len(naam) == 1:
        return naam
    teken: str = getattr(Keys, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", naam).upper())
    return teken
