"""The zip of the folder without a server, as a download on the site itself.

It is a second build of the same site. It runs beside the first, in a process of its own, so that two cores are
done in the time of one. Its name is known from the start and its content only at the end: the page that offers
it gets marks, which are filled in when both builds are done.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from wizard.site import bundle
from wizard.site.npm import BuildError
from wizard.site.pages import decimal

MAP = "download"
PAGINA = "over/zonder-internet.md"

# comments, so that the search index does not take them for words
MEGABYTES = Markup("<!--bundel:megabytes-->")
SHA256 = Markup("<!--bundel:sha256-->")


@dataclass(frozen=True, kw_only=True)
class Aanbod:
    """What the page can say about a download: its name, its place under the site, its version, and what is known later.

    ``megabytes`` and ``sha256`` are marks, to be filled in later.
    """

    naam: str
    pad: str
    versie: str
    megabytes: Markup = MEGABYTES
    sha256: Markup = SHA256


class Download:
    """A zip under way. Raises ``BuildError``, in Dutch, when it can not be made."""

    def __init__(self, root: Path, regels: str) -> None:
        """Start to build it; ``regels`` is the version of the rules."""
        versie = bundle.version(root, regels)
        self.aanbod = Aanbod(naam=bundle.name(versie), pad=f"{MAP}/{bundle.name(versie)}", versie=versie)
        self._werk = Path(tempfile.mkdtemp(prefix="wegwijzer-"))
        opdracht = (sys.executable, "-m", "wizard", f"--content={root / 'content'}", "bundle", "-o", str(self._werk))
        # to files: a pipe that nobody reads would hold the process up once it is full
        with (self._werk / "uit").open("wb") as uit, (self._werk / "fout").open("wb") as fout:
            self._proces = subprocess.Popen(  # noqa: S603 - our own command
                opdracht, cwd=root, stdout=uit, stderr=fout
            )

    def finish(self, site: Path, pagina: Path) -> None:
        """Wait for the zip, put it under ``site``, and fill in the marks in the file of the page that offers it."""
        status = self._proces.wait()
        if status:
            woorden = (self._werk / "fout").read_text(encoding="utf-8", errors="replace").strip()
            raise BuildError(f"De zip voor gebruik zonder internet is niet te maken (status {status}).\n{woorden}")
        bundel = json.loads((self._werk / "uit").read_text(encoding="utf-8"))
        bestand = Path(bundel["bestand"])
        if bestand.name != self.aanbod.naam:
            raise BuildError(f"De inhoud veranderde tijdens de bouw: {bestand.name} is niet {self.aanbod.naam}.")
        (site / MAP).mkdir(exist_ok=True)
        for deel in (bestand, bundle.checksum(bestand)):
            shutil.move(deel, site / MAP / deel.name)
        html = pagina.read_text(encoding="utf-8")
        html = html.replace(self.aanbod.megabytes, decimal(bundel["bytes"] / 1e6))
        pagina.write_text(html.replace(self.aanbod.sha256, bundel["sha256"]), encoding="utf-8")
        self.stop()

    def stop(self) -> None:
        """Leave nothing behind, also of a zip that is not done."""
        self._proces.kill()
        self._proces.wait()
        shutil.rmtree(self._werk, ignore_errors=True)
