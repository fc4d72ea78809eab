"""The method as data: frozen records that hold what the sources say, each claim with its source.

The records know nothing of files, browsers or pages. ``load`` makes them from ``content/``, ``check``
proves them, ``engine`` walks them. Field names are the field's own Dutch nouns, as content authors
write them. Only the standard library is needed here, since the same module runs in the browser.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    # the browser does not have that module
    from wizard.verhaal import Begrip, Cijfers, Onderwerp, Regio, Vak

WEET_NIET = "weet-niet"
"""Option id of *weet ik niet*: a real answer, that leaves every option of its question possible."""

SPOOR = "spoor"
"""Key beside the answers that says which track they are for."""

LEERLING = "leerling"
"""Id of the track that is meant when none is named: all about a pupil."""

type Voorwaarde = Mapping[str, tuple[str, ...]]
"""A condition: per question or table id the options or outcomes with which it holds. Empty: always."""


class Streng:
    """Base of every record: a key that the record does not know is refused when content is loaded."""

    __pydantic_config__: ClassVar[dict[str, bool | str]] = {
        "extra": "forbid",
        "coerce_numbers_to_str": True,
        "str_strip_whitespace": True,
    }


@dataclass(frozen=True, kw_only=True)
class Verwijzing(Streng):
    """Where a claim comes from: a section of a source document, the lines there, and how it follows."""

    document: str
    plaats: str
    regels: str
    volgt: str = ""


@dataclass(frozen=True, kw_only=True)
class Sectie(Streng):
    """A section of a source document; ``regels`` is its range of lines in the text edition.

    Every section is cited somewhere, or ``weggelaten`` gives the reason why it is not.
    """

    id: str
    titel: str
    regels: str
    weggelaten: str = ""


@dataclass(frozen=True, kw_only=True)
class Bron(Streng):
    """A source document and where a reader finds it."""

    id: str
    titel: str
    kort: str
    uitgever: str
    jaar: str
    vindplaats: str
    over: str
    volgorde: int
    secties: tuple[Sectie, ...]


@dataclass(frozen=True, kw_only=True)
class Uitspraak(Streng):
    """One claim in our own words, with its sources, the answers under which it holds, and its tensions."""

    tekst: str
    bron: tuple[Verwijzing, ...]
    als: Voorwaarde | None = None
    spanning: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Aspect(Streng):
    """A row of the fasenmodel: what is told of every phase, and the question it answers."""

    id: str
    titel: str
    vraag: str
    deel: str


@dataclass(frozen=True, kw_only=True)
class Doel(Streng):
    """A goal of a phase by its name; ``letter`` is its letter in that column, which differs per column.

    ``wie`` holds the ids of the parties that carry it, ``hoe`` says it as the source does. When a claim of
    ``voorbehoud`` holds, the answers do not fit what the source takes for granted, and nobody is held to it.
    """

    letter: str
    naam: str
    wie: tuple[str, ...]
    hoe: str
    voorbehoud: tuple[Uitspraak, ...] = ()
    bron: tuple[Verwijzing, ...]
    spanning: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fase(Streng):
    """A phase of the fasenmodel. ``cellen`` holds the claims per aspect; an empty cell is a silence.

    ``etiket`` is the name in two or three words, for where there is little room.
    """

    id: str
    nummer: str
    naam: str
    etiket: str
    afkorting: str = ""
    kort: str
    plaats: str
    volgorde: int
    bron: tuple[Verwijzing, ...]
    cellen: Mapping[str, tuple[Uitspraak, ...]]
    doelen: tuple[Doel, ...] = ()

    @property
    def kop(self) -> str:
        """The phase by number and name."""
        return f"Fase {self.nummer}: {self.naam}"


@dataclass(frozen=True, kw_only=True)
class Verder(Streng):
    """What a reader can do next: a page (its path under docs/, with or without an anchor) and why to go there."""

    pad: str
    tekst: str


@dataclass(frozen=True, kw_only=True)
class Rol(Streng):
    """A party at the table: its tasks, and when it is invited.

    ``lezer`` is how a reader in this role says who they are; empty for a party that does not read this site as such.
    """

    id: str
    naam: str
    kort: str
    lezer: str = ""
    volgorde: int
    synoniemen: tuple[str, ...] = ()
    taken: tuple[Uitspraak, ...]
    aan_tafel: tuple[Uitspraak, ...] = ()
    verder: tuple[Verder, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WieDoet(Streng):
    """Who does what in a step."""

    rol: str
    tekst: str
    bron: tuple[Verwijzing, ...]


@dataclass(frozen=True, kw_only=True)
class Substap(Streng):
    """A (part of a) step of the handreiking (4.1 to 4.7), hung under the routekaart step where it belongs.

    ``nummer`` is as in the source ("4.2 c"); ``voorwaarde`` says in words when it applies, ``als`` says the
    same in answers where the questions can tell. ``deels`` marks an ``als`` that says less than the words:
    it can rule the sub-step out, but not in.
    """

    nummer: str
    tekst: str
    voorwaarde: str = ""
    als: Voorwaarde | None = None
    deels: bool = False
    wie: tuple[str, ...] = ()
    bron: tuple[Verwijzing, ...]
    spanning: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stap(Streng):
    """A step of the routekaart (``deel`` voor, tijdens or na), or a next step for a special situation."""

    id: str
    nummer: str = ""
    titel: str
    deel: str
    kort: str
    volgorde: int
    bron: tuple[Verwijzing, ...]
    wat: tuple[Uitspraak, ...]
    wie: tuple[WieDoet, ...] = ()
    uitkomsten: tuple[Uitspraak, ...] = ()
    substappen: tuple[Substap, ...] = ()
    let_op: tuple[Uitspraak, ...] = ()

    @property
    def kop(self) -> str:
        """The step by number and title; one for a special situation has a title only."""
        return f"Stap {self.nummer}: {self.titel}" if self.nummer else self.titel


@dataclass(frozen=True, kw_only=True)
class Optie(Streng):
    """One answer to a question."""

    id: str
    tekst: str
    uitleg: str = ""


@dataclass(frozen=True, kw_only=True)
class WeetNiet(Streng):
    """What *weet ik niet* leads to: how to find out, from whom, and why that is so."""

    hoe: str
    wie: tuple[str, ...]
    bron: tuple[Verwijzing, ...]


@dataclass(frozen=True, kw_only=True)
class Vraag(Streng):
    """A question of the wegwijzer. ``weet_niet`` is absent where the answer is always known.

    ``deel`` names the part of the conversation it belongs to, ``kort`` the question in a word or two.
    """

    id: str
    deel: str
    tekst: str
    kort: str
    waarom: str
    uitleg: str = ""
    volgorde: int
    opties: tuple[Optie, ...]
    weet_niet: WeetNiet | None = None
    bron: tuple[Verwijzing, ...]

    @cached_property
    def optie_ids(self) -> tuple[str, ...]:
        """The ids of the options that tables speak of, without *weet ik niet*."""
        return tuple(optie.id for optie in self.opties)

    @cached_property
    def toegestaan(self) -> tuple[str, ...]:
        """The ids of every answer that may be given."""
        return self.optie_ids + ((WEET_NIET,) if self.weet_niet else ())


@dataclass(frozen=True, kw_only=True)
class Actie(Streng):
    """Something to do or to arrange, by ``wie`` (parties; empty where the sources name nobody)."""

    tekst: str
    wie: tuple[str, ...] = ()
    als: Voorwaarde | None = None
    bron: tuple[Verwijzing, ...]
    spanning: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Uitkomst(Streng):
    """An outcome that is not a phase, step or party, such as "no phase".

    ``stilte`` marks an outcome that says that the sources do not settle it, ``wie`` names the parties whose
    turn it is, ``acties`` what is to be done then.
    """

    id: str
    naam: str
    tekst: str
    stilte: bool = False
    wie: tuple[str, ...] = ()
    acties: tuple[Actie, ...] = ()
    bron: tuple[Verwijzing, ...]


@dataclass(frozen=True, kw_only=True)
class Regel(Streng):
    """A row of a decision table: ``als`` these answers, ``dan`` this outcome, ``omdat`` this reason.

    ``voorbehoud`` tells what keeps the outcome from being certain, ``ook`` which other outcomes the
    sources leave thinkable.
    """

    id: str
    als: Voorwaarde
    dan: str
    omdat: str
    voorbehoud: str = ""
    ook: tuple[str, ...] = ()
    spanning: tuple[str, ...] = ()
    bron: tuple[Verwijzing, ...]


@dataclass(frozen=True, kw_only=True)
class Tabel(Streng):
    """A decision table: for every combination of answers to ``invoer`` exactly one row.

    ``soort`` names what ``dan`` points to: fase, rol, stap, methode, or only the table's own ``overig``.
    ``rol`` is the party that an invitation table is about.
    """

    id: str
    titel: str
    vraag: str
    soort: str
    onderdeel: str
    volgorde: int
    rol: str = ""
    invoer: tuple[str, ...]
    overig: tuple[Uitkomst, ...] = ()
    regels: tuple[Regel, ...]


@dataclass(frozen=True, kw_only=True)
class Ingang(Streng):
    """A way into a track: what a reader comes with, and the answers that this already gives."""

    id: str
    titel: str
    kort: str
    antwoorden: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Spoor(Streng):
    """A track: what the wegwijzer can be asked, as the tables that answer it and what follows besides.

    ``groep`` is the heading under which a reader chooses it, ``pagina`` the page that tells about it.
    """

    id: str
    titel: str
    kort: str
    groep: str
    volgorde: int
    pagina: str
    tabellen: tuple[str, ...]
    gevolgen: tuple[str, ...] = ()
    ingangen: tuple[Ingang, ...]


@dataclass(frozen=True, kw_only=True)
class Gevolg(Streng):
    """What follows for one matter, such as who has which regie: claims, each under the answers it holds for."""

    id: str
    titel: str
    kort: str
    volgorde: int
    acties: tuple[Actie, ...]


@dataclass(frozen=True, kw_only=True)
class IJkpunt(Streng):
    """A day from which terms are counted; ``vraag`` asks for it."""

    id: str
    vraag: str
    uitleg: str = ""
    volgorde: int


@dataclass(frozen=True, kw_only=True)
class Rekenregel(Streng):
    """How a date follows: ``aantal`` of ``eenheid`` (weken, maanden, jaren) ``richting`` (na, voor) the ``ijkpunt``.

    ``betekenis`` says what that day is, such as the last day or the first.
    """

    ijkpunt: str
    aantal: int
    eenheid: str
    richting: str = "na"
    betekenis: str


@dataclass(frozen=True, kw_only=True)
class Termijn(Streng):
    """A term: how long, for which situation, and in which part of the region it holds.

    It holds under ``als``, or under one of ``ook_als``: a track that does not ask the one may ask the other.
    ``reken`` tells which dates follow from it; empty where the sources give no number or no day to count from.
    """

    id: str
    naam: str
    duur: str
    tekst: str
    situatie: str
    gebied: str
    volgorde: int
    fasen: tuple[str, ...] = ()
    als: Voorwaarde | None = None
    ook_als: tuple[Voorwaarde, ...] = ()
    reken: tuple[Rekenregel, ...] = ()
    bron: tuple[Verwijzing, ...]
    spanning: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Spanning(Streng):
    """A point where sources conflict, blur or are silent: every side with its place, what we follow, why.

    ``thema`` is the heading under which it stands.
    """

    id: str
    thema: str
    titel: str
    soort: str
    kanten: tuple[Uitspraak, ...]
    volgt: str
    waarom: str


@dataclass(frozen=True, kw_only=True)
class MethodeStap(Streng):
    """One of the six steps of the method, for who sets policy. Not a step of the routekaart."""

    id: str
    nummer: str
    hoofdopgave: str
    titel: str
    kort: str
    volgorde: int
    wat: tuple[Uitspraak, ...]
    wie: tuple[WieDoet, ...]
    voorwaarden: tuple[Uitspraak, ...] = ()
    korte_termijn: tuple[Uitspraak, ...] = ()
    lange_termijn: tuple[Uitspraak, ...] = ()
    instrumenten: tuple[str, ...]
    verder: tuple[Verder, ...]
    bron: tuple[Verwijzing, ...]

    @property
    def kop(self) -> str:
        """The step by number and title, told apart from the steps of the routekaart."""
        return f"Methode, stap {self.nummer}: {self.titel}"


@dataclass(frozen=True, kw_only=True)
class Instrument(Streng):
    """A document that the sources speak of and that is not part of this site."""

    id: str
    naam: str
    kort: str
    volgorde: int
    synoniemen: tuple[str, ...] = ()
    stappen: tuple[str, ...] = ()
    voor_wie: tuple[Uitspraak, ...]
    wat: tuple[Uitspraak, ...]
    waar: tuple[Uitspraak, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Model(Streng):
    """All that the site and the wegwijzer know, every list in reading order. Compared by identity.

    The lists from ``onderwerpen`` on are for the pages alone, and stay out of the browser. ``versie`` is the
    same as long as what goes to the browser is the same.
    """

    bronnen: tuple[Bron, ...]
    aspecten: tuple[Aspect, ...]
    fasen: tuple[Fase, ...]
    rollen: tuple[Rol, ...]
    stappen: tuple[Stap, ...]
    vragen: tuple[Vraag, ...]
    tabellen: tuple[Tabel, ...]
    sporen: tuple[Spoor, ...]
    gevolgen: tuple[Gevolg, ...]
    termijnen: tuple[Termijn, ...]
    ijkpunten: tuple[IJkpunt, ...]
    spanningen: tuple[Spanning, ...]
    methode: tuple[MethodeStap, ...]
    instrumenten: tuple[Instrument, ...]
    versie: str = ""
    onderwerpen: "tuple[Onderwerp, ...]" = ()
    begrippen: "tuple[Begrip, ...]" = ()
    regios: "tuple[Regio, ...]" = ()
    vakken: "tuple[Vak, ...]" = ()
    cijfers: "tuple[Cijfers, ...]" = ()

    @cached_property
    def bron(self) -> Mapping[str, Bron]:
        """Source documents by id."""
        return {bron.id: bron for bron in self.bronnen}

    @cached_property
    def fase(self) -> Mapping[str, Fase]:
        """Phases by id."""
        return {fase.id: fase for fase in self.fasen}

    @cached_property
    def rol(self) -> Mapping[str, Rol]:
        """Parties by id."""
        return {rol.id: rol for rol in self.rollen}

    @cached_property
    def stap(self) -> Mapping[str, Stap]:
        """Steps by id."""
        return {stap.id: stap for stap in self.stappen}

    @cached_property
    def vraag(self) -> Mapping[str, Vraag]:
        """Questions by id."""
        return {vraag.id: vraag for vraag in self.vragen}

    @cached_property
    def tabel(self) -> Mapping[str, Tabel]:
        """Decision tables by id."""
        return {tabel.id: tabel for tabel in self.tabellen}

    @cached_property
    def spoor(self) -> Mapping[str, Spoor]:
        """Tracks by id."""
        return {spoor.id: spoor for spoor in self.sporen}

    @cached_property
    def spanning(self) -> Mapping[str, Spanning]:
        """Tensions by id."""
        return {spanning.id: spanning for spanning in self.spanningen}

    @cached_property
    def onderwerp(self) -> "Mapping[str, Onderwerp]":
        """Topic pages by id."""
        return {onderwerp.id: onderwerp for onderwerp in self.onderwerpen}

    @cached_property
    def methode_stap(self) -> Mapping[str, MethodeStap]:
        """Steps of the method by id."""
        return {stap.id: stap for stap in self.methode}

    @cached_property
    def instrument(self) -> Mapping[str, Instrument]:
        """Instruments by id."""
        return {instrument.id: instrument for instrument in self.instrumenten}
