"""A page that is watched: what no page may do fails its test, wherever in the test it happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

WIDTHS = (390, 1280)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@dataclass
class Watch:
    """What a page did that it may not: requests to another host, errors, breaches of the policy."""

    own: str
    expected: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list)

    def route(self, route: Route) -> None:
        """Stop a request to another host, and note it."""
        address = urlsplit(route.request.url)
        if address.scheme == "file" or f"{address.scheme}://{address.netloc}" == self.own or address.scheme == "blob":
            route.continue_()
        else:
            self.seen.append(f"asked for {route.request.url}")
            route.abort()

    def console(self, message: ConsoleMessage) -> None:
        """Note an error or a warning of the console, where breaches of the policy are told too."""
        if message.type in ("error", "warning"):
            self.note(f"{message.type}: {message.text}")

    def failed(self, request: Request) -> None:
        """Note what could not be loaded; what the page itself gave up is no failure."""
        if request.failure != "net::ERR_ABORTED":
            self.note(f"failed: {request.url}: {request.failure}")

    def note(self, said: str) -> None:
        """Note what was seen, unless it is expected."""
        if not any(one in said for one in self.expected):
            self.seen.append(said)


@contextmanager
def watched(
    browser: Browser,
    base: str,
    width: int = 1280,
    theme: Literal["light", "dark"] = "light",
    *,
    scripts: bool = True,
    expected: tuple[str, ...] = (),
) -> Iterator[Page]:
    """Open a page of a size and theme; at the end nothing may have been seen that no page may do."""
    phone = width < 600
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": 844 if phone else 900},
        color_scheme=theme,
        java_script_enabled=scripts,
        reduced_motion="reduce",
        accept_downloads=True,
        has_touch=phone,
    )
    parts = urlsplit(base)
    watch = Watch(f"{parts.scheme}://{parts.netloc}", expected)
    page = context.new_page()
    page.set_default_timeout(15_000)
    context.route("**/*", watch.route)
    page.on("console", watch.console)
    page.on("pageerror", lambda error: watch.note(f"script: {error}"))
    page.on("requestfailed", watch.failed)
    try:
        yield page
        assert not watch.seen, watch.seen
    finally:
        context.close()
