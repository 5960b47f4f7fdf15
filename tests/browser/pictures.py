"""Pictures of every type of page for docs/pages.md: `python -m tests.browser.pictures docs/pages`.

Each is taken in the light theme at 1280 and in the dark one at 390 px, as much as a tall screen shows.
"""

import base64
import sys
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.pictured import PICTURED, Picture
from tests.browser.watching import watched
from tests.programs import program
from tests.serving import served

#: Width, height and theme of the pictures.
SCREENS = ((1280, 1000, "light"), (390, 1000, "dark"))
#: How well a picture is kept, of 100.
QUALITY = 55


def main(out: Path) -> None:
    """Take all pictures; any that no page has is taken away."""
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        host, port = stack.enter_context(served(None))
        playwright = stack.enter_context(sync_playwright())
        options = ["--no-sandbox", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=program("chromium"), args=options)
        stack.callback(chromium.close)
        taken = {
            f"{name}-{width}.webp": take(chromium, f"http://{host}:{port}", picture, width, height, theme)
            for width, height, theme in SCREENS
            for name, picture in PICTURED.items()
        }
    for path in out.glob("*.webp"):
        path.unlink()
    for name, data in taken.items():
        (out / name).write_bytes(data)


def take(chromium: Browser, base: str, picture: Picture, width: int, height: int, theme: str) -> bytes:
    """Open a page, press what is to be pressed, and take what is in view."""
    with watched(chromium, base, width, theme, expected=("status of 404",)) as page:  # type: ignore[arg-type] # a theme
        page.set_viewport_size({"width": width, "height": height})
        page.goto(picture.address)
        settle(page)
        for name in picture.pressed:
            page.get_by_role("button", name=name).first.click()
            settle(page)
        return webp(page)


def webp(page: Page) -> bytes:
    """Take what is in view as WebP, which Playwright's own call does not write."""
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    return base64.b64decode(taken["data"])


def settle(page: Page) -> None:
    """Wait until charts in view are drawn, and what moves has come to rest."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    page.wait_for_timeout(300)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
