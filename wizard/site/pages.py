"""Pages from the model: which pages there are, and how a template is filled.

Templates are Markdown with HTML in it, so that headings land in the table of contents and the search
index. A link that leads to no page of the site is an error that names the page it stands on.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from mkdocs.utils.meta import get_data

from wizard.check import GEBREKEN, Bewijs
from wizard.kept import digest
from wizard.model import Model, Spoor, Verwijzing
from wizard.references import Record, Register, citation
from wizard.schrijver import ZEKERHEID, Schrijver
from wizard.share import way_in
from wizard.site import hosts
from wizard.site.order import Tekening, Volgers, draw
from wizard.site.places import path, tensions, title, touched, usage

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


class Schrijfkamer:
    """Fills templates and the Jinja in hand-written pages, with the model at hand."""

    def __init__(
        self,
        model: Model,
        bewijs: Bewijs,
        docs: Path,
        volgers: Mapping[str, Volgers] | None = None,
        compiled: BytecodeCache | None = None,
    ) -> None:
        """Prepare the environment; templates are read again when they change. ``docs`` has the written pages.

        ``volgers`` is by track what can follow each question, for who has it already; ``compiled`` keeps templates.
        """
        self.model = model
        self._teksten: dict[str, str] = {}
        self._omgeving = Environment(
            loader=ChoiceLoader([FileSystemLoader(TEMPLATES), DictLoader(self._teksten)]),
            bytecode_cache=compiled,
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
            "tabel": model.tabel,
            "gebruik": usage(model),
            "bewijs": bewijs,
            "gebreken": GEBREKEN,
            "zekerheid": ZEKERHEID,
            "volgorde": partial(_teken, model, volgers or {}),
            "naar_ingang": way_in,
            "titel": partial(title, model),
            "tensions": tensions,
            "raakt": touched(model),
            "verwijzing": partial(cite, model),
            "euro": euro,
            "getal": number,
            "eerste_getal": first_number,
            "hosting": hosts,
            "kop": partial(heading, model, {pagina.pad: pagina for pagina in pages(model)}, docs),
        }

    def render(self, tekst: str, link: Link, **namen: Any) -> str:
        """Fill the Jinja in ``tekst``; ``macros.jinja`` is there as ``m``."""
        tekst = "{% import 'macros.jinja' as m with context %}" + tekst
        # by name, because what has no name is compiled each time: most pages share a text
        naam = f"tekst-{digest(tekst)[:16]}"
        self._teksten[naam] = tekst
        sjabloon = self._omgeving.get_template(naam)
        return sjabloon.render(link=partial(_adres, link), **namen)

    def page(self, pagina: Pagina) -> str:
        """A generated page with its title, its body not yet filled: links need to know where it stands."""
        kop = _kop(self.model, pagina)
        # a JSON string is a YAML string too
        meta = f"title: {json.dumps(kop.titel)}\ndescription: {json.dumps(kop.kort)}"
        return f"---\n{meta}\n---\n\n" + (TEMPLATES / pagina.template).read_text(encoding="utf-8")


def _adres(link: Link, pad: str, anker: str = "") -> Markup:
    return Markup(link(pad) + (f"#{anker}" if anker else ""))  # noqa: S704 - built from our own page paths


def _teken(model: Model, volgers: Mapping[str, Volgers], spoor: Spoor) -> Tekening:
    return draw(model, spoor, volgers.get(spoor.id))


def cite(model: Model, document: str, plaats: str, regels: str, volgt: str = "") -> Verwijzing:
    """A citation on a page written by hand; raises ``ValueError``, in Dutch, when it points to nothing."""
    verwijzing = Verwijzing(document=document, plaats=plaats, regels=regels, volgt=volgt)
    bronnen = [Record(lijst="bronnen", bestand="", pad="", waarde=bron) for bron in model.bronnen]
    for klacht in citation(verwijzing, Register(bronnen, ())):
        raise ValueError(klacht)
    return verwijzing


def number(getal: int) -> str:
    """A whole number as Dutch writes it, such as 166.180."""
    return f"{getal:,}".replace(",", ".")


def decimal(getal: float) -> str:
    """A number with one decimal as Dutch writes it, such as 14,9."""
    return f"{getal:.1f}".replace(".", ",")


def euro(bedrag: float) -> str:
    """An amount in whole euros as Dutch writes it, such as € 44.000."""
    return f"€\u00a0{number(round(bedrag))}"


def first_number(tekst: str) -> int | None:
    """The first whole number in a text, such as 1143 in "1.143 leerlingen", or None."""
    gevonden = re.search(r"\d{1,3}(?:\.\d{3})+|\d+", tekst)
    return int(gevonden[0].replace(".", "")) if gevonden else None


@dataclass(frozen=True, kw_only=True)
class Kop:
    """What a link to a page says: its title, and what a reader finds there."""

    titel: str
    kort: str


def heading(model: Model, gemaakt: Mapping[str, Pagina], docs: Path, pad: str) -> Kop:
    """The title and description of the page at a path under docs/: one of ``gemaakt``, or one written by hand."""
    pad = pad.partition("#")[0]
    if pad in gemaakt:
        return _kop(model, gemaakt[pad])
    meta = get_data((docs / pad).read_text(encoding="utf-8"))[1]
    return Kop(titel=str(meta["title"]), kort=str(meta.get("description", "")))


def _kop(model: Model, pagina: Pagina) -> Kop:
    soort = pagina.template.removesuffix(".md")
    kort = pagina.record.over if soort == "bron" else pagina.record.kort
    return Kop(titel=title(model, soort, pagina.record.id), kort=kort)
