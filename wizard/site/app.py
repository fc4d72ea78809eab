"""The site as an installed web app: its manifest, and the service worker that holds a whole build.

The worker is one script with a list before it: every file of the site with a hash of what is in it. The list
is read from the finished site, so it knows nothing of how the files came there.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from wizard.kept import replace
from wizard.site.script import bundled

FOLDER = Path(__file__).parent / "bewaren"
WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"
ICONEN = (
    {"src": "assets/beeld/icoon-192.png", "sizes": "192x192", "type": "image/png"},
    {"src": "assets/beeld/icoon-512.png", "sizes": "512x512", "type": "image/png"},
    {"src": "assets/beeld/icoon-rand-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    {"src": "assets/beeld/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
)

NIET_BEWAREN = re.compile(
    r"(^|/)[._]|\.map$|^(sw\.js|robots\.txt|sitemap\.xml(\.gz)?|CNAME)$|^download/.*\.zip$", re.ASCII
)
"""What no page asks for, and what a reader fetches once: maps of scripts, files for servers and robots, the folder."""

KOPIE = (".br", ".gz")
GEHASHT = re.compile(r"[.-][0-9a-f]{8,}\.")
"""A name that says what is in the file."""


def bundle(root: Path, cache: Path) -> Path:
    """Make one script of the service worker and Workbox, still without its list of files.

    Needs ``root/node_modules``. Raises ``BuildError`` when esbuild does not accept the sources.
    """
    uit = cache / WORKER
    tekst = bundled(FOLDER / WORKER, root=root, cache=cache, step="het bundelen van de service worker")
    replace(uit, tekst.encode())
    return uit


def colours(css: Path) -> dict[str, dict[str, str]]:
    """The colours that a browser paints around the site: per scheme of the theme the ``balk`` and the ``vlak``."""
    gevonden = {}
    for schema in ("default", "slate"):
        blok = re.search(rf"\[data-md-color-scheme='{schema}'\] {{(.*?)}}", css.read_text(encoding="utf-8"), re.DOTALL)
        waarden = dict(re.findall(r"(--[\w-]+): (#\w+);", blok[1] if blok else ""))
        gevonden[schema] = {"balk": waarden["--md-primary-fg-color"], "vlak": waarden["--md-default-bg-color"]}
    return gevonden


def manifest(site: Path, naam: str, beschrijving: str, kleuren: Mapping[str, str]) -> None:
    """Write what a browser has to know to install the site; every address is relative, so any folder will do."""
    inhoud = {
        "name": naam,
        "short_name": naam.split()[0],
        "description": beschrijving,
        "lang": "nl",
        "dir": "ltr",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": kleuren["balk"],
        "background_color": kleuren["vlak"],
        "icons": ICONEN,
    }
    (site / MANIFEST).write_text(json.dumps(inhoud, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def hold(site: Path, worker: Path) -> str:
    """Write the service worker that holds ``site`` as it is now; give the id of the build."""
    bestanden = [_entry(site, pad) for pad in sorted(_files(site))]
    script = worker.read_text(encoding="utf-8")
    build = hashlib.sha256((json.dumps(bestanden) + script).encode()).hexdigest()[:12]
    lijst = json.dumps({"build": build, "files": bestanden}, ensure_ascii=False, separators=(",", ":"))
    (site / WORKER).write_text(f"self.SITE={lijst};\n{script}", encoding="utf-8")
    return build


def let_go(site: Path) -> None:
    """Write a service worker that takes itself and all that it held away: for a site that is being written."""
    (site / WORKER).write_text((FOLDER / "opruimen.js").read_text(encoding="utf-8"), encoding="utf-8")


def _files(site: Path) -> list[str]:
    alle = {bestand.relative_to(site).as_posix() for bestand in site.rglob("*") if bestand.is_file()}
    kopieen = {pad for pad in alle if pad.endswith(KOPIE) and pad.rpartition(".")[0] in alle}
    return [pad for pad in alle - kopieen if not NIET_BEWAREN.search(pad)]


def _entry(site: Path, pad: str) -> tuple[str, str | None, str | None, int]:
    """Address, revision, integrity and size of a file.

    A file with its hash in its name needs no revision: then the browser may take it from where the page just
    got it. The integrity makes it impossible that a host that is being filled gives files of two builds. A
    ``.gz`` has none: some hosts unpack it on the way, and who reads it checks it.
    """
    inhoud = (site / pad).read_bytes()
    hash_ = hashlib.sha256(inhoud)
    revisie = None if GEHASHT.search(pad) else hash_.hexdigest()[:12]
    integriteit = None if pad.endswith(KOPIE) else f"sha256-{base64.b64encode(hash_.digest()).decode()}"
    return re.sub(r"(^|/)index\.html$", r"\1", pad) or "./", revisie, integriteit, len(inhoud)
