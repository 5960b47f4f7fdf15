"""What the first look at a page costs, over the wire."""

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import Opening
from tests.browser.kinds import PAGES

#: Bytes, compressed, before charts are asked for.
MOST = 100_000


@pytest.mark.parametrize("kind", PAGES)
def test_the_first_load_is_small(opened_page: Opening, kind: str) -> None:
    """A reader on a slow line would wait: page, styles and scripts together weigh too much."""
    with opened_page(expected=("status of 404",)) as page:
        answers: list[Response] = []
        page.on("response", lambda one: answers.append(one))  # noqa: PLW0108 - Playwright wants a function of its own
        page.goto(PAGES[kind], wait_until="networkidle")
        weights = {one.url: one.request.sizes()["responseBodySize"] for one in answers}
        assert weights
        assert sum(weights.values()) < MOST, weights
