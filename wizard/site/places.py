"""Where things stand on the site: which page shows a record, and what a record cites or touches."""

from collections.abc import Iterator
from typing import Any

from wizard.model import Model, Verwijzing
from wizard.references import walk


def path(soort: str, id_: str) -> str:
    """The page about a record, by kind and id."""
    if soort == "stap" and not id_.startswith("stap-"):
        return f"bijzonder/{id_}.md"
    map_ = {
        "fase": "fasen",
        "stap": "routekaart",
        "rol": "partijen",
        "bron": "bronnen",
        "methode": "methode",
        "instrument": "instrumenten",
    }[soort]
    return f"{map_}/{id_}.md"


def title(model: Model, soort: str, id_: str) -> str:
    """The title of the page about a record."""
    record = getattr(model, {"methode": "methode_stap"}.get(soort, soort))[id_]
    if soort == "fase" and record.afkorting:
        return f"{record.kop} ({record.afkorting})"
    return next(str(getattr(record, naam)) for naam in ("kop", "titel", "naam") if hasattr(record, naam))


type Plek = tuple[str, str, str]
"""A place on the site: the page, the anchor on it, and what to call it."""


def usage(model: Model) -> dict[tuple[str, str], dict[Plek, int]]:
    """Where each section of a source is used: (document, section) → place → claims."""
    gevonden: dict[tuple[str, str], dict[Plek, int]] = {}
    for plek, record in places(model):
        for _, _, waarde in walk("", record):
            if isinstance(waarde, Verwijzing):
                telling = gevonden.setdefault((waarde.document, waarde.plaats), {})
                telling[plek] = telling.get(plek, 0) + 1
    return gevonden


def touched(model: Model) -> dict[str, list[Plek]]:
    """Where each tension plays: its id → the places that name it, each once."""
    gevonden: dict[str, list[Plek]] = {}
    for plek, record in places(model):
        for id_ in tensions(record):
            gevonden.setdefault(id_, []).append(plek)
    return gevonden


def places(model: Model) -> Iterator[tuple[Plek, Any]]:
    """Every record that the site shows, with the place where it stands."""
    for soort, records in (
        ("fase", model.fasen),
        ("stap", model.stappen),
        ("rol", model.rollen),
        ("methode", model.methode),
        ("instrument", model.instrumenten),
    ):
        for r in records:
            yield (path(soort, r.id), "", title(model, soort, r.id)), r
    for onderwerp in model.onderwerpen:
        for deel in onderwerp.delen:
            plek = (f"{onderwerp.map}/{onderwerp.id}.md", deel.id, f"{onderwerp.titel}: {deel.titel}")
            yield plek, deel
            for tabel in model.cijfers:
                if tabel.id in deel.cijfers:
                    yield plek, tabel
            if deel.figuur:
                for vak in model.vakken:
                    if vak.figuur == deel.figuur:
                        yield plek, vak
    for regio in model.regios:
        yield ("praktijk/regios.md", regio.id, f"Regio: {regio.naam}"), regio
    for t in model.tabellen:
        yield ("wegwijzer/beslistabellen.md", t.id, f"Beslistabel: {t.titel}"), t
    for v in model.vragen:
        yield ("wegwijzer/beslistabellen.md", f"vraag-{v.id}", f"Vraag: {v.kort}"), v
    for gevolg in model.gevolgen:
        yield ("wegwijzer/beslistabellen.md", f"gevolg-{gevolg.id}", f"Gevolg: {gevolg.titel}"), gevolg
    for termijn in model.termijnen:
        yield ("termijnen.md", termijn.id, f"Termijn: {termijn.naam}"), termijn
    for begrip in model.begrippen:
        yield ("begrippen.md", begrip.id, f"Begrip: {begrip.term}"), begrip
    for s in model.spanningen:
        yield ("bronnen/spanningen.md", s.id, s.titel), s


def tensions(record: Any) -> list[str]:
    """The ids of every tension that a record touches, each once."""
    lijsten = (waarde for _, naam, waarde in walk("", record) if naam == "spanning")
    return list(dict.fromkeys(id_ for lijst in lijsten for id_ in lijst))
