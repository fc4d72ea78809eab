"""The drivers of the three engines do what a reader does, and let nothing pass that a reader's browser refuses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import serve
from tests.engines import Engine, GeenBrowser, Motor, MotorFout, start

PAGINA = """<!doctype html><meta charset="utf-8"><title>Proef</title>
<input id="veld"><button id="knop">Druk</button><a id="verder" href="verder.html">Verder</a>
<script src="proef.js"></script>"""

SCRIPT = """const zet = (naam, waarde) => { document.documentElement.dataset[naam] = waarde; };
document.querySelector('#veld').addEventListener('focus', () => zet('focus', 'ja'));
document.querySelector('#knop').addEventListener('click', (event) => zet('echt', event.isTrusted));
fetch('proef.js').then((antwoord) => antwoord.text()).then(() => zet('gelezen', 'ja'), () => zet('gelezen', 'nee'));"""


@pytest.fixture(scope="module")
def proef(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small page."""
    map_ = tmp_path_factory.mktemp("proef")
    for naam, tekst in {"index.html": PAGINA, "proef.js": SCRIPT, "verder.html": "<title>Verder</title>"}.items():
        (map_ / naam).write_text(tekst, encoding="utf-8")
    return map_


@pytest.fixture
def plek(proef: Path) -> Iterator[str]:
    """Where that page is served."""
    with serve(proef) as plek:
        yield plek


def test_what_a_driver_does_is_real_input(motor: Motor, plek: str) -> None:
    """A click is trusted, a field gets the focus, typing replaces what stood there, and back goes back."""
    motor.open(plek)
    motor.type("#veld", "weg hiermee")
    motor.type("#veld", "één IB\u2019e")
    motor.press("r")
    motor.click("#knop")
    motor.wait("document.documentElement.dataset.gelezen")
    gezien = motor.js("Promise.resolve([document.querySelector('#veld').value, {...document.documentElement.dataset}])")
    assert gezien == ["één IB\u2019er", {"focus": "ja", "echt": "true", "gelezen": "ja"}]
    motor.click("#verder")
    motor.wait("document.title === 'Verder'")
    motor.back()
    motor.wait("document.title === 'Proef'")


def test_what_a_page_throws_is_told(motor: Motor, plek: str) -> None:
    """An expression that fails raises with the words of the page."""
    motor.open(plek)
    with pytest.raises(MotorFout, match="boem"):
        motor.js("Promise.reject(new Error('boem'))")


def test_a_page_from_disk_cannot_read_the_file_next_to_it(motor: Motor, proef: Path) -> None:
    """As in a reader's browser: so a test from a folder proves that the site does without."""
    motor.open((proef / "index.html").as_uri())
    assert motor.wait("document.documentElement.dataset.gelezen") == "nee"


def test_a_new_tab_shares_what_the_site_stored(motor: Motor, plek: str) -> None:
    """Both tabs belong to one profile, and stay to go back to."""
    motor.open(plek)
    motor.js("localStorage.setItem('bewaard', 'ja')")
    nummer = motor.new_tab()
    motor.open(f"{plek}verder.html")
    assert motor.js("localStorage.getItem('bewaard')") == "ja"
    motor.tab(nummer - 1)
    assert motor.js("document.title") == "Proef"


def test_the_network_can_be_cut_except_in_webkit(motor: Motor, plek: str) -> None:
    """Where an engine says that it cut the network, nothing comes through until it is mended."""
    motor.open(plek)
    assert motor.offline(True) == (motor.naam != "webkit")
    if motor.naam != "webkit":
        with pytest.raises(MotorFout):
            motor.open(f"{plek}verder.html")
        motor.offline(False)
    motor.open(f"{plek}verder.html")
    assert motor.js("document.title") == "Verder"


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_a_profile_is_kept_between_two_starts(engine: Engine, plek: str, tmp_path: Path) -> None:
    """What a site stored the first time is there the second time."""
    try:
        with start(engine, profile=tmp_path) as motor:
            motor.open(plek)
            motor.js("localStorage.setItem('bewaard', 'ja')")
    except GeenBrowser as geen:
        if engine == "chromium":
            raise
        pytest.skip(str(geen))
    with start(engine, profile=tmp_path) as motor:
        motor.open(plek)
        assert motor.js("localStorage.getItem('bewaard')") == "ja"


def test_webkit_says_that_it_keeps_no_profile(tmp_path: Path) -> None:
    """Rather than starting fresh each time without a word."""
    with pytest.raises(GeenBrowser, match="WebKit bewaart niets"), start("webkit", profile=tmp_path):
        pass
