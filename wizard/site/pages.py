"""Pages from the model: which pages there are, and how a template is filled.

Templates are Markdown with HTML in it, so that headings land in the table of contents and the search
index. A link that leads to no page of the site is an error that names the page it stands on.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from mkdocs.utils.meta import get_data

from wizard.advies import Schrijver
from wizard.check import Bewijs
from wizard.model import Model, Verwijzing
from wizard.references import Record, Register, citation, walk

TEMPLATES = Path(__file__).parent / "templates"

type Link = Callable[[str], str]
"""Gives the address of a page (by its path under docs/) as seen from the page being written."""


@dataclass(frozen=True, kw_only=True)
class Pagina:
    """A page made from one record: its path under docs/, its template, and the record."""

    pad: str
    template: str
    record: Any


def pages(model: Model) -> tuple[Pagina, ...]:
    """Every page that the model gives rise to, in reading order."""
    return (
        *(Pagina(pad=path("fase", fase.id), template="fase.md", record=fase) for fase in model.fasen),
        *(Pagina(pad=path("stap", stap.id), template="stap.md", record=stap) for stap in model.stappen),
        *(Pagina(pad=path("rol", rol.id), template="rol.md", record=rol) for rol in model.rollen),
        *(Pagina(pad=path("bron", bron.id), template="bron.md", record=bron) for bron in model.bronnen),
        *(Pagina(pad=path("methode", stap.id), template="methode.md", record=stap) for stap in model.methode),
        *(Pagina(pad=path("instrument", i.id), template="instrument.md", record=i) for i in model.instrumenten),
        *(Pagina(pad=f"{o.map}/{o.id}.md", template="onderwerp.md", record=o) for o in model.onderwerpen),
    )


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


class Schrijfkamer:
    """Fills templates and the Jinja in hand-written pages, with the model at hand."""

    def __init__(self, model: Model, bewijs: Bewijs, docs: Path) -> None:
        """Prepare the environment; templates are read again when they change. ``docs`` has the written pages."""
        self.model = model
        self._omgeving = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # {#id} is how Markdown names a heading
            comment_start_string="{##",
            comment_end_string="##}",
        )
        self._omgeving.globals |= {
            "model": model,
            "schrijver": Schrijver(model),
            "path": path,
            "tabel": {tabel.id: tabel for tabel in model.tabellen},
            "gebruik": usage(model),
            "bewijs": bewijs,
            "titel": partial(title, model),
            "tensions": tensions,
            "raakt": touched(model),
            "verwijzing": partial(cite, model),
            "euro": euro,
            "eerste_getal": first_number,
            "kop": partial(heading, model, docs),
        }

    def render(self, tekst: str, link: Link, **namen: Any) -> str:
        """Fill the Jinja in ``tekst``; ``macros.jinja`` is there as ``m``."""
        sjabloon = self._omgeving.from_string("{% import 'macros.jinja' as m with context %}" + tekst)
        return sjabloon.render(link=partial(_adres, link), **namen)

    def page(self, pagina: Pagina) -> str:
        """A generated page with its title, its body not yet filled: links need to know where it stands."""
        kop = _kop(self.model, pagina)
        # a JSON string is a YAML string too
        meta = f"title: {json.dumps(kop.titel)}\ndescription: {json.dumps(kop.kort)}"
        return f"---\n{meta}\n---\n\n" + (TEMPLATES / pagina.template).read_text(encoding="utf-8")


def _adres(link: Link, pad: str, anker: str = "") -> Markup:
    return Markup(link(pad) + (f"#{anker}" if anker else ""))  # noqa: S704 - built from our own page paths


def title(model: Model, soort: str, id_: str) -> str:
    """The title of the page about a record."""
    if soort == "fase":
        fase = model.fase[id_]
        return fase.kop + (f" ({fase.afkorting})" if fase.afkorting else "")
    if soort == "stap":
        return model.stap[id_].kop
    if soort == "methode":
        return model.methode_stap[id_].kop
    if soort in {"rol", "instrument"}:
        return str(getattr(model, soort)[id_].naam)
    return str(getattr(model, soort)[id_].titel)


def cite(model: Model, document: str, plaats: str, regels: str, volgt: str = "") -> Verwijzing:
    """A citation on a page written by hand; raises ``ValueError``, in Dutch, when it points to nothing."""
    verwijzing = Verwijzing(document=document, plaats=plaats, regels=regels, volgt=volgt)
    bronnen = [Record(lijst="bronnen", bestand="", pad="", waarde=bron) for bron in model.bronnen]
    for klacht in citation(verwijzing, Register(bronnen, ())):
        raise ValueError(klacht)
    return verwijzing


def euro(bedrag: float) -> str:
    """An amount in whole euros as Dutch writes it, such as € 44.000."""
    return "€\u00a0" + f"{bedrag:,.0f}".replace(",", ".")


def tensions(record: Any) -> list[str]:
    """The ids of every tension that a record touches, each once."""
    lijsten = (waarde for _, naam, waarde in walk("", record) if naam == "spanning")
    return list(dict.fromkeys(id_ for lijst in lijsten for id_ in lijst))


def first_number(tekst: str) -> int | None:
    """The first whole number in a text, such as 1143 in "1.143 leerlingen", or None."""
    gevonden = re.search(r"\d{1,3}(?:\.\d{3})+|\d+", tekst)
    return int(gevonden[0].replace(".", "")) if gevonden else None


@dataclass(frozen=True, kw_only=True)
class Kop:
    """What a link to a page says: its title, and what a reader finds there."""

    titel: str
    kort: str


def heading(model: Model, docs: Path, pad: str) -> Kop:
    """The title and description of the page at a path under docs/, generated or written by hand."""
    pad = pad.partition("#")[0]
    for pagina in pages(model):
        if pagina.pad == pad:
            return _kop(model, pagina)
    meta = get_data((docs / pad).read_text(encoding="utf-8"))[1]
    return Kop(titel=str(meta["title"]), kort=str(meta.get("description", "")))


def _kop(model: Model, pagina: Pagina) -> Kop:
    soort = pagina.template.removesuffix(".md")
    kort = pagina.record.over if soort == "bron" else pagina.record.kort
    return Kop(titel=title(model, soort, pagina.record.id), kort=kort)


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
    for termijn in model.termijnen:
        yield ("termijnen.md", termijn.id, f"Termijn: {termijn.naam}"), termijn
    for begrip in model.begrippen:
        yield ("begrippen.md", begrip.id, f"Begrip: {begrip.term}"), begrip
    for s in model.spanningen:
        yield ("bronnen/spanningen.md", s.id, s.titel), s
