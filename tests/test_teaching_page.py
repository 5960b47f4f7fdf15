"""The page /teach and the player that it serves, in a browser under the policy that the server sends."""

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, Route

from itbkg.store import Store
from itbkg.teaching.formats.player import content_policy
from itbkg_api.app import create_app
from tests.conftest import PROJECT

SITE = "http://teach.example"
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client(real_store: Store) -> TestClient:
    """Talk to the application that serves the whole corpus."""
    return TestClient(create_app(real_store, PROJECT / "ontology" / "questions"))


@pytest.fixture
def visit(browser: Browser, client: TestClient) -> Iterator[Callable[[str], Page]]:
    """Open addresses of the application in a browser; nothing may be complained of, refused or asked for elsewhere."""
    complaints: list[str] = []
    context = browser.new_context(reduced_motion="reduce")

    def answer(route: Route) -> None:
        assert route.request.url.startswith(SITE), route.request.url
        got = client.get(route.request.url.removeprefix(SITE), headers=HTML)
        route.fulfill(status=got.status_code, headers=dict(got.headers), body=got.content)

    def opened(address: str) -> Page:
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{SITE}{address}")
        return page

    context.route("**/*", answer)
    yield opened
    context.close()
    assert not complaints


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def test_the_player_is_sent_with_its_own_policy(client: TestClient) -> None:
    """The server's own policy would refuse the scripts of the player, or a laxer one let others in."""
    for address in ("/teach/mohammed-2004-1", "/teach/brisk-reflexes", "/api/v1/teaching/mohammed-2004-1.html"):
        policy = client.get(address, headers=HTML).headers["content-security-policy"]
        assert policy.startswith(content_policy())
        assert policy.endswith("frame-ancestors 'none'")
        assert "'unsafe-inline'" not in policy


def test_it_plays_by_keyboard_under_that_policy(visit: Callable[[str], Page]) -> None:
    """A script would be blocked, so that all parts stand open, or the next part cannot be reached."""
    page = visit("/teach/sgouros-2010-1")
    assert page.locator(".stage:visible").count() == 1
    tab_to(page, ".stage.open input")
    page.keyboard.type("7.5")
    page.keyboard.press("Enter")
    assert page.locator(".stage.open .answered").count() == 1
    tab_to(page, "[data-go]")
    page.keyboard.press("Enter")
    assert page.locator(".stage:visible").count() == 2
    assert page.evaluate("document.activeElement.tagName") == "H2"


def test_it_resumes_and_prints_what_is_open(visit: Callable[[str], Page]) -> None:
    """A learner who comes back would begin anew, or the print give the rest away."""
    page = visit("/teach/sgouros-2010-1")
    page.locator(".stage.open [data-look]").first.click()
    page.locator(".stage.open [data-go]:visible").first.click()
    page.reload()
    assert page.locator("#resume").is_visible()
    assert page.locator(".stage:visible").count() == 2
    page.emulate_media(media="print")
    assert page.locator(".stage:visible").count() == 2
    shown = page.locator("main").inner_text()
    assert "Looking back" not in shown
    assert "overdose" not in shown.lower()


def test_the_list_leads_to_every_player_and_gives_nothing_away(
    client: TestClient, visit: Callable[[str], Page]
) -> None:
    """A case would not be found, or its name on the page tell what is the matter."""
    page = visit("/teach")
    links = [one.get_attribute("href") or "" for one in page.locator("a.button").all()]
    assert len(links) == client.get("/api/v1/teaching").json()["total"]
    seen = page.locator("main").inner_text().lower()
    assert not [word for word in ("overdose", "occlusion", "charcot") if word in seen + " ".join(links)]
    page.locator("a.button").first.click()
    assert page.locator(".stage:visible").count() == 1


@pytest.mark.parametrize("form", ["gift", "md", "h5p"])
def test_other_forms_are_files_with_a_name_that_tells_nothing(client: TestClient, form: str) -> None:
    """A download would bear the id of the case, or come as a page."""
    answer = client.get(f"/teach/brisk-reflexes/{form}")
    assert answer.headers["content-disposition"].startswith('attachment; filename="brisk-reflexes')
    assert (
        client.get(f"/teach/brisk-reflexes/{form}", headers={"If-None-Match": answer.headers["etag"]}).status_code
        == 304
    )
