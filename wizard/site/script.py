"""Scripts of our own with the libraries that they use, as one classic script that esbuild makes."""

import tempfile
from pathlib import Path

from wizard.kept import contents, digest, keep, recall
from wizard.site.npm import LOCK, node

BUNDLER = Path(__file__).with_name("bundle.mjs")


def bundled(entry: Path, *, root: Path, cache: Path, step: str) -> str:
    """Give the text of the script that ``entry`` and its neighbours make; from ``cache`` when nothing has changed.

    Needs ``root/node_modules``. Raises ``BuildError``, with ``step`` in it, when esbuild does not accept the sources.
    """
    kept = cache / f"bundel-{entry.stem}.json"
    key = digest(contents((BUNDLER, *entry.parent.glob("*.js"))), (root / LOCK).read_bytes())
    found: str | None = recall(kept, key)
    if found is not None:
        return found
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".bouw-") as work:
        out = Path(work) / entry.name
        node([str(BUNDLER), str(entry), str(out)], cwd=root, step=step)
        text = out.read_text(encoding="utf-8")
    keep(kept, key, text)
    return text
