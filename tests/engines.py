"""Chromium, Firefox and WebKit, to be driven in the same way.

>>> with start("firefox") as motor:
...     motor.open("http://127.0.0.1:8000/")
...     motor.click("a.ww-knop")
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

from tests import chromium, firefox, webkit
from tests.browser import GeenBrowser
from tests.motor import Motor, MotorFout

__all__ = ["MOTOREN", "Engine", "GeenBrowser", "Motor", "MotorFout", "start"]

Engine = Literal["chromium", "firefox", "webkit"]

MOTOREN: tuple[Engine, ...] = get_args(Engine)

_STARTERS: dict[Engine, Callable[[Path], Motor]] = {
    "chromium": chromium.Chromium,
    "firefox": firefox.Firefox,
    "webkit": webkit.Webkit,
}


@contextmanager
def start(engine: Engine, *, profile: Path | None = None) -> Iterator[Motor]:
    """Give a browser that runs, and end it afterwards.

    ``profile`` is a folder that is kept, for a second start that finds what the first one stored; without it each
    start is fresh. Raises ``GeenBrowser`` when this machine has no such browser and none can be had, with what
    was tried, and when it is asked for a profile where the engine keeps none: WebKit under a driver always
    forgets.
    """
    if profile is not None and engine == "webkit":
        raise GeenBrowser(
            "WebKit bewaart niets tussen twee keer starten zolang een test hem bestuurt (MiniBrowser --automation "
            "werkt als een privévenster). Meet daarom binnen één start, in een nieuw tabblad."
        )
    with tempfile.TemporaryDirectory(prefix="profiel-", ignore_cleanup_errors=True) as tijdelijk:
        map_ = profile or Path(tijdelijk)
        map_.mkdir(parents=True, exist_ok=True)
        with _STARTERS[engine](map_) as motor:
            yield motor
