"""The MkDocs plugin: content in, pages and the browser's Python out.

It loads the model once per build, stops the build when content or a table is not right, makes the pages
that follow from the model, fills the Jinja in hand-written pages, and adds the runtime that the
wegwijzer needs.
"""

import json
import re
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

from filelock import FileLock
from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from wizard.browser import answer
from wizard.dmn import write
from wizard.kept import contents, digest
from wizard.load import InhoudFout, load
from wizard.model import LEERLING, Model
from wizard.schrijver import Schrijver
from wizard.share import way_in
from wizard.site import app, bundle, frame, hosts, npm, search
from wizard.site.compiled import Compiled
from wizard.site.compressed import compress
from wizard.site.core import stage
from wizard.site.csp import protect
from wizard.site.download import PAGINA as DOWNLOADPAGINA
from wizard.site.download import Download
from wizard.site.loose import WORKER, loose, parts
from wizard.site.memory import Memory, fresh, remember_pages, remember_rendering, remember_sections, surroundings
from wizard.site.npm import BuildError
from wizard.site.pages import Pagina, Schrijfkamer, pages
from wizard.site.places import path
from wizard.site.proven import proven
from wizard.site.runtime import Runtime, build
from wizard.site.terms import Begrippen

ASSETS = "assets/wegwijzer"
SJABLOON = "wegwijzer.html"
DMN = "wegwijzer/beslistabellen.dmn"
SCRIPTS = ("draad", "python", "weergave", "advies", "meenemen", "wegwijzer")
LEAD = re.compile(r'<p class="lead">.*?</p>', re.DOTALL)
ZONDER_BEGRIPPEN = (search.PAGINA, "besluiten/", "over/ontwikkelaars", "over/publiceren")
FRAGMENTEN = "fragmenten"
LETTERTYPE = "@fontsource-variable/atkinson-hyperlegible-next"


class Opties(Config):  # type: ignore[no-untyped-call]  # as MkDocs declares it
    """The plugin has no options: what the site says is in ``content/``."""


