"""The pictures of the pages: all there, small, and shown with words for who does not see them."""

import re

from tests.browser.pictured import PICTURED
from tests.browser.pictures import SCREENS
from tests.conftest import PROJECT

PICTURES = PROJECT / "docs" / "pages"
#: So many bytes may all pictures together take in the repository.
MOST = 3_000_000


def test_every_page_has_a_picture_of_each_width() -> None:
    """A page would be left out, or a picture of a page that is gone stay: run scripts/screenshots."""
    wanted = {f"{name}-{width}.webp" for name in PICTURED for width, _, _ in SCREENS}
    assert {path.name for path in PICTURES.iterdir()} == wanted


def test_the_pictures_are_small() -> None:
    """Whoever clones the project would wait for its pictures."""
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST


def test_the_page_on_pages_shows_them_all_in_words_too() -> None:
    """A picture would be made and shown nowhere, or a reader who does not see it told nothing."""
    shown = re.findall(
        r"!\[([^\]]+)\]\(pages/([\w-]+)-(\d+)\.webp\)", (PROJECT / "docs" / "pages.md").read_text("utf-8")
    )
    assert sorted((name, int(width)) for _, name, width in shown) == sorted(
        (name, width) for name in PICTURED for width, _, _ in SCREENS
    )
    assert all(words == PICTURED[name].seen for words, name, width in shown if width == "1280")
    assert all(
        f"`{picture.address}`" in (PROJECT / "docs" / "pages.md").read_text("utf-8") for picture in PICTURED.values()
    )
