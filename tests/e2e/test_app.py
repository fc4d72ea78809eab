"""The installed web app: everything without a network, and never two builds in one page."""

import json
import re
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import journeys
from tests.browser import chromium
from tests.chromium import VLAGGEN
from tests.e2e.axe import faults
from tests.e2e.conftest import PROJECT
from tests.e2e.webserver import Webserver
from tests.e2e.wegwijzer import Wegwijzer
from tests.e2e.zoekvak import Zoekvak
from wizard.model import Model
from wizard.site import app

BEWAARD = "Beschikbaar zonder internet"
WACHT = 60_000
HOUDER = PROJECT / ".cache/app" / app.WORKER
"""The service worker as the build made it, still without a list."""

PYTHON = "assets/wegwijzer/python"
NIEUW = "Dit staat er sinds de nieuwe versie."
HAAL = "pad => fetch(pad).then(a => a.text(), fout => String(fout))"


def held(page: Page) -> Page:
    """Wait until the footer says that everything is held."""
    expect(page.locator("footer [data-app-status]")).to_have_text(BEWAARD, timeout=WACHT)
    return page


def offer(page: Page) -> Any:
    """The message about a new version."""
    return page.locator("[data-app-melding]")


def look_for_new(page: Page) -> None:
    """Let the browser look for a new build, as it does by itself on a visit."""
    page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update()).catch(() => {})")


def runtime(site: Path) -> str:
    """The name of the snapshot of a build."""
    (wasm,) = (site / PYTHON).glob("snapshot.*.wasm")
    return wasm.name


def rebuild(site: Path, doel: Path) -> Path:
    """A next build: another page, another script for Python, and a runtime under another name."""
    shutil.copytree(site, doel)
    (doel / app.WORKER).unlink()
    if (doel / PYTHON).is_dir():
        oud = runtime(doel)
        nieuw = re.sub(r"[0-9a-f]{8,}", lambda hash_: hash_[0][::-1], oud)
        # with its compressed copies
        for bestand in list((doel / PYTHON).glob(f"{oud}*")):
            bestand.rename(bestand.with_name(bestand.name.replace(oud, nieuw)))
        for pagina in doel.rglob("*.html"):
            if oud in (tekst := pagina.read_text(encoding="utf-8")):
                pagina.write_text(tekst.replace(oud, nieuw), encoding="utf-8")
    fasen = doel / "fasen/index.html"
    fasen.write_text(fasen.read_text(encoding="utf-8").replace("</h1>", f"</h1><p>{NIEUW}</p>", 1), encoding="utf-8")
    with (doel / "assets/wegwijzer/worker.js").open("a", encoding="utf-8") as script:
        script.write(f"// {NIEUW}\n")
    app.hold(doel, HOUDER)
    return doel


