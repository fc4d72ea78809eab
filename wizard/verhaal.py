"""The records that only the pages show: topics, glossary, regions, figures. The browser gets none of them.

They follow the same rules as those of ``model``: frozen, every claim with its source, no unknown key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.model import Streng, Verder, Verwijzing


@dataclass(frozen=True, kw_only=True)
class Deel(Streng):
    """A section of a topic page: Markdown in our own words, what is drawn with it, and its sources.

    ``figuur`` names a template of ``wizard/site/templates/figuren/``, ``cijfers`` the tables of figures to show.
    """

    id: str
    titel: str
    tekst: str
    figuur: str = ""
    cijfers: tuple[str, ...] = ()
    bron: tuple[Verwijzing, ...]
    spanning: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Onderwerp(Streng):
    """A page about one matter; ``map`` is the folder of the site in which it stands."""

    id: str
    map: str
    titel: str
    kort: str
    volgorde: int
    delen: tuple[Deel, ...]
    verder: tuple[Verder, ...]


@dataclass(frozen=True, kw_only=True)
class Begrip(Streng):
    """A term: its meaning, and every word by which people know it.

    ``synoniemen`` are the names that the sources use for the same thing. ``vormen`` are inflections. Both are
    recognised on the pages. ``zoekwoorden`` are what people type without a source using it; only search knows
    them. ``pagina`` is where the site tells more: a path under docs/, with or without an anchor.
    """

    id: str
    term: str
    afkorting: str = ""
    synoniemen: tuple[str, ...] = ()
    vormen: tuple[str, ...] = ()
    zoekwoorden: tuple[str, ...] = ()
    betekenis: str
    pagina: str = ""
    bron: tuple[Verwijzing, ...]
    spanning: tuple[str, ...] = ()

    @property
    def namen(self) -> tuple[str, ...]:
        """Every form by which the term is recognised on a page, each once."""
        namen = (self.term, self.afkorting, *self.synoniemen, *self.vormen)
        return tuple(naam for naam in dict.fromkeys(namen) if naam)


@dataclass(frozen=True, kw_only=True)
class Gegeven(Streng):
    """A fact about a region: ``kort`` for the cell of a table, ``tekst`` for its card."""

    kort: str
    tekst: str
    bron: tuple[Verwijzing, ...]
    spanning: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Regio(Streng):
    """A region from the practice report, told by the same facts as the others; None is a silence."""

    id: str
    naam: str
    gebied: str
    kort: str
    volgorde: int
    stand: Gegeven | None = None
    doel: Gegeven | None = None
    leerlingen: Gegeven | None = None
    scholen: Gegeven | None = None
    soort: Gegeven | None = None
    werkwijze: Gegeven | None = None
    beslist: Gegeven | None = None
    vorm: Gegeven | None = None
    investering: Gegeven | None = None
    elders: Gegeven | None = None
    haalbaarheid: Gegeven | None = None


@dataclass(frozen=True, kw_only=True)
class Vak(Streng):
    """A box of a drawn figure: ``figuur`` says of which, ``tekst`` what stands in it."""

    id: str
    figuur: str
    naam: str
    tekst: str = ""
    volgorde: int
    bron: tuple[Verwijzing, ...]
    spanning: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Kolom(Streng):
    """A column of figures. ``soort`` is euro, getal or procent; ``optellen`` marks one that has a total."""

    id: str
    titel: str
    soort: str
    optellen: bool = False


@dataclass(frozen=True, kw_only=True)
class Rij(Streng):
    """A row of figures, per column id; None is unknown. ``tot`` holds the upper end where a source gives a range."""

    naam: str
    tekst: str = ""
    waarden: Mapping[str, float | None]
    tot: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Cijfers(Streng):
    """A table of figures as a source prints it, its printed totals included, right or wrong."""

    id: str
    titel: str
    kort: str
    rijkop: str = "Wat"
    onderkop: str = "Totaal in de bron"
    volgorde: int
    kolommen: tuple[Kolom, ...]
    rijen: tuple[Rij, ...]
    totaal: Mapping[str, float] = field(default_factory=dict)
    totaal_tot: Mapping[str, float] = field(default_factory=dict)
    bron: tuple[Verwijzing, ...]
    spanning: tuple[str, ...] = ()

    def som(self, kolom: str) -> tuple[float, float]:
        """Our own sum of a column, lower and upper end; what is unknown does not count."""
        bekend = [(rij.waarden.get(kolom) or 0, rij.tot.get(kolom)) for rij in self.rijen]
        return sum(van for van, _ in bekend), sum(van if tot is None else tot for van, tot in bekend)
