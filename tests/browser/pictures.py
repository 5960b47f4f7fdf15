"""Pictures of every type of page for docs/pages.md: `python -m tests.browser.pictures docs/pages`.

Each is taken in the light theme at 1280 and in the dark one at 390 px, as much as a screen shows.
"""

import base64
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.kinds import PICTURED
from tests.browser.watching import watched
from tests.programs import program
from tests.serving import served

#: Width, height and theme of the pictures.
SCREENS = ((1280, 900, "light"), (390, 844, "dark"))
#: How well a picture is kept, of 100.
QUALITY = 60


def main(out: Path) -> None:
    """Take all pictures."""
    out.mkdir(parents=True, exist_ok=True)
    with served(None) as (host, port), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for width, height, theme in SCREENS:
            for name, (address, _) in PICTURED.items():
                with watched(chromium, f"http://{host}:{port}", width, theme, expected=("status of 404",)) as page:  # type: ignore[arg-type] # one of two
                    page.set_viewport_size({"width": width, "height": height})
                    page.goto(address)
                    settle(page)
                    (out / f"{name}-{width}.webp").write_bytes(picture(page))
        chromium.close()


def picture(page: Page) -> bytes:
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
