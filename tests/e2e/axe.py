"""Accessibility faults of a page, as axe-core finds them."""

from playwright.sync_api import Page

from tests.e2e.conftest import PROJECT

AXE = PROJECT / "node_modules/axe-core/axe.min.js"
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, as one line per fault: rule, first element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    gevonden = page.evaluate("tags => axe.run({runOnly: tags}).then(r => r.violations)", REGELS)
    return [f"{fout['id']}: {fout['nodes'][0]['html'][:160]} ({len(fout['nodes'])}x)" for fout in gevonden]
