"""The advice as plain text, to paste into an OPP or minutes."""

from collections.abc import Iterable, Iterator

from wizard.schrijver import Data, in_words


def text(advies: Data, datum: str) -> str:
    """Give an advice as text: answers, what follows with reasons and sources, and with which rules it was made."""
    return "\n".join(_regels(advies, datum)).strip() + "\n"


def _regels(advies: Data, datum: str) -> Iterator[str]:
    yield f"Advies van de wegwijzer Holland Rijnland Methode: {advies['spoor']['titel'].lower()}"
    yield f"Gemaakt op {datum}. Versie van de regels: {advies['versie']}."
    yield "Dit is advies voor jullie gesprek. Jullie beslissen samen met ouders en leerling."
    yield from _kop("Antwoorden")
    for gegeven in advies["antwoorden"]:
        yield f"- {gegeven['tekst']} {gegeven['antwoord']}"
    for uitslag in advies["gebied"]:
        yield from _uitslag(uitslag)
    hoofd = [advies["fase"], *advies["zaak"], *advies["verantwoordelijk"], *advies["methode"], advies["stap"]]
    for uitslag in filter(None, hoofd):
        yield from _uitslag(uitslag)
        for stap in uitslag.get("stappen", ()):
            yield from _lijst(uitspraak["tekst"] for uitspraak in stap["wat"])
    for uitslag in advies["afspraken"]:
        yield from _uitslag(uitslag)
    for fase in (advies["fase"] or {}).get("fasen", ()):
        if fase["doelen"]:
            yield from _kop(f"Wie draagt welk doel in fase {fase['nummer']}")
            yield from _lijst(
                " ".join([f"{doel['naam']}: {doel['hoe']}.", *(deel["tekst"] for deel in doel["voorbehoud"])])
                for doel in fase["doelen"]
            )
    if advies["uitnodigen"]:
        yield from _kop("Wie erbij horen als er een overleg komt")
        yield from _lijst(f"{uitslag['titel']}: {_namen(uitslag)}" for uitslag in advies["uitnodigen"])
    for gevolg in advies["gevolgen"]:
        yield from _kop(gevolg["titel"])
        yield from _lijst(actie["tekst"] for actie in gevolg["acties"])
    if advies["termijnen"]:
        yield from _kop("Termijnen")
        yield from _lijst(
            f"{termijn['naam']}: {termijn['duur']} ({termijn['gebied']})" for termijn in advies["termijnen"]
        )
    if advies["spanningen"]:
        yield from _kop("Waar de bronnen botsen of zwijgen")
        yield from _lijst(f"{spanning['titel']}. {spanning['volgt']}" for spanning in advies["spanningen"])


def _uitslag(uitslag: Data) -> Iterator[str]:
    yield from _kop(uitslag["titel"])
    yield f"{_namen(uitslag)} ({uitslag['zeker'].lower()})"
    for uitkomst in uitslag["uitkomsten"]:
        yield from filter(None, [uitkomst["tekst"]])
        yield from _lijst(f"{actie['tekst']}{_wie(actie['wie'])}" for actie in uitkomst.get("acties", ()))
    for regel in uitslag["regels"]:
        yield f"Omdat: {regel['omdat']}"
        if regel["voorbehoud"]:
            yield f"Voorbehoud: {regel['voorbehoud']}"
        yield f"Bron: {in_words(regel['bron'])}"
    for vraag in uitslag["uitzoeken"]:
        yield f"Uitzoeken: {vraag['tekst']} {vraag['hoe']}"


def _kop(titel: str) -> Iterator[str]:
    yield ""
    yield titel.upper()


def _lijst(teksten: Iterable[str]) -> Iterator[str]:
    yield from (f"- {tekst}" for tekst in teksten)


def _namen(uitslag: Data) -> str:
    return " of ".join(uitkomst["naam"] for uitkomst in uitslag["uitkomsten"])


def _wie(partijen: list[Data]) -> str:
    return f" ({', '.join(partij['naam'] for partij in partijen)})" if partijen else ""
