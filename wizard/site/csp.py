"""A Content-Security-Policy in every page: what the browser itself holds us to.

Nothing may come from elsewhere and nothing may go elsewhere. The theme has a few scripts in its pages; each
is allowed by its own hash, so that any other is refused. Only the page that runs Python may compile
WebAssembly. A policy in the page itself works from every host, and from a folder.
"""

import base64
import hashlib
import re

SCRIPT = re.compile(r"<script(?P<eigenschappen>[^>]*)>(?P<tekst>.*?)</script>", re.DOTALL)


def policy(html: str, *, python: bool, los: bool) -> str:
    """Give the policy for a page: ``python`` for one that runs the wegwijzer, ``los`` for one read from disk."""
    # to some browsers a file next to the page is not "self"; a worker from disk can only be a Blob
    eigen = "'self' file:" if los else "'self'"
    hashes = sorted({f"'sha256-{_hash(tekst)}'" for tekst in _inline(html)})
    regels = {
        # not 'none': Firefox fetches the next page ahead, and has no other rule for that
        "default-src": eigen,
        "script-src": " ".join([eigen, *hashes, *(["'wasm-unsafe-eval'"] if python else [])]),
        "style-src": eigen,
        "img-src": f"{eigen} data:",
        "font-src": eigen,
        "connect-src": "'none'" if los else "'self'",
        "worker-src": "blob:" if los else "'self'",
        "frame-src": eigen if python else "'none'",
        "manifest-src": eigen,
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{naam} {waarde}" for naam, waarde in regels.items())


def protect(html: str, *, python: bool, los: bool) -> str:
    """Give the page with its policy at the top of its head, before anything that the policy is about."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html, python=python, los=los)}">'
    return re.sub(r"(<meta charset=[^>]*>)", rf"\1\n      {meta}", html, count=1)


def _inline(html: str) -> list[str]:
    return [
        gevonden["tekst"]
        for gevonden in SCRIPT.finditer(html)
        if "src=" not in gevonden["eigenschappen"] and "application/" not in gevonden["eigenschappen"]
    ]


def _hash(tekst: str) -> str:
    return base64.b64encode(hashlib.sha256(tekst.encode()).digest()).decode()
