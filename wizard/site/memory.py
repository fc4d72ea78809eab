"""What a page needs not have made again while its writer looks on: only for `mkdocs serve`, only in memory.

Four steps of a build take nearly all of its time: Markdown to HTML, the terms marked in it, its sections for search,
and the theme around it. Each follows from a few inputs, and here each is remembered under a key made of all of them,
so that a page whose inputs are equal gets what they gave before. A step that is not sure of its inputs is done again:
a page that includes a file from elsewhere, one that got a warning, and one with a context of its own.

Filling the Jinja of a page is never skipped: it reads the whole model.
"""

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from wizard.kept import contents, digest

INCLUDE = "{!"
"""How markdown-include names another file."""

ELSEWHERE = re.compile(r"\{!\s*(?:/|[^!]*\.\.)")
"""A file that markdown-include is to fetch from outside the folder that we keep an eye on."""

OF_MKDOCS = frozenset(
    {"base_url", "build_date_utc", "config", "extra_css", "extra_javascript", "mkdocs_version", "nav", "page", "pages"}
)
"""What every page's template gets; a page that gets more depends on more than we know."""


ASSETS = "assets/"
"""Where the theme and the wegwijzer have their files."""

OWN = frozenset({"description", "zoekwoorden"})
"""Names in the head of a page that no other page shows."""


class Memory:
    """Outcomes by key, those of the build before this one and of this one."""

    def __init__(self) -> None:
        """Know nothing."""
        self._before: dict[str, Any] = {}
        self._now: dict[str, Any] = {}

    def turn(self) -> None:
        """Begin a build; what the last one did not use is forgotten."""
        self._before, self._now = self._now, {}

    def get(self, key: str) -> Any:
        """Give what is remembered under a key, or None."""
        found = self._before.get(key)
        if found is not None:
            self._now[key] = found
        return self._now.get(key)

    def put(self, key: str, value: Any) -> None:
        """Remember an outcome."""
        self._now[key] = value

    def once(self, key: str, make: Callable[[], Any]) -> Any:
        """Give what is remembered under a key, or else make it."""
        if (found := self.get(key)) is None:
            self.put(key, found := make())
        return found


def surroundings(config: MkDocsConfig, files: Files) -> str:
    """Give a key for what every page shares: the configuration, and all that it can link to, with the addresses.

    The site's own scripts and Python for the browser are left out: no text links to them, and their names change
    with every rule.
    """
    return digest(
        Path(config.config_file_path).read_bytes(),
        repr(config.extra),
        *sorted(f"{f.src_uri} {f.url} {f.inclusion}" for f in files if not f.src_uri.startswith(ASSETS)),
    )


def remember_rendering(memory: Memory, page: Page, shared: str) -> None:
    """Let a page take its HTML, its contents and its links from memory when its Markdown is the same."""

    def render(config: MkDocsConfig, files: Files) -> None:
        markdown = page.markdown or ""
        if ELSEWHERE.search(markdown):
            Page.render(page, config, files)
            return
        included = _fragments(config) if INCLUDE in markdown else ""
        key = digest("markdown", shared, page.file.src_uri, included, markdown)
        if (found := memory.get(key)) is not None:
            vars(page).update(found)
            # the files are those of another build, with the anchors that their pages had then
            page.links_to_anchors = {
                now: anchors
                for then, anchors in (page.links_to_anchors or {}).items()
                if (now := files.get_file_from_path(then.src_uri))
            }
            return
        before = dict(vars(page))
        with _Words() as words:
            Page.render(page, config, files)
        if not words.get_counts():
            given = {name: value for name, value in vars(page).items() if before.get(name) is not value}
            memory.put(key, given)

    page.render = render  # type: ignore[method-assign]


def _fragments(config: MkDocsConfig) -> str:
    folder = Path(config.mdx_configs["markdown_include.include"]["base_path"])
    return contents(file for file in folder.rglob("*") if file.is_file())


class _Words(CountHandler):
    """Counts what MkDocs has to say: a page that it complains of must be complained of each time."""

    def __enter__(self) -> "_Words":
        self.setLevel(logging.INFO)
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)


def remember_sections(memory: Memory, index: Any) -> None:
    """Let the theme's search index take the sections of a page from memory when the page is the same.

    With an index of another form than we know nothing is remembered, and nothing else changes.
    """
    entries, add = getattr(index, "entries", None), getattr(index, "add_entry_from_context", None)
    if not isinstance(entries, list) or add is None:
        return

    def made(page: Page) -> list[Any]:
        count = len(entries)
        add(page)
        return entries[count:]

    def add_remembered(page: Page) -> None:
        key = digest("secties", page.url, str(page.title), repr(page.meta), page.content or "", str(page.toc))
        if (found := memory.get(key)) is not None:
            entries.extend(found)
        else:
            memory.put(key, made(page))

    index.add_entry_from_context = add_remembered


def remember_pages(memory: Memory, env: jinja2.Environment, shared: str, config: MkDocsConfig, files: Files) -> None:
    """Let the theme's template of a page give what it gave before when all that it shows is the same."""
    pages = [file.page for file in files.documentation_pages() if file.page]
    around = digest(
        shared,
        contents(_templates(config)),
        repr([(page.url, str(page.title), _marks(page)) for page in pages]),
    )

    class Remembering(jinja2.Template):
        def render(self, *args: Any, **kwargs: Any) -> str:
            context = dict(*args, **kwargs)
            page = context.get("page")
            if not isinstance(page, Page) or not context.keys() <= OF_MKDOCS:
                return super().render(*args, **kwargs)
            key = digest(
                *("bladzijde", around, str(self.name), page.url, str(page.title), repr(page.meta)),
                *(str(page.toc), str(context["nav"]), repr(context["extra_css"])),
                page.content or "",
            )
            html: str = memory.once(key, lambda: jinja2.Template.render(self, *args, **kwargs))
            return html

    env.template_class = Remembering


def _marks(page: Page) -> list[tuple[str, Any]]:
    """What a page says of itself that the navigation of other pages can show: all but what only its own head tells."""
    return [(name, value) for name, value in page.meta.items() if name not in OWN]


def _templates(config: MkDocsConfig) -> Iterator[Path]:
    """Every template of the theme and of ours, without the theme's thousands of icons."""
    for folder in config.theme.dirs:
        for place, folders, names in Path(folder).walk():
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (place / name for name in names if name.endswith(".html"))


def fresh(application: Callable[..., Any]) -> Callable[..., Any]:
    """Give a server's application whose answers no browser keeps."""

    def answer(environ: Any, start_response: Callable[..., Any]) -> Any:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, ("Cache-Control", "no-store")], *rest)

        return application(environ, start)

    return answer
