"""Pages from the model: which pages there are, and how a template is filled.

Templates are Markdown with HTML in it, so that headings land in the table of contents and the search
index. A link that leads to no page of the site is an error that names the page it stands on.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from wizard.advies import Schrijver
from wizard.check import Bewijs
from wizard.model import Model, Verwijzing
from wizard.references import walk

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
    )


def path(soort: str, id_: str) -> str:
    """The page about a record, by kind and id."""
    if soort == "stap" and not id_.startswith("stap-"):
        return f"bijzonder/{id_}.md"
    map_ = {"fase": "fasen", "stap": "routekaart", "rol": "partijen", "bron": "bronnen"}[soort]
    return f"{map_}/{id_}.md"


class Schrijfkamer:
    """Fills templates and the Jinja in hand-written pages, with the model at hand."""

    def __init__(self, model: Model, bewijs: Bewijs) -> None:
        """Prepare the environment; templates are read again when they change."""
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
        }

    def render(self, tekst: str, link: Link, **namen: Any) -> str:
        """Fill the Jinja in ``tekst``; ``macros.jinja`` is there as ``m``."""
        sjabloon = self._omgeving.from_string("{% import 'macros.jinja' as m with context %}" + tekst)
        return sjabloon.render(link=partial(_adres, link), **namen)

    def page(self, pagina: Pagina) -> str:
        """A generated page with its title, its body not yet filled: links need to know where it stands."""
        soort = pagina.template.removesuffix(".md")
        kort = pagina.record.over if soort == "bron" else pagina.record.kort
        titel = title(self.model, soort, pagina.record.id)
        # a JSON string is a YAML string too
        kop = "\n".join(f"{naam}: {json.dumps(tekst)}" for naam, tekst in (("title", titel), ("description", kort)))
        return f"---\n{kop}\n---\n\n" + (TEMPLATES / pagina.template).read_text(encoding="utf-8")


def _adres(link: Link, pad: str, anker: str = "") -> Markup:
    return Markup(link(pad) + (f"#{anker}" if anker else ""))  # noqa: S704 - built from our own page paths


def title(model: Model, soort: str, id_: str) -> str:
    """The title of the page about a record."""
    if soort == "fase":
        fase = model.fase[id_]
        return fase.kop + (f" ({fase.afkorting})" if fase.afkorting else "")
    if soort == "stap":
        return model.stap[id_].kop
    return model.rol[id_].naam if soort == "rol" else model.bron[id_].titel


def tensions(record: Any) -> list[str]:
    """The ids of every tension that a record touches, each once."""
    lijsten = (waarde for _, naam, waarde in walk("", record) if naam == "spanning")
    return list(dict.fromkeys(id_ for lijst in lijsten for id_ in lijst))


def usage(model: Model) -> dict[tuple[str, str], dict[tuple[str, str, str], int]]:
    """Where each section of a source is used: (document, section) → (page, anchor, title) → claims."""
    gevonden: dict[tuple[str, str], dict[tuple[str, str, str], int]] = {}
    for plek, verwijzing in _verwijzingen(model):
        telling = gevonden.setdefault((verwijzing.document, verwijzing.plaats), {})
        telling[plek] = telling.get(plek, 0) + 1
    return gevonden


def _verwijzingen(model: Model) -> Iterator[tuple[tuple[str, str, str], Verwijzing]]:
    plekken: list[tuple[tuple[str, str, str], Any]] = []
    for soort, records in (("fase", model.fasen), ("stap", model.stappen), ("rol", model.rollen)):
        plekken += [((path(soort, r.id), "", title(model, soort, r.id)), r) for r in records]
    plekken += [(("wegwijzer/beslistabellen.md", t.id, f"Beslistabel: {t.titel}"), t) for t in model.tabellen]
    plekken += [(("wegwijzer/beslistabellen.md", f"vraag-{v.id}", f"Vraag: {v.kort}"), v) for v in model.vragen]
    plekken += [(("termijnen.md", t.id, f"Termijn: {t.naam}"), t) for t in model.termijnen]
    plekken += [(("bronnen/spanningen.md", s.id, s.titel), s) for s in model.spanningen]
    for plek, record in plekken:
        for _, _, waarde in walk("", record):
            if isinstance(waarde, Verwijzing):
                yield plek, waarde
