"""How the tests get their browser."""

from pathlib import Path

import pytest

from tests.browser import GeenBrowser, chromium


def test_without_any_way_to_a_browser_the_error_names_what_was_tried(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No browser on the path, no package manager, and a download that nobody answers: a clear error, no skip."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with pytest.raises(GeenBrowser) as fout:
        chromium()
    assert "chromium-browser" in str(fout.value)
    assert "playwright install chromium" in str(fout.value)


def test_a_browser_that_does_not_start_is_not_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A stub with the right name, as some systems have, is passed over."""
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\nexit 1\n")
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with pytest.raises(GeenBrowser):
        chromium()
