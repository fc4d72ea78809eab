"""Putting our own search engine in the place of the theme's."""

import pytest

from wizard.site.npm import BuildError
from wizard.site.search import point_to


def test_the_theme_starts_our_worker() -> None:
    """The address keeps what leads to the root of the site, and the rest becomes ours."""
    pagina = '{"base": "..", "search": "../assets/javascripts/workers/search.a1b2c3d4.min.js", "tags": null}'
    assert '"search": "../assets/zoeken/zoeken.1.js"' in point_to(pagina, "assets/zoeken/zoeken.1.js")


def test_another_theme_is_an_error_and_not_a_silent_return_to_its_own_engine() -> None:
    """When the theme names its worker in another way, the build says so."""
    with pytest.raises(BuildError, match="zoekmachine anders dan verwacht"):
        point_to('{"search": "../assets/javascripts/searcher.js"}', "assets/zoeken/zoeken.1.js")


def test_a_page_without_search_is_left_alone() -> None:
    """A redirect or another page without the theme's configuration is no error."""
    assert point_to("<p>x</p>", "assets/zoeken/zoeken.1.js") == "<p>x</p>"
