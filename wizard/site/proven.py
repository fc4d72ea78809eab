"""The proof of the tables and the order of the questions, walked once for the same tables and the same code.

Both visit every state that the answers of a track can lead to, which takes seconds. They follow from the part of
the model that goes to the browser and from the Python that walks it; under a key made of just these two, and of
the Python that runs, the outcome is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from wizard.check import Bewijs, Telling, prove
from wizard.kept import digest, keep, recall, sources
from wizard.load import core
from wizard.model import Model
from wizard.site.order import Volgers, follows

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Bewezen:
    """The proof of a model, and by track what can follow each question."""

    bewijs: Bewijs
    volgers: Mapping[str, Volgers]


def proven(model: Model, kept: Path) -> Bewezen:
    """Give the proof of a model and the order of its questions, from the file ``kept`` when nothing has changed.

    A proof that found a defect is not kept. The order is only there for tables without one.
    """
    key = digest(repr(replace(core(model), versie="")), sources(HERE, HERE.parent))
    if (found := recall(kept, key)) is not None:
        bewijs = Bewijs(
            **{veld: waarde for veld, waarde in found["bewijs"].items() if veld not in {"sporen", "gevonden"}},
            sporen={id_: Telling(**telling) for id_, telling in found["bewijs"]["sporen"].items()},
        )
        volgers = {
            spoor: {vraag: tuple(lijst) for vraag, lijst in volgt.items()} for spoor, volgt in found["volgers"].items()
        }
        return Bewezen(bewijs=bewijs, volgers=volgers)
    bewijs = prove(model)
    if bewijs.gevonden:
        return Bewezen(bewijs=bewijs, volgers={})
    volgers = {spoor.id: dict(follows(model, spoor)) for spoor in model.sporen}
    keep(kept, key, {"bewijs": bewijs.as_dict(), "volgers": volgers})
    return Bewezen(bewijs=bewijs, volgers=volgers)