@pytest.fixture(scope="module")
def nieuwe(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a second build of the site."""
    return rebuild(site, tmp_path_factory.mktemp("nieuw") / "site")


@pytest.fixture(scope="module")
def klein(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the site without Python, where what is in it does not matter: held in a moment."""

    def weg(map_: str, namen: list[str]) -> set[str]:
        if Path(map_) == site:
            return set(namen) - {"assets", "fasen", "search", "index.html", "404.html", app.MANIFEST}
        return {"python"} & set(namen)

    doel = shutil.copytree(site, tmp_path_factory.mktemp("klein") / "site", ignore=weg)
    app.hold(doel, HOUDER)
    return doel


@pytest.fixture
def nieuw_klein(klein: Path, tmp_path: Path) -> Path:
    """The next build of that part."""
    return rebuild(klein, tmp_path / "nieuw")


@pytest.fixture
def server(site: Path) -> Iterator[Webserver]:
    """A server of its own, with the first build."""
    server = Webserver(site)
    yield server
    server.stop()


@pytest.fixture
def server_klein(klein: Path) -> Iterator[Webserver]:
    """The same, with the part of the site."""
    server = Webserver(klein)
    yield server
    server.stop()


@pytest.fixture
def profiel(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile that may hold a site; an error on a page fails the test."""
    fouten: list[str] = []
    context = browser.new_context(reduced_motion="reduce")
    context.on("weberror", lambda fout: fouten.append(str(fout.error)))
    yield context
    context.close()
    assert fouten == []


def own_profile(browser: Browser, map_: Path, *vlaggen: str) -> BrowserContext:
    """A profile on disk, as a reader has one, with these flags."""
    return browser.browser_type.launch_persistent_context(
        map_, executable_path=chromium(), args=[*VLAGGEN, *vlaggen], reduced_motion="reduce"
    )


def test_the_manifest_makes_the_site_installable(
    server_klein: Webserver, browser: Browser, site: Path, tmp_path: Path
) -> None:
    """Chromium reads the manifest without complaint, finds nothing that keeps it from installing; the icons fit."""
    # a window that leaves no traces installs nothing
    context = own_profile(browser, tmp_path / "profiel")
    page = context.pages[0]
    page.goto(server_klein.adres + "fasen/fase-2/")
    cdp = context.new_cdp_session(page)
    gelezen = cdp.send("Page.getAppManifest")
    assert gelezen["errors"] == []
    assert cdp.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    apple = page.locator("link[rel=apple-touch-icon]").get_attribute("href") or ""
    context.close()
    assert struct.unpack(">II", (site / "fasen/fase-2" / apple).read_bytes()[16:24]) == (180, 180)
    manifest = json.loads(gelezen["data"])
    assert (manifest["lang"], manifest["display"], manifest["start_url"]) == ("nl", "standalone", "./")
    gevonden = set()
    for icoon in manifest["icons"]:
        bestand = site / icoon["src"]
        if icoon["type"] == "image/png":
            breed, hoog = struct.unpack(">II", bestand.read_bytes()[16:24])
            assert icoon["sizes"] == f"{breed}x{hoog}"
        gevonden.add((icoon["sizes"], icoon.get("purpose", "any")))
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"), ("any", "any")} <= gevonden


def test_after_one_visit_all_of_the_site_works_without_a_network(
    server: Webserver, profiel: BrowserContext, site: Path, model: Model
) -> None:
    """With the server gone: every page and file, an unknown address, search, and a whole journey, in a new tab too."""
    page = profiel.new_page()
    page.goto(server.adres)
    held(page)
    server.stop()
    try:
        profiel.set_offline(True)
        # the page of the first visit itself goes on too
        assert Zoekvak(page, server.adres).search("wie heeft de procesregie")[0][0] == "procesregie/"
        gelezen = page.evaluate(
            """paden => Promise.all(paden.map(async pad => {
                const antwoord = await fetch(pad).catch(() => null);
                return [pad, antwoord?.status, (await antwoord?.arrayBuffer())?.byteLength];
            }))""",
            [pad for pad, *_ in _list(site)],
        )
        maten = {pad: maat for pad, _, _, maat in _list(site)}
        assert len(gelezen) > 150
        assert [regel for regel in gelezen if regel[1:] != [200, maten[regel[0]]]] == []
        for pad in ("fasen/", "fasen", "fasen/index.html?h=fase", "partijen/toegang/#taken", "begrippen/", ""):
            page.goto(server.adres + pad)
            expect(page.locator("h1")).not_to_contain_text("er niet")
        antwoord = page.goto(server.adres + "bestaat/niet/")
        assert antwoord
        assert antwoord.status == 404
        expect(page.locator("h1")).to_contain_text("Deze pagina is er niet")
        tab = profiel.new_page()
        tab.goto(server.adres)
        expect(tab.locator("footer [data-app-status]")).to_have_text(BEWAARD)
        assert Zoekvak(tab, server.adres).search("procesregie")[0]
        tab.goto(server.adres)
        tab.get_by_role("link", name="Start de wegwijzer").click()
        wegwijzer = Wegwijzer(tab).ready()
        expect(wegwijzer.wortel).to_have_attribute("data-weg", "snapshot")
        wegwijzer.answer(journeys.read("fase-3", model).antwoorden).state("advies")
        expect(wegwijzer.advice("fase")).to_contain_text("Fase 3")
    finally:
        server.start()


def _list(site: Path) -> list[tuple[str, str | None, str | None, int]]:
    """What the service worker of a build holds."""
    eerste = (site / app.WORKER).read_text(encoding="utf-8").partition(";\n")[0]
    lijst: list[tuple[str, str | None, str | None, int]] = json.loads(eerste.removeprefix("self.SITE="))["files"]
    return lijst


def test_every_file_that_a_page_can_ask_for_is_on_the_list(site: Path) -> None:
    """The list has each page, script, picture and file of Python, and nothing that only a server or a robot wants."""
    bestanden = {bestand.relative_to(site).as_posix() for bestand in site.rglob("*") if bestand.is_file()}
    lijst = {f"{pad}index.html" if pad.endswith("/") else pad for pad, *_ in _list(site)}
    lijst = {pad.removeprefix("./") for pad in lijst}
    assert lijst <= bestanden
    rest = bestanden - lijst
    assert {pad for pad in rest if not re.search(r"\.map$|\.br$|\.gz$|^download/|^_headers$", pad)} <= {
        "sw.js",
        "sitemap.xml",
        "robots.txt",
    }
    assert all((pad.removesuffix(".gz") in bestanden) for pad in rest if pad.endswith(".gz"))


def test_a_new_build_waits_for_the_reader_and_keeps_the_answers(
    server: Webserver, profiel: BrowserContext, nieuwe: Path, site: Path, model: Model
) -> None:
    """Until the reader says so all is the old build; then all is the new one, with the answers and what was chosen.

    Another tab goes on with its own build, its Python and its scripts, and follows when its reader says so.
    """
    reis = journeys.read("fase-3", model).antwoorden
    (eerste, tweede), rest = list(reis.items())[:2], dict(list(reis.items())[2:])
    oud, nieuw = runtime(site), runtime(nieuwe)
    een, ander = profiel.new_page(), profiel.new_page()
    een.goto(server.adres + "wegwijzer/")
    held(een)
    ander.goto(server.adres + "wegwijzer/")
    for tab in (een, ander):
        Wegwijzer(tab).ready().answer(dict([eerste]))
        Wegwijzer(tab).option(*tweede).check()

    server.map = nieuwe
    look_for_new(een)
    for tab in (een, ander):
        expect(offer(tab)).to_contain_text(
            "Er is een nieuwe versie van deze site. Je antwoorden blijven", timeout=WACHT
        )
    derde = profiel.new_page()
    derde.goto(server.adres + "fasen/")
    expect(derde.get_by_text(NIEUW)).to_have_count(0)
    assert oud in derde.evaluate(HAAL, "../wegwijzer/")
    derde.close()

    offer(een).get_by_role("button", name="Nieuwe versie gebruiken").click()
    expect(offer(een)).to_be_empty(timeout=WACHT)
    wegwijzer = Wegwijzer(een).ready()
    expect(wegwijzer.option(*tweede)).to_be_checked()
    assert nieuw in een.evaluate("document.querySelector('[data-manifest]').textContent")
    assert NIEUW in een.evaluate(HAAL, "../assets/wegwijzer/worker.js")

    # the other tab has its own Python and its own files still, though no server has them any more
    expect(offer(ander)).to_contain_text("nieuwe versie")
    assert NIEUW not in ander.evaluate(HAAL, "../assets/wegwijzer/worker.js")
    # a name with a hash says what is in it, so it is good for whoever asks as long as it is there
    maat = "pad => fetch(pad).then(a => a.blob()).then(b => b.size)"
    lengte = (site / PYTHON / oud).stat().st_size
    assert [tab.evaluate(maat, f"../{PYTHON}/{oud}") for tab in (ander, een)] == [lengte, lengte]
    Wegwijzer(ander).answer(dict([tweede]))
    offer(ander).get_by_role("button", name="Nieuwe versie gebruiken").click()
    expect(offer(ander)).to_be_empty(timeout=WACHT)
    Wegwijzer(ander).ready().answer(rest).state("advies")
    expect(Wegwijzer(ander).advice("fase")).to_contain_text("Fase 3")
    assert NIEUW in ander.evaluate(HAAL, "../assets/wegwijzer/worker.js")

    # nobody needs the old build any more
    held(ander)
    expect_gone(ander, oud)
    server.stop()
    ander.goto(server.adres + "fasen/")
    expect(ander.get_by_text(NIEUW)).to_be_visible()
    server.start()


def expect_gone(page: Page, naam: str) -> None:
    """Wait until no file with this in its name is held."""
    for _ in range(100):
        if not page.evaluate(
            """naam => caches.keys().then(namen => Promise.all(namen.map(n => caches.open(n).then(c => c.keys()))))
                .then(lijsten => lijsten.flat().some(({ url }) => url.includes(naam)))""",
            naam,
        ):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{naam} is still held")


def test_a_new_build_takes_over_when_all_tabs_were_closed(
    server_klein: Webserver, profiel: BrowserContext, nieuw_klein: Path
) -> None:
    """Who says "Later" and closes the site finds the new build at the next start, and is asked nothing.

    Until then the message and the line in the footer fit the screen and have no accessibility faults.
    """
    page = profiel.new_page()
    page.goto(server_klein.adres)
    held(page)
    server_klein.map = nieuw_klein
    look_for_new(page)
    expect(offer(page)).to_contain_text("nieuwe versie", timeout=WACHT)
    looks(page)
    offer(page).get_by_role("button", name="Later").click()
    expect(offer(page)).to_be_empty()
    page.close()
    weer = profiel.new_page()
    # the browser closes the old tab in its own time
    for _ in range(50):
        weer.goto(server_klein.adres + "fasen/")
        if weer.get_by_text(NIEUW).count():
            break
        weer.goto("about:blank")
        weer.wait_for_timeout(100)
    expect(weer.get_by_text(NIEUW)).to_be_visible()
    held(weer)
    expect(offer(weer)).to_be_empty()


def looks(page: Page) -> None:
    """The message and the line in the footer: axe finds nothing, nothing scrolls sideways, print shows neither."""
    for schema in ("default", "slate"):
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", schema)
        for breedte in (360, 1280):
            page.set_viewport_size({"width": breedte, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= breedte
            assert faults(page) == []
        page.locator("label.md-header__button[for^=__palette]:visible").click()
    page.emulate_media(media="print")
    expect(offer(page)).to_be_hidden()
    expect(page.locator("footer [data-app-status]")).to_be_hidden()
    page.emulate_media(media="screen")


def test_a_half_filled_server_is_not_held(
    server_klein: Webserver, profiel: BrowserContext, nieuw_klein: Path, klein: Path, tmp_path: Path
) -> None:
    """A server that has the list of one build and files of another leaves the reader with the whole old build."""
    page = profiel.new_page()
    page.goto(server_klein.adres)
    held(page)
    gemengd = shutil.copytree(nieuw_klein, tmp_path / "gemengd")
    shutil.copy(klein / "fasen/index.html", gemengd / "fasen/index.html")
    server_klein.map = gemengd
    server_klein.gevraagd.clear()
    look_for_new(page)
    asked(page, server_klein, "/fasen/")
    stand = "navigator.serviceWorker.getRegistration().then(r => [r.installing, r.waiting].map(w => w?.state ?? null))"
    for _ in range(100):
        if page.evaluate(stand) == [None, None]:
            break
        page.wait_for_timeout(100)
    assert page.evaluate(stand) == [None, None]
    expect(offer(page)).to_be_empty()
    held(page)
    assert NIEUW not in page.evaluate(HAAL, "assets/wegwijzer/worker.js")


def test_a_network_that_is_lost_during_the_first_visit_does_no_harm(
    server_klein: Webserver, profiel: BrowserContext
) -> None:
    """Nothing is claimed, nothing is shown; the next visit goes on where this one stopped."""
    server_klein.hold("/fasen/fase-3/")
    page = profiel.new_page()
    page.goto(server_klein.adres)
    status = page.locator("footer [data-app-status]")
    expect(status).to_contain_text("De site wordt bewaard", timeout=WACHT)
    asked(page, server_klein, "/fasen/fase-3/")
    server_klein.stop()
    expect(status).to_be_empty(timeout=WACHT)
    assert page.locator("h1").is_visible()
    server_klein.start()
    server_klein.gevraagd.clear()
    page.goto(server_klein.adres)
    held(page)
    assert "/fasen/fase-3/" in server_klein.gevraagd
    assert "/fasen/fase-2/" not in server_klein.gevraagd


def asked(page: Page, server: Webserver, pad: str) -> None:
    """Wait until this is asked for."""
    for _ in range(600):
        if pad in server.gevraagd:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{pad} is not asked for")


def test_full_storage_leaves_the_site_as_it_was(server: Webserver, profiel: BrowserContext, model: Model) -> None:
    """When the browser refuses to hold more, all that was held goes, nothing is shown, and the wegwijzer works."""
    laat_los = server.hold("/fasen/fase-3/")
    page = profiel.new_page()
    page.goto(server.adres)
    expect(page.locator("footer [data-app-status]")).to_contain_text("De site wordt bewaard", timeout=WACHT)
    asked(page, server, "/fasen/fase-3/")
    cdp = profiel.new_cdp_session(page)
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": server.adres.rstrip("/"), "quotaSize": 1_000_000})
    laat_los()
    expect(page.locator("footer [data-app-status]")).to_be_empty(timeout=WACHT)
    expect_gone(page, "/fasen/")
    server.gevraagd.clear()
    page.goto(server.adres + "wegwijzer/")
    wegwijzer = Wegwijzer(page).ready()
    wegwijzer.answer(journeys.read("fase-3", model).antwoorden).state("advies")
    expect(page.locator("footer [data-app-status]")).to_be_empty()
    expect(offer(page)).to_be_empty()
    # this tab does not try again, and another one does not fetch what there is no room for
    assert "/sw.js" not in server.gevraagd
    tab = profiel.new_page()
    tab.goto(server.adres)
    asked(tab, server, "/sw.js")
    for _ in range(100):
        if tab.evaluate("sessionStorage.getItem('app-vol')"):
            break
        tab.wait_for_timeout(50)
    assert tab.evaluate("sessionStorage.getItem('app-vol')") == "1"
    assert "/fasen/fase-2/" not in server.gevraagd


def test_what_a_browser_threw_away_is_fetched_again(server_klein: Webserver, profiel: BrowserContext) -> None:
    """A file that is gone from storage comes from the network, is held anew, and only then it is said again."""
    page = profiel.new_page()
    page.goto(server_klein.adres)
    held(page)
    gooi = """() => caches.keys().then(async namen => {
        for (const naam of namen.filter(n => n.includes('bestanden'))) {
            const cache = await caches.open(naam);
            for (const { url } of await cache.keys()) if (url.includes('/fasen/')) await cache.delete(url);
        }
    })"""
    page.evaluate(gooi)
    page.goto(server_klein.adres + "fasen/fase-2/")
    expect(page.locator("h1")).to_contain_text("Fase 2")
    held(page)
    server_klein.stop()
    page.goto(server_klein.adres + "fasen/fase-4/")
    expect(page.locator("h1")).to_contain_text("Fase 4")
    server_klein.start()


def test_who_asks_for_little_data_is_asked_first(server_klein: Webserver, profiel: BrowserContext) -> None:
    """With the browser's data saver on nothing is fetched for later until the reader says so."""
    page = profiel.new_page()
    profiel.new_cdp_session(page).send("Emulation.setDataSaverOverride", {"dataSaverEnabled": True})
    page.goto(server_klein.adres)
    knop = page.get_by_role("button", name="Bewaar deze site voor gebruik zonder internet")
    expect(knop).to_be_visible(timeout=WACHT)
    assert "/sw.js" not in server_klein.gevraagd
    assert faults(page) == []
    knop.click()
    held(page)


@pytest.mark.parametrize("waar", ["policy", "plain http"])
def test_where_a_browser_holds_nothing_the_site_works_as_before(
    browser: Browser, server: Webserver, tmp_path: Path, model: Model, waar: str
) -> None:
    """Refused by a policy for site data, or plain http at a name: no word, no error, and the wegwijzer works."""
    voorkeuren = tmp_path / "profiel/Default/Preferences"
    voorkeuren.parent.mkdir(parents=True)
    if waar == "policy":
        inhoud = {"profile": {"default_content_setting_values": {"cookies": 2}}}
        voorkeuren.write_text(json.dumps(inhoud), encoding="utf-8")
    adres = server.adres.replace("127.0.0.1", "wegwijzer.test") if waar == "plain http" else server.adres
    context = own_profile(browser, tmp_path / "profiel", "--host-resolver-rules=MAP wegwijzer.test 127.0.0.1")
    fouten: list[str] = []
    context.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type == "error" else None)
    page = context.pages[0]
    page.goto(adres + "wegwijzer/")
    wegwijzer = Wegwijzer(page).ready()
    wegwijzer.answer(journeys.read("fase-3", model).antwoorden).state("advies")
    page.wait_for_timeout(1000)
    assert page.evaluate("""async () => {
        if (!navigator.serviceWorker) return 'none';
        return navigator.serviceWorker.register('/sw.js').then(() => 'registered', () => 'refused');
    }""") == ("refused" if waar == "policy" else "none")  # fmt: skip
    expect(page.locator("footer [data-app-status]")).to_be_empty()
    expect(offer(page)).to_be_empty()
    context.close()
    assert fouten == []


def test_a_page_asks_for_nothing_to_hold_before_python_answers(server: Webserver, profiel: BrowserContext) -> None:
    """On the page of the wegwijzer the first file for later is asked for after Python has started."""
    laat_los = server.hold(".wasm")
    page = profiel.new_page()
    page.goto(server.adres + "wegwijzer/")
    page.wait_for_timeout(1500)
    assert not {"/sw.js", "/begrippen/"} & set(server.gevraagd)
    laat_los()
    held(page)


def test_while_someone_writes_an_earlier_worker_leaves(
    server_klein: Webserver, profiel: BrowserContext, nieuw_klein: Path, tmp_path: Path
) -> None:
    """Where `mkdocs serve` comes at the address of a published build, the page of now is shown and nothing is held."""
    page = profiel.new_page()
    page.goto(server_klein.adres + "fasen/")
    held(page)
    schrijft = shutil.copytree(nieuw_klein, tmp_path / "schrijft")
    app.let_go(schrijft)
    server_klein.map = schrijft
    look_for_new(page)
    expect(page.get_by_text(NIEUW)).to_be_visible(timeout=WACHT)
    expect_gone(page, "/")
    assert page.evaluate("navigator.serviceWorker.controller") is None
