"""Makes the icons of the installed web app from the mark of the site: ``uv run python -m tests.icons``.

They are in version control, so that a build needs no browser. Run this after a change of ``favicon.svg``.
"""

import re
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium

BEELD = Path(__file__).parent.parent / "overrides/assets/beeld"
TEKEN = BEELD / "favicon.svg"
RAND = 0.72
"""Size of the mark where the system cuts the icon to a shape of its own: it keeps a circle of 80 %."""

ICONEN = (("icoon-192", 192, False), ("icoon-512", 512, False), ("icoon-rand-512", 512, True), ("icoon-180", 180, True))
"""Name, size in pixels, and whether the mark stands free in a full square; Apple's system rounds the corners itself."""


def square(svg: str) -> str:
    """The mark on a background without round corners, smaller, so that any shape can be cut from it."""
    achtergrond = re.search(r"<rect[^>]*/>", svg)
    assert achtergrond, f"{TEKEN} has no background"
    vol = re.sub(r' rx="[^"]*"', "", achtergrond[0])
    rest = svg.replace(achtergrond[0], "").replace("</svg>", "")
    kop, _, teken = rest.partition(">")
    verplaats = 16 * (1 - RAND)
    return f'{kop}>{vol}<g transform="translate({verplaats} {verplaats}) scale({RAND})">{teken}</g></svg>'


def main() -> None:
    """Draw every icon and write it beside the mark."""
    svg = TEKEN.read_text(encoding="utf-8").strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for naam, maat, vrij in ICONEN:
            page = browser.new_page(viewport={"width": maat, "height": maat})
            stijl = "<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>"
            page.set_content(stijl + (square(svg) if vrij else svg))
            page.screenshot(path=BEELD / f"{naam}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
