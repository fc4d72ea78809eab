"""The records of the model as plain data, in words and with sources, given the answers that counted.

Wording and choice come from the model. A claim that cannot hold with the answers given is left out, one of
which that is unknown stays.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from wizard.engine import Feiten, Uitslag, holds
from wizard.model import (
    WEET_NIET,
    Actie,
    Doel,
    Fase,
    MethodeStap,
    Model,
    Regel,
    Spoor,
    Stap,
    Substap,
    Tabel,
    Termijn,
    Uitspraak,
    Verwijzing,
    Voorwaarde,
    Vraag,
    WieDoet,
)

type Data = dict[str, Any]

ZEKERHEID = {
    "bepaald": "Bepaald",
    "voorbehoud": "Bepaald, met voorbehoud",
    "open": "Nog niet te bepalen",
    "stilte": "De bronnen zeggen hier niets over",
}
"""How sure an outcome is, in words."""

ANALOGIE = "Naar analogie, met voorbehoud"
"""The same for an outcome outside the area that the sources are about."""


class Schrijver:
    """Writes records of one model as plain data, given the answers that counted."""

    def __init__(self, model: Model, feiten: Feiten | None = None, *, elders: bool = False) -> None:
        """Keep the model to look names up in, and the facts that decide which claims can hold.

        ``elders`` says that the sources are about another area: then nothing is settled, but by analogy.
        """
        self.model = model
        self.feiten = feiten or {}
        self.elders = elders

    def bron(self, verwijzingen: Iterable[Verwijzing]) -> list[Data]:
        """Sources with their titles, so that a reader needs no table of ids."""
        gevonden = []
        for verwijzing in verwijzingen:
            bron = self.model.bron[verwijzing.document]
            sectie = next(sectie for sectie in bron.secties if sectie.id == verwijzing.plaats)
            gevonden.append(
                {
                    "document": bron.id,
                    "plaats": sectie.id,
                    "titel": bron.kort,
                    "sectie": sectie.titel,
                    "regels": verwijzing.regels,
                    "volgt": verwijzing.volgt,
                }
            )
        return gevonden

    def partijen(self, ids: Iterable[str]) -> list[Data]:
        """Parties by id and name."""
        return [{"id": id_, "naam": self.model.rol[id_].naam} for id_ in ids]

    def wie(self, lijst: Iterable[WieDoet]) -> list[Data]:
        """Who does what, with the party's name."""
        return [
            {
                "rol": doet.rol,
                "naam": self.model.rol[doet.rol].naam,
                "tekst": doet.tekst,
                "bron": self.bron(doet.bron),
            }
            for doet in lijst
        ]

    def uitspraken(self, uitspraken: Iterable[Uitspraak]) -> list[Data]:
        """The claims that can hold; ``geldt`` is false where that hangs on an answer that is missing."""
        return [
            self._uitspraak(uitspraak, geldt is True)
            for uitspraak in uitspraken
            if (geldt := holds(uitspraak.als, self.feiten)) is not False
        ]

    def acties(self, acties: Iterable[Actie]) -> list[Data]:
        """What is to be done, with who does it; ``geldt`` as for a claim."""
        return [
            {"tekst": actie.tekst, "wie": self.partijen(actie.wie)} | self._uitspraak(actie, geldt is True)
            for actie in acties
            if (geldt := holds(actie.als, self.feiten)) is not False
        ]

    def _uitspraak(self, uitspraak: Uitspraak | Actie, geldt: bool) -> Data:
        rest = {"spanning": list(uitspraak.spanning), "bron": self.bron(uitspraak.bron)}
        return {"tekst": uitspraak.tekst, "geldt": geldt} | rest

    def vraag(self, vraag: Vraag) -> Data:
        """A question with its options; *weet ik niet* is the last one where the question has it."""
        opties = [{"id": optie.id, "tekst": optie.tekst, "uitleg": optie.uitleg} for optie in vraag.opties]
        if vraag.weet_niet:
            opties.append({"id": WEET_NIET, "tekst": "Weet ik niet", "uitleg": ""})
        return {
            "id": vraag.id,
            "deel": vraag.deel,
            "tekst": vraag.tekst,
            "kort": vraag.kort,
            "waarom": vraag.waarom,
            "uitleg": vraag.uitleg,
            "opties": opties,
            "bron": self.bron(vraag.bron),
        }

    def gegeven(self, antwoorden: Mapping[str, str]) -> list[Data]:
        """Answers in words."""
        lijst = []
        for id_, optie in antwoorden.items():
            vraag = self.model.vraag[id_]
            lijst.append(
                {
                    "vraag": id_,
                    "deel": vraag.deel,
                    "kort": vraag.kort,
                    "tekst": vraag.tekst,
                    "optie": optie,
                    "antwoord": option_text(vraag, optie),
                }
            )
        return lijst

    def uitslag(self, uitslag: Uitslag) -> Data:
        """What a table says: its outcomes, the rows that matched, and what would settle it."""
        tabel = uitslag.tabel
        zekerheid, zeker = uitslag.zekerheid, ZEKERHEID[uitslag.zekerheid]
        if self.elders and zekerheid in {"bepaald", "voorbehoud"}:
            zekerheid, zeker = "voorbehoud", ANALOGIE
        return {
            "tabel": tabel.id,
            "titel": tabel.titel,
            "vraag": tabel.vraag,
            "zekerheid": zekerheid,
            "zeker": zeker,
            "uitkomsten": [self.uitkomst(tabel, id_) for id_ in uitslag.uitkomsten],
            "regels": [self.regel(tabel, regel) for regel in uitslag.regels],
            "uitzoeken": [
                {
                    "vraag": vraag.id,
                    "kort": vraag.kort,
                    "tekst": vraag.tekst,
                    "hoe": vraag.weet_niet.hoe,
                    "wie": self.partijen(vraag.weet_niet.wie),
                    "bron": self.bron(vraag.weet_niet.bron),
                }
                for vraag in uitslag.uitzoeken
                if vraag.weet_niet
            ],
        }

    def uitkomst(self, tabel: Tabel, id_: str) -> Data:
        """An outcome by name; one of the table's own with its text and sources."""
        for eigen in tabel.overig:
            if eigen.id == id_:
                return {
                    "id": id_,
                    "soort": "overig",
                    "naam": eigen.naam,
                    "tekst": eigen.tekst,
                    "wie": self.partijen(eigen.wie),
                    "acties": self.acties(eigen.acties),
                    "bron": self.bron(eigen.bron),
                }
        if tabel.soort == "fase":
            fase = self.model.fase[id_]
            return {"id": id_, "soort": "fase", "naam": fase.kop, "tekst": fase.kort}
        if tabel.soort == "stap":
            stap = self.model.stap[id_]
            return {"id": id_, "soort": "stap", "naam": stap.kop, "tekst": stap.kort}
        if tabel.soort == "methode":
            methode = self.model.methode_stap[id_]
            return {"id": id_, "soort": "methode", "naam": methode.kop, "tekst": methode.kort}
        # what a party does in general is not what it has to do here: the row says that
        return {"id": id_, "soort": "rol", "naam": self.model.rol[id_].naam, "tekst": ""}

    def regel(self, tabel: Tabel, regel: Regel) -> Data:
        """A row that matched, in words."""
        return {
            "id": regel.id,
            "als": self.voorwaarde(regel.als),
            "naar": regel.dan,
            "dan": self.uitkomst(tabel, regel.dan)["naam"],
            "omdat": regel.omdat,
            "voorbehoud": regel.voorbehoud,
            "ook": [self.uitkomst(tabel, id_)["naam"] for id_ in regel.ook],
            "spanning": list(regel.spanning),
            "bron": self.bron(regel.bron),
        }

    def voorwaarde(self, als: Voorwaarde) -> list[Data]:
        """A condition in words: per question the options with which it holds."""
        return [
            {
                "vraag": id_,
                "kort": self.model.vraag[id_].kort,
                "opties": [option_text(self.model.vraag[id_], optie) for optie in opties],
            }
            for id_, opties in als.items()
        ]

    def fase(self, fase: Fase) -> Data:
        """A phase: its goals with who carries each, and its claims per aspect, silences included."""
        return {
            "id": fase.id,
            "nummer": fase.nummer,
            "naam": fase.naam,
            "afkorting": fase.afkorting,
            "kort": fase.kort,
            "plaats": fase.plaats,
            "volgorde": fase.volgorde,
            "doelen": [self.doel(doel) for doel in fase.doelen],
            "aspecten": [
                {
                    "id": aspect.id,
                    "titel": aspect.titel,
                    "deel": aspect.deel,
                    "uitspraken": self.uitspraken(fase.cellen.get(aspect.id, ())),
                }
                for aspect in self.model.aspecten
            ],
            "bron": self.bron(fase.bron),
        }

    def doel(self, doel: Doel) -> Data:
        """A goal by name, with the parties that carry it."""
        wie = self.partijen(doel.wie)
        voorbehoud = self.uitspraken(uitspraak for uitspraak in doel.voorbehoud if holds(uitspraak.als, self.feiten))
        rest = {"voorbehoud": voorbehoud, "spanning": list(doel.spanning), "bron": self.bron(doel.bron)}
        return {"letter": doel.letter, "naam": doel.naam, "hoe": doel.hoe, "wie": wie} | rest

    def stap(self, stap: Stap) -> Data:
        """A step with all that hangs under it; ``geldt`` of a sub-step is ja, nee or hangt-af."""
        return {
            "id": stap.id,
            "nummer": stap.nummer,
            "titel": stap.titel,
            "deel": stap.deel,
            "kort": stap.kort,
            "wat": self.uitspraken(stap.wat),
            "wie": self.wie(stap.wie),
            "uitkomsten": self.uitspraken(stap.uitkomsten),
            "substappen": [
                {
                    "nummer": substap.nummer,
                    "tekst": substap.tekst,
                    "voorwaarde": substap.voorwaarde,
                    "geldt": self.geldt(substap),
                    "tegen": self.tegen(substap),
                    "wie": self.partijen(substap.wie),
                    "spanning": list(substap.spanning),
                    "bron": self.bron(substap.bron),
                }
                for substap in stap.substappen
            ],
            "let_op": self.uitspraken(stap.let_op),
            "bron": self.bron(stap.bron),
        }

    def geldt(self, substap: Substap) -> str:
        """Whether a sub-step applies. A condition that only words can tell leaves it open."""
        uitslag = holds(substap.als, self.feiten)
        if uitslag is False:
            return "nee"
        alleen_woorden = substap.deels or (substap.voorwaarde and not substap.als)
        return "ja" if uitslag and not alleen_woorden else "hangt-af"

    def tegen(self, substap: Substap) -> list[str]:
        """The answers and outcomes that rule a sub-step out, in words."""
        gevonden = []
        for id_, opties in (substap.als or {}).items():
            mogelijk = self.feiten.get(id_, frozenset(opties))
            if mogelijk.isdisjoint(opties):
                gevonden += [self.feit(id_, optie) for optie in sorted(mogelijk)]
        return gevonden

    def feit(self, id_: str, waarde: str) -> str:
        """An answer to a question, or an outcome of a table, in words."""
        if id_ in self.model.vraag:
            vraag = self.model.vraag[id_]
            return f"{vraag.kort}: {option_text(vraag, waarde)}"
        tabel = self.model.tabel[id_]
        return f"{tabel.titel}: {self.uitkomst(tabel, waarde)['naam']}"

    def methode(self, stap: MethodeStap) -> Data:
        """A step of the method: what, who, on which term, under which condition, and with which instrument."""
        instrumenten = [self.model.instrument[id_] for id_ in stap.instrumenten]
        return {
            "id": stap.id,
            "titel": stap.kop,
            "kort": stap.kort,
            "wat": self.uitspraken(stap.wat),
            "wie": self.wie(stap.wie),
            "voorwaarden": self.uitspraken(stap.voorwaarden),
            "korte_termijn": self.uitspraken(stap.korte_termijn),
            "lange_termijn": self.uitspraken(stap.lange_termijn),
            "instrumenten": [
                {"id": instrument.id, "naam": instrument.naam, "waar": self.uitspraken(instrument.waar)}
                for instrument in instrumenten
            ],
            "bron": self.bron(stap.bron),
        }

    def termijn(self, termijn: Termijn) -> Data:
        """A term with the situation and the part of the region it is for, and the days it is counted from."""
        velden = ("id", "naam", "duur", "tekst", "situatie", "gebied")
        rest = {
            "ijkpunten": list(dict.fromkeys(regel.ijkpunt for regel in termijn.reken)),
            "spanning": list(termijn.spanning),
            "bron": self.bron(termijn.bron),
        }
        return {naam: getattr(termijn, naam) for naam in velden} | rest

    def spoor(self, spoor: Spoor) -> Data:
        """A track by id and title, with the parts of the conversation it can have."""
        vragen = {id_ for tabel in spoor.tabellen for id_ in self.model.tabel[tabel].invoer}
        delen = dict.fromkeys(vraag.deel for vraag in self.model.vragen if vraag.id in vragen)
        return {"id": spoor.id, "titel": spoor.titel, "groep": spoor.groep, "delen": list(delen)}


def in_words(bronnen: Iterable[Data]) -> str:
    """Sources, as ``Schrijver.bron`` gives them, on one line."""
    return "; ".join(f"{bron['titel']}, {bron['sectie']}, regel {bron['regels']}" for bron in bronnen)


def option_text(vraag: Vraag, optie: str) -> str:
    """An option of a question in words, *weet ik niet* included."""
    return next((mogelijk.tekst for mogelijk in vraag.opties if mogelijk.id == optie), "Weet ik niet")
