"""A page as a reader without a browser sees it: tags, links and text."""

from html.parser import HTMLParser

from fastapi.testclient import TestClient

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


class Page(HTMLParser):
    """A page as its tags with attributes, its links and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data

    def addresses(self) -> list[str]:
        """List what the page links to, loads or sends to."""
        return [value for _, held in self.tags for key in ("href", "src", "action") if (value := held.get(key))]


def page_of(client: TestClient, path: str) -> Page:
    """Get a page as a browser does."""
    answer = client.get(path, headers={"Accept": BROWSER})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)
