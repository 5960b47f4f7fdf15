"""One server on the whole corpus for all tests here."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.watching import watched
from tests.conftest import PROJECT
from tests.programs import program
from tests.serving import served

AXE = PROJECT / "api" / "web" / "node_modules" / "axe-core" / "axe.min.js"

#: Opens a page: width, theme, scripts and expected messages are given by name.
Opening = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the packaged corpus for the whole session."""
    with served(None) as (host, port):
        yield f"http://{host}:{port}"


@pytest.fixture
def opened_page(browser: Browser, address: str) -> Opening:
    """Hand out what opens a page of the served site, given width, theme and scripts."""
    return partial(watched, browser, address)


@pytest.fixture
def browser_page(opened_page: Opening) -> Iterator[Page]:
    """Open a page of 1280 px, in the light theme, with scripts."""
    with opened_page() as page:
        yield page


@pytest.fixture
def plain_page(opened_page: Opening) -> Iterator[Page]:
    """Open the same with JavaScript off."""
    with opened_page(scripts=False) as page:
        yield page


@pytest.fixture(scope="session")
def axe() -> str:
    """Read axe-core, which npm installs for the tests alone."""
    if not AXE.is_file():
        subprocess.run([program("npm"), "ci"], cwd=AXE.parents[2], check=True, capture_output=True)
    return AXE.read_text("utf-8")


@pytest.fixture(scope="session")
def islands() -> Path:
    """Find the built islands; without them what they do cannot be tested."""
    built = PROJECT / "api" / "itbkg_api" / "pages" / "built"
    if not (built / "manifest.json").is_file():
        pytest.fail("the islands are not built; 'pip install -e .' builds them")
    return built
