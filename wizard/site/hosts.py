"""What a web server has to say of each file: what it is, and how long a browser may keep it.

One list, from which come the `_headers` of a build (Netlify, Cloudflare Pages) and the example for nginx. Whatever
has its content's hash in its name may stay for ever. All else is asked for again each time, which costs a few bytes
when it did not change: so a page never meets scripts of another build.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEADERS = "_headers"
"""The file that Netlify and Cloudflare Pages read at the root of a site."""

NGINX = "over/nginx.conf"
"""Where the example for nginx stands on the site."""


@dataclass(frozen=True, kw_only=True)
class Regel:
    """How long files may be kept whose address from the root of the site matches ``patroon``, and why."""

    patroon: str
    bewaren: str
    reden: str


REGELS = (
    Regel(
        patroon=r"^/(?:sw\.js|manifest\.webmanifest|download/.*)$",
        bewaren="no-cache",
        reden="de service worker, het manifest en de zip: steeds navragen of er een nieuwe is",
    ),
    Regel(
        patroon=r"[.-][0-9a-f]{8,}\.(?:min\.)?(?:bin|css|js|json|wasm|whl|zip)$",
        bewaren="public, max-age=31536000, immutable",
        reden="de naam noemt de inhoud: een jaar bewaren, niet navragen",
    ),
    Regel(
        patroon=r"\.(?:ico|png|svg|woff2)$",
        bewaren="public, max-age=604800",
        reden="plaatjes en letters: een week",
    ),
)
"""From first to last; the first that matches counts."""

ANDERS = "no-cache"
"""For all other files, pages among them: keep, but ask each time whether there is a new one."""

SOORTEN = {
    "css": "text/css",
    "dmn": "application/xml",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "png": "image/png",
    "sha256": "text/plain",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "conf": "text/plain",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "zip": "application/zip",
}
"""Content type by the end of a name; what is not here is ``application/octet-stream``."""

ONBEKEND = ("dmn", "sha256", "wasm", "webmanifest")
"""Ends of names that some hosts have no type for."""


def keep(adres: str) -> str:
    """Give the Cache-Control of the file at an address from the root of the site, such as ``/sw.js``."""
    return next((regel.bewaren for regel in REGELS if re.search(regel.patroon, adres)), ANDERS)


def headers(site: Path) -> None:
    """Write ``_headers`` for the files that are in ``site``.

    Every file that may be kept is named in full: where two patterns match the same address, one host joins their
    values and another takes the last. What is not named these hosts ask for each time.
    """
    blokken = ["# Gemaakt door de bouw, voor Netlify en Cloudflare Pages. Zie over/publiceren."]
    for bestand in sorted(pad for pad in site.rglob("*") if pad.is_file()):
        adres = f"/{bestand.relative_to(site).as_posix()}"
        regels = list(_own(adres, bestand.suffix.removeprefix(".")))
        if regels and not (bestand.suffix in {".br", ".gz"} and bestand.with_suffix("").exists()):
            blokken.append("\n".join([adres, *(f"  {regel}" for regel in regels)]))
    (site / HEADERS).write_text("\n".join(blokken) + "\n", encoding="utf-8")


def _own(adres: str, soort: str) -> Iterator[str]:
    if any(re.search(regel.patroon, adres) for regel in REGELS):
        yield f"Cache-Control: {keep(adres)}"
    if soort in ONBEKEND:
        yield f"Content-Type: {SOORTEN[soort]}"


def nginx() -> str:
    """Give the example for nginx: a whole configuration for one site."""
    regels = "\n".join(f'    # {regel.reden}\n    "~{regel.patroon}" "{regel.bewaren}";' for regel in REGELS)
    soorten = "\n".join(f"        {soort} {eind};" for eind, soort in SOORTEN.items())
    return TEKST.replace("@REGELS@", regels).replace("@SOORTEN@", soorten).replace("@ANDERS@", ANDERS)


TEKST = """\
# Voorbeeld voor nginx. Zet dit bestand in /etc/nginx/conf.d/ en pas server_name en root aan.

map $uri $wegwijzer_bewaren {
    # al het andere: bewaren mag, maar steeds navragen
    default "@ANDERS@";
@REGELS@
}

server {
    listen 80;
    server_name wegwijzer.example.nl;
    root /srv/wegwijzer/site;

    charset utf-8;
    charset_types text/css text/javascript text/plain application/json application/xml;
    index index.html;
    error_page 404 /404.html;
    # een adres zonder / aan het eind blijft zo op hetzelfde adres, ook achter een andere server
    absolute_redirect off;

    types {
@SOORTEN@
    }
    default_type application/octet-stream;

    # de kopieën die de bouw ernaast zet; haal het # weg als nginx de module van Brotli heeft
    gzip_static on;
    # brotli_static on;
    gzip_vary on;

    location / {
        try_files $uri $uri/ =404;
        add_header Cache-Control $wegwijzer_bewaren always;
        add_header X-Content-Type-Options nosniff always;
    }

    # alleen voor andere hosts
    location = /_headers {
        return 404;
    }
}
"""
