"""What another answer would have changed, for every answer that counted."""

from wizard.engine import Stand, outcomes
from wizard.model import Model
from wizard.schrijver import Data, Schrijver, option_text

HOOFDZAKEN = ("fase", "verantwoordelijk", "zaak", "methode", "stap")
"""The parts of the advice of which a reader wants to know whether they would change."""


def what_if(model: Model, stand: Stand) -> list[Data]:
    """Give per answered question what each other answer leads to, all other answers being the same.

    An answer that makes new questions needed leaves open what those decide: then ``dan`` has more outcomes.
    """
    schrijver = Schrijver(model)
    tabellen = [model.tabel[id_] for id_ in stand.spoor.tabellen if model.tabel[id_].onderdeel in HOOFDZAKEN]
    ids = [tabel.id for tabel in tabellen]
    nu = outcomes(model, stand.antwoorden, ids)
    gevonden = []
    for id_, gegeven in stand.antwoorden.items():
        vraag = model.vraag[id_]
        anders = []
        for optie in vraag.optie_ids:
            if optie == gegeven:
                continue
            dan = outcomes(model, {**stand.antwoorden, id_: optie}, ids)
            anders.append(
                {
                    "optie": optie,
                    "antwoord": option_text(vraag, optie),
                    "verschil": [
                        {
                            "titel": tabel.titel,
                            "nu": [schrijver.uitkomst(tabel, uitkomst)["naam"] for uitkomst in nu[tabel.id]],
                            "dan": [schrijver.uitkomst(tabel, uitkomst)["naam"] for uitkomst in dan[tabel.id]],
                        }
                        for tabel in tabellen
                        if set(dan[tabel.id]) != set(nu[tabel.id])
                    ],
                }
            )
        gevonden.append({"vraag": id_, "tekst": vraag.tekst, "anders": anders})
    return gevonden
