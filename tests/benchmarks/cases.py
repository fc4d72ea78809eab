"""What is measured: who brings Python to the page, in which browser, with which profile, over which line."""

from dataclasses import dataclass
from typing import Literal

from tests.engines import Engine

type Profile = Literal["koud", "warm"]

WEGWIJZER = "/wegwijzer/"
PAGE = "/thuis/"
"""An ordinary page of the site: neither its shortest nor its longest."""

PYTHON_FOLDER = "/assets/wegwijzer/"
SNAPSHOT = "/assets/wegwijzer/python/snapshot."


@dataclass(frozen=True, kw_only=True)
class Case:
    """One kind of visit. ``folder`` opens the page from disk; ``withheld`` are parts of paths that get a 404."""

    who: str
    path: str
    engine: Engine = "chromium"
    profile: Profile = "koud"
    slow: bool = False
    folder: bool = False
    withheld: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the case in the figures, such as "chromium koud traag wegwijzer"."""
        return " ".join([self.engine, self.profile, *(["traag"] if self.slow else []), self.who])


def _contender(page: str) -> str:
    return f"/tegen/{page}.html"


def _with(engine: Engine = "chromium", *, profile: Profile = "koud", slow: bool = False) -> dict[str, Case]:
    paths = {
        "wegwijzer": WEGWIJZER,
        "kaal": _contender("kaal"),
        "kaal-worker": _contender("kaal-worker"),
        "pyscript": _contender("pyscript"),
        "micropython": _contender("micropython"),
        "pagina": PAGE,
    }
    return {who: Case(who=who, path=path, engine=engine, profile=profile, slow=slow) for who, path in paths.items()}


def _chosen(cases: dict[str, Case], *who: str) -> tuple[Case, ...]:
    return tuple(cases[name] for name in who)


CASES: tuple[Case, ...] = (
    *_chosen(_with(), "wegwijzer", "kaal", "pyscript", "pagina"),
    Case(who="wegwijzer-gewoon", path=WEGWIJZER, withheld=(SNAPSHOT,)),
    Case(who="wegwijzer-map", path=WEGWIJZER, folder=True),
    *_chosen(_with(), "micropython", "kaal-worker"),
    *_chosen(_with(profile="warm"), "wegwijzer", "kaal", "micropython"),
    *_chosen(_with(slow=True), "wegwijzer", "kaal", "micropython"),
    *_chosen(_with("firefox"), "wegwijzer", "kaal", "micropython"),
    *_chosen(_with("webkit"), "wegwijzer", "kaal", "micropython"),
)
"""In the order of a round: who is compared stands close together, so that the same noise hits both."""
