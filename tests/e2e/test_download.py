"""The zip of the folder without a server: what the site offers, and what is in it."""

import hashlib
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from mkdocs.config import load_config
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PROJECT
from tests.e2e.test_site import Adressen
from wizard.model import Model
from wizard.site import bundle

WINDOWS = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)', re.IGNORECASE)
"""What a name on Windows may not be."""


def test_the_page_offers_the_zip_with_its_size_and_checksum(
    page: Page, adres: str, bundel: Path, site: Path, model: Model
) -> None:
    """The button downloads the zip; the page tells its version, megabytes and SHA-256, as the file beside it."""
    page.goto(f"{adres}over/zonder-internet/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download de map als zip").click()
    inhoud = download.value.path().read_bytes()
    sha256 = hashlib.sha256(inhoud).hexdigest()
    assert inhoud == bundel.read_bytes()
    assert bundel.with_name(f"{bundel.name}.sha256").read_text(encoding="utf-8") == f"{sha256}  {bundel.name}\n"
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert bundel.stem.endswith(f"-{project}-{model.versie}")
    expect(page.locator(".controlegetal")).to_have_text(sha256)
    expect(page.locator(".kenmerken")).to_contain_text(f"{len(inhoud) / 1e6:.1f} MB".replace(".", ","))
    expect(page.locator(".kenmerken")).to_contain_text(f"{project}-{model.versie}")
    assert "bundel:" not in (site / "search/search_index.json").read_text(encoding="utf-8")


def test_the_folder_does_not_offer_itself(folder: Path) -> None:
    """In the folder the same page says where the download is, and has no link to one."""
    html = (folder / "over/zonder-internet.html").read_text(encoding="utf-8")
    assert "gepubliceerde site" in html
    assert "download/" not in html
    assert "bundel:" not in html
    assert not (folder / "download").exists()


@pytest.mark.parametrize(("waarde", "los"), [("true", True), ("false", False), ("", False), (None, False)])
def test_a_variable_asks_for_the_folder(monkeypatch: pytest.MonkeyPatch, waarde: str | None, los: bool) -> None:
    """``OFFLINE=true mkdocs build`` makes the same folder as the command does, and no other value does."""
    monkeypatch.delenv("OFFLINE", raising=False)
    if waarde is not None:
        monkeypatch.setenv("OFFLINE", waarde)
    assert bundle.wanted(load_config(str(PROJECT / "mkdocs.yml"))) is los


def test_the_zip_unpacks_on_any_computer(bundel: Path) -> None:
    """One folder at the top, names that Windows takes and that leave room for where it is put, no two alike there."""
    with zipfile.ZipFile(bundel) as archief:
        namen = archief.namelist()
    assert {naam.partition("/")[0] for naam in namen} == {bundel.stem}
    assert [naam for naam in namen if WINDOWS.search(naam)] == []
    assert max(map(len, namen)) < 150
    assert len({naam.casefold() for naam in namen}) == len(namen)


def test_packing_again_gives_the_same_bytes(bundel: Path, folder: Path, tmp_path: Path) -> None:
    """The zip depends on what is in the folder alone: not on when or where it was unpacked."""
    bundle.pack(folder, tmp_path / bundel.name)
    assert (tmp_path / bundel.name).read_bytes() == bundel.read_bytes()


def test_the_text_to_read_first(folder: Path, bundel: Path, tmp_path: Path) -> None:
    """It tells to unpack and what to open, and its version; where the newest is only when that is known."""
    tekst = (folder / bundle.LEESMIJ).read_bytes().decode("ascii")
    assert "\n" not in tekst.replace("\r\n", "")
    assert bundel.stem.endswith(re.search(r"Versie (\S+)", tekst)[1])  # type: ignore[index]
    assert tekst.index("Alles uitpakken") < tekst.index("index.html")
    assert "nieuwste" not in tekst
    bundle.finish(tmp_path, "1-a", "https://voorbeeld.nl/")
    assert "https://voorbeeld.nl/" in (tmp_path / bundle.LEESMIJ).read_text(encoding="utf-8")


def test_nothing_in_the_folder_points_outside_but_a_link_to_click(folder: Path) -> None:
    """Every link and file of every page is in the folder, and no page or script names a map, a manifest or a worker."""
    kapot = []
    for bestand in folder.rglob("*.html"):
        html = bestand.read_text(encoding="utf-8")
        assert not re.search(r'rel="(canonical|manifest|alternate)"|serviceWorker|http-equiv="refresh"', html), bestand
        # what a reader may follow leads to the sources; nothing else goes out
        assert not re.search(r"<(?:link|script|img|iframe|source)\b[^>]*(?:https?:)?//", html), bestand
        adressen = Adressen()
        adressen.feed(html)
        for link in adressen.links:
            doel = link.partition("#")[0].partition("?")[0]
            if not re.match(r"[a-z]+:", link) and doel and not (bestand.parent / doel).is_file():
                kapot.append(f"{bestand.relative_to(folder)} → {link}")
    assert kapot == []
    teksten = [*folder.rglob("*.js"), *folder.rglob("*.css")]
    assert len(teksten) > 10
    assert [bestand.name for bestand in teksten if b"sourceMappingURL=" in bestand.read_bytes()[-200:]] == []
    assert not list(folder.rglob("*.map"))
    assert not [naam for naam in ("404.html", "sitemap.xml", "sitemap.xml.gz") if (folder / naam).exists()]
