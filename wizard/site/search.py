"""Search that finds: our own engine behind the theme's search box, fed by the glossary.

The theme keeps its box, its list and its keys; only its worker is replaced. The theme's plugin writes the
index, one entry per section of a page; to it this module adds the glossary, so that synonyms live in one
place. In the folder without a server the index is a script, and the worker a text from which the page makes
a Blob.
"""

import json
import re
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from mkdocs.structure.files import Files

from wizard.kept import replace
from wizard.model import Model
from wizard.site.loose import deliver
from wizard.site.npm import BuildError
from wizard.site.script import bundled
from wizard.verhaal import Begrip

FOLDER = Path(__file__).parent / "zoeken"
INDEX = "search/search_index.json"
ASSETS = "assets/zoeken"
TEKST = "zoeken.tekst.js"
VAN_HET_THEMA = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""Files of the theme that this engine replaces."""

KAARTEN = ".map"
"""Files of the theme that only who works on the theme itself needs: a megabyte."""

DAG = 24 * 3600
"""How long a bundle that was replaced stays: a build that runs beside this one may be reading it."""

PAGINA = "begrippen.md"


def bundle(root: Path, cache: Path) -> Path:
    """Make one script of the worker and its libraries; its name carries a hash of what is in it.

    Needs ``root/node_modules``. Raises ``BuildError`` when esbuild does not accept the sources.
    """
    tekst = bundled(FOLDER / "worker.js", root=root, cache=cache, step="het bundelen van de zoekmachine")
    bundel = cache / f"zoeken.{sha256(tekst.encode()).hexdigest()[:12]}.js"
    for ander in cache.glob("zoeken*.js"):
        if ander != bundel and time.time() - ander.stat().st_mtime > DAG:
            ander.unlink(missing_ok=True)
    replace(bundel, tekst.encode())
    return bundel


def point_to(html: str, worker: str) -> str:
    """Make the theme start ``worker`` (its path under the site) instead of its own.

    Raises ``BuildError`` when the theme names its worker in another way than we know.
    """
    html, aantal = re.subn(
        r'("search": "[^"]*?)assets/javascripts/workers/search\.\w+\.min\.js"', rf'\1{worker}"', html
    )
    if not aantal and '"search":' in html:
        raise BuildError("Het thema noemt zijn zoekmachine anders dan verwacht; kijk wizard/site/search.py na.")
    return html


def check_theme(files: Files) -> None:
    """Raise ``BuildError`` when the theme starts no worker as our script for search meets it."""
    bundels = [bestand for bestand in files if bestand.src_uri.startswith("assets/javascripts/bundle.")]
    if not any(b"new Worker(" in bestand.content_bytes for bestand in bundels if bestand.src_uri.endswith(".js")):
        raise BuildError("Het thema start zijn zoekmachine anders dan verwacht; kijk overrides/assets/zoeken/ na.")


def glossary(model: Model, address: Callable[[str], str]) -> list[dict[str, list[str]]]:
    """The glossary as search takes it: per term every form of it, and the sections where it is told.

    ``address`` gives the address of a page, from the root of the site, by its path under docs/.
    """
    return [
        {
            "vormen": list(dict.fromkeys((*begrip.namen, *begrip.zoekwoorden))),
            "plekken": _plekken(begrip, address),
        }
        for begrip in model.begrippen
    ]


def words_of_pages(files: Files) -> list[dict[str, list[str]]]:
    """The same for pages that name their own ``zoekwoorden``: what people type to find the page as such."""
    paginas = [bestand.page for bestand in files.documentation_pages() if bestand.page]
    return [
        {"vormen": list(pagina.meta["zoekwoorden"]), "plekken": [pagina.url]}
        for pagina in paginas
        if pagina.meta.get("zoekwoorden")
    ]


def _plekken(begrip: Begrip, address: Callable[[str], str]) -> list[str]:
    plekken = [f"{address(PAGINA)}#{begrip.id}"]
    if begrip.pagina:
        pad, _, anker = begrip.pagina.partition("#")
        plekken.append(address(pad) + (f"#{anker}" if anker else ""))
    return plekken


def complete(site: Path, begrippen: list[dict[str, list[str]]], *, los: bool) -> None:
    """Add the glossary to the index that the theme's plugin wrote under ``site``, and let no page carry it.

    Every page fetches the index at once. So the sections go to a file of their own, which the worker fetches when the
    reader goes to search; its name carries a hash of what is in it. For a folder the index becomes a script, whole.
    """
    bestand = site / INDEX
    index = json.loads(bestand.read_text(encoding="utf-8"))
    index["config"]["begrippen"] = begrippen
    if los:
        # the name of the variable is the theme's
        bestand.with_suffix(".js").write_text(f"var __index = {_json(index)};\n", encoding="utf-8")
    else:
        secties = _json({"begrippen": index["config"].pop("begrippen"), "docs": index["docs"]}).encode()
        naam = f"secties.{sha256(secties).hexdigest()[:12]}.json"
        (bestand.parent / naam).write_bytes(secties)
        index = {"config": index["config"] | {"inhoud": naam}, "docs": []}
    bestand.write_text(_json(index), encoding="utf-8")


def _json(waarde: object) -> str:
    return json.dumps(waarde, ensure_ascii=False, separators=(",", ":"))


def loose(worker: Path) -> str:
    """The worker as a script that hands over its text, for the folder without a server."""
    return deliver("zoeken", worker.read_text(encoding="utf-8"), door="ZoekenLos")