class WegwijzerPlugin(BasePlugin[Opties]):  # type: ignore[no-untyped-call]  # as MkDocs declares it
    """Builds the site from ``content/`` and brings the wegwijzer to the browser."""

    model: Model
    kamer: Schrijfkamer
    begrippen: Begrippen
    zoeker: str
    houder: Path | None = None
    runtime: Runtime
    gemaakt: dict[str, Pagina]
    bestanden: Files
    geheugen: Memory | None = None
    gedeeld: str

    serveert = False
    los = False
    download: Download | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002
        """Remember whether this is a build to publish or a site to look at while writing."""
        self.serveert = command == "serve"
        self.geheugen = Memory() if self.serveert else None

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002
        """Let no browser keep what may be changed a moment later."""
        server.set_app(fresh(server.serve_request))
        return server

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and prove the content; a defect stops the build with all of them named."""
        if self.geheugen:
            self.geheugen.turn()
        self.root = Path(config.config_file_path).parent
        self.los = bundle.wanted(config)
        self.nieuwste = config.site_url and urljoin(config.site_url, "over/zonder-internet/")
        if self.los:
            # from a folder there is no server that finds index.html
            config.use_directory_urls = False
            config.site_url = ""
        # from a folder nothing can be installed, and who writes wants to see the page of now
        config.extra["app"] = not (self.los or self.serveert)
        config.extra["kleuren"] = app.colours(self.root / "overrides" / "assets/site.css")
        content = self.root / "content"
        sleutel = digest(
            "inhoud", contents(pad for pad in content.rglob("*") if pad.is_file() and pad.parent.name != FRAGMENTEN)
        )
        kamers = self.geheugen or Memory()
        self.model, self.kamer, self.begrippen = kamers.once(sleutel, partial(self._lees, content, config))
        if not self.los and not self.serveert:
            self.download = Download(self.root, self.model.versie)
        return config

    def _lees(self, content: Path, config: MkDocsConfig) -> tuple[Model, Schrijfkamer, Begrippen]:
        cache = self.root / ".cache"
        try:
            model = load(content, cache / "inhoud.json")
        except InhoudFout as fout:
            raise PluginError(str(fout)) from fout
        bewezen = proven(model, cache / "bewijs.json")
        if bewezen.bewijs.gevonden:
            lijst = "\n".join(f"  {gebrek}" for gebrek in bewezen.bewijs.gevonden)
            raise PluginError(f"De beslistabellen kloppen niet:\n{lijst}")
        sjablonen = Compiled(cache / "sjablonen")
        kamer = Schrijfkamer(model, bewezen.bewijs, Path(config.docs_dir), bewezen.volgers, sjablonen)
        return model, kamer, Begrippen(model)

    def on_shutdown(self) -> None:
        """Let the second build not go on when this one is over, however it ended."""
        if self.download:
            self.download.stop()

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Add the pages from the model, the typeface, the search engine, and Python for the browser."""
        cache = self.root / ".cache"
        try:
            cache.mkdir(exist_ok=True)
            # the folder for a laptop is built at the same time: whoever is second finds all that is the same done
            with FileLock(cache / "slot"):
                npm.install(self.root)
                zoeker = search.bundle(self.root, cache / "zoeken")
                self.houder = app.bundle(self.root, cache / "app") if config.extra["app"] else None
                self.runtime = build(root=self.root, package=stage(self.model, cache / "kern"), cache=cache / "runtime")
            search.check_theme(files)
        except BuildError as fout:
            raise PluginError(str(fout)) from fout
        for gevonden in list(files):
            if gevonden.src_uri.startswith(search.VAN_HET_THEMA) or gevonden.src_uri.endswith(search.KAARTEN):
                files.remove(gevonden)
        self.zoeker = f"{search.ASSETS}/{search.TEKST if self.los else zoeker.name}"
        if self.los:
            files.append(File.generated(config, self.zoeker, content=search.loose(zoeker)))
        else:
            self._voeg_toe(files, config, self.zoeker, zoeker)
        self.gemaakt = {pagina.pad: pagina for pagina in pages(self.model)}
        for pagina in self.gemaakt.values():
            files.append(File.generated(config, pagina.pad, content=self.kamer.page(pagina)))
        dmn = File.generated(config, DMN, content=write(self.model), inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(dmn)
        files.append(File.generated(config, hosts.NGINX, content=hosts.nginx(), inclusion=InclusionLevel.NOT_IN_NAV))
        if self.los:
            bestanden, worker = parts(self.runtime.manifest, self.runtime.folder, self.root / "overrides" / ASSETS)
            for naam, script in loose(bestanden, worker).items():
                files.append(File.generated(config, f"{ASSETS}/python/{naam}", content=script))
        for bestand in frame.scripts(self.runtime) if self.los else self.runtime.files:
            self._voeg_toe(files, config, f"{ASSETS}/python/{bestand.name}", bestand)
        stil = frame.page(self.runtime.manifest, los=self.los)
        files.append(File.generated(config, f"{ASSETS}/{frame.NAAM}", content=stil))
        for bestand in sorted((self.root / "node_modules" / LETTERTYPE / "files").glob("*-latin*-wght-*.woff2")):
            self._voeg_toe(files, config, f"assets/lettertype/{bestand.name}", bestand)
        self.bestanden = files
        return files

    def _voeg_toe(self, files: Files, config: MkDocsConfig, pad: str, bron: Path) -> None:
        files.append(File.generated(config, pad, abs_src_path=str(bron), inclusion=InclusionLevel.NOT_IN_NAV))

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Take down what every page shares, now that it is known which pages there are."""
        if self.geheugen:
            self.gedeeld = surroundings(config, files)
        return nav

    def on_pre_page(self, page: Page, /, *, config: MkDocsConfig, files: Files) -> Page:  # noqa: ARG002
        """While serving, let a page that did not change be as it was."""
        if self.geheugen:
            remember_rendering(self.geheugen, page, self.gedeeld)
        return page

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let the theme's templates keep what Jinja makes of them, and while serving what they make of a page."""
        env.bytecode_cache = Compiled(self.root / ".cache/thema")
        if self.geheugen:
            remember_pages(self.geheugen, env, self.gedeeld, config, files)
            for plugin in config.plugins.values():
                remember_sections(self.geheugen, getattr(plugin, "search_index", None))
        return env

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Fill the Jinja of a page: all of a generated one, and what a hand-written one asks for."""
        pagina = self.gemaakt.get(page.file.src_uri)
        if pagina is None and "{{" not in markdown and "{%" not in markdown:
            return markdown
        try:
            return self.kamer.render(
                markdown,
                lambda pad: self._adres(pad, page),
                r=pagina and pagina.record,
                los=self.los,
                bundel=self.download and self.download.aanbod,
                van_de_wortel=lambda pad: get_relative_url(pad, page.file.url),
            )
        except PluginError:
            raise
        except Exception as fout:
            raise PluginError(f"{page.file.src_uri}: de pagina is niet te maken ({fout})") from fout

    def _adres(self, pad: str, page: Page) -> str:
        return get_relative_url(self._url(pad, page.file.src_uri), page.file.url)

    def _url(self, pad: str, waar: str) -> str:
        """The address of a page from the root of the site; ``waar`` says who asks for it."""
        return self._bestand(pad, waar).url

    def _bestand(self, pad: str, waar: str) -> File:
        doel = self.bestanden.get_file_from_path(pad)
        if doel is None:
            raise PluginError(f"{waar}: er is geen pagina {pad!r}")
        return doel

    def _met_zoeker(self, html: str) -> str:
        try:
            return search.point_to(html, self.zoeker)
        except BuildError as fout:
            raise PluginError(str(fout)) from fout

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Lead from a page about a matter into its track, and let every term of the field show its meaning."""
        if page.file.src_uri.startswith(ZONDER_BEGRIPPEN):
            return html
        if zaken := [spoor for spoor in self.model.sporen if spoor.pagina == page.file.src_uri]:
            deel = self.kamer.render("{{ m.zaak(sporen) }}", lambda pad: self._adres(pad, page), sporen=zaken)
            html = LEAD.sub(lambda lead: lead[0] + deel, html, count=1)
        adres = self._adres(search.PAGINA, page)

        def merk() -> str:
            return self.begrippen.mark(html, lambda id_: f"{adres}#{id_}")

        if not self.geheugen:
            return merk()
        gemerkt: str = self.geheugen.once(digest("begrippen", self.begrippen.sleutel, adres, html), merk)
        return gemerkt

    def on_page_context(
        self,
        context: TemplateContext,
        /,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """Give the wegwijzer's own template its first question, the runtime's manifest and its links."""
        if page.meta.get("template") == SJABLOON:
            soorten = (
                ("fase", self.model.fasen),
                ("stap", self.model.stappen),
                ("rol", self.model.rollen),
                ("bron", self.model.bronnen),
                ("methode", self.model.methode),
                ("instrument", self.model.instrumenten),
            )
            links = {f"{soort}/{r.id}": self._adres(path(soort, r.id), page) for soort, lijst in soorten for r in lijst}
            vaste = {"spanningen": "bronnen/spanningen.md", "tabellen": "wegwijzer/beslistabellen.md"}
            links |= {f"vast/{naam}": self._adres(pad, page) for naam, pad in vaste.items()}
            links |= {f"spoor/{spoor.id}": self._adres(spoor.pagina, page) for spoor in self.model.sporen}
            links |= {f"titel/{spanning.id}": spanning.titel for spanning in self.model.spanningen}
            context["wegwijzer"] = {  # type: ignore[typeddict-unknown-key]
                "vraag": answer(self.model, {})["vraag"],
                "spoor": Schrijver(self.model).spoor(self.model.spoor[LEERLING]),
                "sporen": self.model.sporen,
                "naar_ingang": way_in,
                "fasen": self.model.fasen,
                "links": links,
                "manifest": json.dumps(self.runtime.manifest),
                "assets": get_relative_url(ASSETS, page.file.url),
                "scripts": (*(("los", f"python/{WORKER[:-3]}") if self.los else ()), *SCRIPTS),
            }
        return context

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Put the page under its Content-Security-Policy; while serving, MkDocs adds a script of its own."""
        output = self._met_zoeker(output)
        if self.serveert:
            return output
        return protect(output, python=page.meta.get("template") == SJABLOON, los=self.los)

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """The same for pages without a source, such as the one for an address that does not exist."""
        if not template_name.endswith(".html"):
            return output_content
        output_content = self._met_zoeker(output_content)
        return output_content if self.serveert else protect(output_content, python=False, los=self.los)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Give search the glossary and the search words of pages, once the theme's plugin has written its index.

        Last of all comes the service worker, which holds the site as it then is.
        """
        begrippen = search.glossary(self.model, partial(self._url, waar="begrippen.yml")) + search.words_of_pages(
            self.bestanden
        )
        site = Path(config.site_dir)
        search.complete(site, begrippen, los=self.los)
        if self.los:
            bundle.finish(site, bundle.version(self.root, self.model.versie), self.nieuwste)
            return
        if self.download:
            pagina = self._bestand(DOWNLOADPAGINA, waar="De zip voor gebruik zonder internet")
            try:
                self.download.finish(site, Path(pagina.abs_dest_path))
            except BuildError as fout:
                raise PluginError(str(fout)) from fout
        # what comes later is not held for use without a network
        app.manifest(site, config.site_name, config.site_description or "", config.extra["kleuren"]["default"])
        if self.houder:
            app.hold(site, self.houder)
        else:
            app.let_go(site)
        if not self.serveert:
            # last of all: of every file as it is published
            compress(site, self.root / ".cache/samengeperst")
            hosts.headers(site)
