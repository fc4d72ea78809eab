"""The decision tables as one DMN 1.3 document, so that other tools can show, run and check them.

A question becomes an input with its options as the only values, a source document a knowledge source, a table a
decision with hit policy UNIQUE, a row a rule with its reason, its reservation and its sources beside it. *Weet ik
niet* is no value here: tables speak of options alone, and the engine keeps every option open instead.

DMN wants an element, its variable and the expressions that use it to have one and the same FEEL name. FEEL reads a
hyphen as minus and no name that starts with a digit, so ``feel_name`` gives an id another spelling. Ids of elements
need no such care: kinds are told apart by a prefix and a dot, which ids of content do not have.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Mapping

from wizard.model import Bron, Model, Regel, Tabel, Verwijzing, Vraag
from wizard.schrijver import Schrijver

RUIMTEN = {
    "xmlns": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "xmlns:dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "xmlns:dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "xmlns:di": "http://www.omg.org/spec/DMN/20180521/DI/",
}
"""The namespaces of DMN 1.3, by the prefixes that the tags below are written with."""

NAAMRUIMTE = "urn:wegwijzer-holland-rijnland"
"""The namespace of our own names."""

AANTEKENINGEN = ("omdat", "voorbehoud", "bron")
"""The columns beside the outcome."""

UITLEG = (
    "De beslistabellen van de wegwijzer. Dit bestand is gemaakt met 'python -m wizard dmn' uit content/; "
    "een wijziging hoort daar. In namen staat een laag streepje waar de id een koppelteken heeft. "
    "'Weet ik niet' is hier geen waarde: de wegwijzer houdt dan elke optie open."
)

LAGEN = {"knowledgeSource": (80, 100, 63), "decision": (300, 180, 80), "inputData": (540, 125, 45)}
"""The layers of the drawing: per kind of element its top, and the width and height that dmn-js gives it."""


def write(model: Model) -> str:
    """Give the DMN document of all tables of a model: indented XML, the same for the same model."""
    wortel = ET.Element("definitions", RUIMTEN)
    kop = {"id": "wegwijzer", "name": "Wegwijzer Holland Rijnland", "namespace": NAAMRUIMTE}
    wortel.attrib |= kop | {"exporter": "wegwijzer", "exporterVersion": model.versie}
    _voeg(wortel, "description", UITLEG)
    for vraag in model.vragen:
        _type(wortel, vraag)
    for vraag in model.vragen:
        _vraag(wortel, vraag)
    for bron in model.bronnen:
        _bron(wortel, bron)
    namen = _namen(model.tabellen)
    for tabel in model.tabellen:
        _besluit(wortel, tabel, namen[tabel.id], Schrijver(model))
    _tekening(wortel)
    ET.indent(wortel)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(wortel, encoding="unicode")}\n'


def feel_name(id_: str) -> str:
    """Give an id as a name that FEEL reads as one: ``waar-het-geldt`` becomes ``waar_het_geldt``."""
    return re.sub(r"^(?=\d)", "_", re.sub(r"\W", "_", id_))


def element_id(*delen: str) -> str:
    """Give ids joined into the id of an element, which may not start with a digit either."""
    return re.sub(r"^(?=\d)", "_", ".".join(delen))


def cite(verwijzingen: Iterable[Verwijzing], schrijver: Schrijver) -> str:
    """Give sources in words: document, section and lines, and how the claim follows where that is told."""
    return "; ".join(
        f"{bron['titel']}, {bron['sectie']}, regels {bron['regels']}" + (f" ({bron['volgt']})" if bron["volgt"] else "")
        for bron in schrijver.bron(verwijzingen)
    )


def _type(wortel: ET.Element, vraag: Vraag) -> None:
    deel = _voeg(wortel, "itemDefinition", id=element_id("type", vraag.id), name=f"t_{feel_name(vraag.id)}")
    _voeg(deel, "description", "; ".join(f"{optie.id}: {optie.tekst}" for optie in vraag.opties))
    _voeg(deel, "typeRef", "string")
    _tekst(deel, "allowedValues", _waarden(vraag.optie_ids))


def _vraag(wortel: ET.Element, vraag: Vraag) -> None:
    naam = feel_name(vraag.id)
    deel = _voeg(wortel, "inputData", id=element_id("vraag", vraag.id), name=naam, label=vraag.kort)
    _voeg(deel, "description", vraag.tekst)
    _voeg(deel, "variable", id=element_id("vraag", vraag.id, "waarde"), name=naam, typeRef=f"t_{naam}")


def _bron(wortel: ET.Element, bron: Bron) -> None:
    deel = _voeg(wortel, "knowledgeSource", id=element_id("bron", bron.id), name=bron.titel, label=bron.kort)
    if bron.vindplaats.startswith("https://"):
        deel.set("locationURI", bron.vindplaats)
    _voeg(
        deel, "description", f"{bron.over} Uitgever: {bron.uitgever}. Jaar: {bron.jaar}. Te vinden: {bron.vindplaats}"
    )


def _namen(tabellen: Iterable[Tabel]) -> Mapping[str, str]:
    """Names of decisions by table id: the title without what FEEL has no room for, and the id where two are equal."""
    namen = {tabel.id: " ".join(re.sub(r"[^\w '-]", " ", tabel.titel).split()) for tabel in tabellen}
    aantal = Counter(namen.values())
    namen |= {id_: f"{naam} {feel_name(id_)}" for id_, naam in namen.items() if aantal[naam] > 1}
    return {id_: re.sub(r"^(?=\d)", "_", naam) for id_, naam in namen.items()}


def _besluit(wortel: ET.Element, tabel: Tabel, naam: str, schrijver: Schrijver) -> None:
    id_, vragen = element_id(tabel.id), schrijver.model.vraag
    deel = _voeg(wortel, "decision", id=id_, name=naam, label=tabel.titel)
    _voeg(deel, "question", tabel.vraag)
    _voeg(deel, "variable", id=f"{id_}..uitkomst", name=naam, typeRef="string")
    for vraag in tabel.invoer:
        eis = _voeg(deel, "informationRequirement", id=f"{id_}..vraag.{vraag}")
        _voeg(eis, "requiredInput", href=f"#{element_id('vraag', vraag)}")
    genoemd = {verwijzing.document for regel in tabel.regels for verwijzing in regel.bron}
    for bron in (bron.id for bron in schrijver.model.bronnen if bron.id in genoemd):
        eis = _voeg(deel, "authorityRequirement", id=f"{id_}..bron.{bron}")
        _voeg(eis, "requiredAuthority", href=f"#{element_id('bron', bron)}")
    # without input there are no columns, which DMN allows: the one rule then always holds
    blad = _voeg(deel, "decisionTable", id=f"{id_}..tabel", hitPolicy="UNIQUE")
    for vraag in tabel.invoer:
        kolom = _voeg(blad, "input", id=f"{id_}..kolom.{vraag}", label=vragen[vraag].kort)
        _tekst(kolom, "inputExpression", feel_name(vraag), typeRef="string")
        _tekst(kolom, "inputValues", _waarden(vragen[vraag].optie_ids))
    uit = _voeg(blad, "output", id=f"{id_}..kolom", label=tabel.titel, name=feel_name(tabel.id), typeRef="string")
    _tekst(uit, "outputValues", _waarden(dict.fromkeys(regel.dan for regel in tabel.regels)))
    for aantekening in AANTEKENINGEN:
        _voeg(blad, "annotation", name=aantekening)
    for regel in tabel.regels:
        _regel(blad, tabel, regel, schrijver)


def _regel(blad: ET.Element, tabel: Tabel, regel: Regel, schrijver: Schrijver) -> None:
    id_, woorden = element_id(tabel.id, regel.id), schrijver.regel(tabel, regel)
    rij = _voeg(blad, "rule", id=id_)
    ook = f" (ook denkbaar: {', '.join(woorden['ook'])})" if woorden["ook"] else ""
    # dmn-js shows the description and no annotations, so the reason is in both
    _voeg(rij, "description", f"{woorden['dan']}{ook}: {regel.omdat}")
    for vraag in tabel.invoer:
        _tekst(rij, "inputEntry", _waarden(regel.als[vraag]) if vraag in regel.als else "-", id=f"{id_}.{vraag}")
    _tekst(rij, "outputEntry", _waarden([regel.dan]), id=f"{id_}..dan")
    for aantekening in (regel.omdat, regel.voorbehoud, cite(regel.bron, schrijver)):
        _tekst(rij, "annotationEntry", aantekening)


def _tekening(wortel: ET.Element) -> None:
    """Draw the document in layers: sources above the decisions that rest on them, questions below."""
    diagram = _voeg(_voeg(wortel, "dmndi:DMNDI"), "dmndi:DMNDiagram", id="tekening")
    breedte = 220 * max(len(wortel.findall(soort)) for soort in LAGEN)
    plekken: dict[str, tuple[int, int, int]] = {}
    for soort, (boven, breed, hoog) in LAGEN.items():
        elementen = wortel.findall(soort)
        for nummer, element in enumerate(elementen):
            midden = breedte * (2 * nummer + 1) // (2 * len(elementen))
            vorm = _voeg(
                diagram, "dmndi:DMNShape", id=f"vorm.{element.attrib['id']}", dmnElementRef=element.attrib["id"]
            )
            maten = {"x": midden - breed // 2, "y": boven, "width": breed, "height": hoog}
            _voeg(vorm, "dc:Bounds", **{naam: str(maat) for naam, maat in maten.items()})
            plekken[element.attrib["id"]] = (midden, boven, boven + hoog)
    for besluit in wortel.findall("decision"):
        naar, boven, onder = plekken[besluit.attrib["id"]]
        for eis in besluit.findall("*[@id]"):
            if (doel := eis.find("*[@href]")) is None:
                continue
            van, dak, vloer = plekken[doel.attrib["href"].removeprefix("#")]
            punten = ((van, vloer), (naar, boven)) if vloer < boven else ((van, dak), (naar, onder))
            pijl = _voeg(diagram, "dmndi:DMNEdge", id=f"pijl.{eis.attrib['id']}", dmnElementRef=eis.attrib["id"])
            for x, y in punten:
                _voeg(pijl, "di:waypoint", x=str(x), y=str(y))


def _waarden(ids: Iterable[str]) -> str:
    """Ids as FEEL strings: a list of values, a unary test that holds for each, or one literal."""
    return ",".join(f'"{id_}"' for id_ in ids)


def _voeg(ouder: ET.Element, soort: str, tekst: str = "", **velden: str) -> ET.Element:
    deel = ET.SubElement(ouder, soort, velden)
    deel.text = tekst or None
    return deel


def _tekst(ouder: ET.Element, soort: str, tekst: str, **velden: str) -> None:
    """Add an element that holds its text in an element of its own, as expressions and annotations do."""
    _voeg(_voeg(ouder, soort, **velden), "text", tekst)
