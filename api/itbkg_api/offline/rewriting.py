"""A page made independent of the place where it lies: every address relative, and what needs a server taken out."""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from posixpath import relpath

#: Attributes that hold an address; all are written in double quotes.
_ADDRESS = re.compile(r'(?P<before>\s(?P<name>href|src|action|data-spec|data-terms)=")(?P<address>/[^"]*)"')
_FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
_MODULE = re.compile(r'<script type="module" src="(?P<address>[^"]*)"></script>\n?')
_ASIDE = re.compile(
    r'(?:<input class="opener"[^>]*><label class="button opener".*?</label>\s*)?<aside\b.*?</aside>', re.DOTALL
)
_NEEDS_SERVER = '<p class="notice small screen">To set this yourself, serve the pages: <code>itbkg serve</code>.</p>'

#: Says in which file an address lies; empty where it is not taken along.
Place = Callable[[str], str]


def addresses(page: str) -> Iterator[str]:
    """Yield the addresses of ours to which a page leads or which it loads, without fragments."""
    for found in _ADDRESS.finditer(page):
        if found["name"] not in ("action", "data-terms"):
            yield unescape(found["address"]).partition("#")[0]


def relative(page: str, file: str, place: Place) -> str:
    """Write a page's addresses relative to its file; a link to what is not taken along is a link no more."""

    def rewrite(found: re.Match[str]) -> str:
        address, mark, fragment = unescape(found["address"]).partition("#")
        there = place(address)
        if not there:
            return ""
        where, _, query = there.partition("?")
        to = relpath(where, file.rpartition("/")[0] or ".") + (f"?{query}" if query else "")
        return f'{found["before"]}{escape(to + mark + fragment)}"'

    return _ADDRESS.sub(rewrite, page)


def without_server(page: str, keep: str = "") -> str:
    """Say in place of each form that it needs a server; forms with the text `keep` in their tag stay."""
    return _FORM.sub(lambda found: found[0] if keep and keep in found[0].partition(">")[0] else _NEEDS_SERVER, page)


def without_aside(page: str, instead: str) -> str:
    """Put something in place of the filters of a list."""
    return _ASIDE.sub(lambda _: instead, page)


def with_loader(page: str, loader: str) -> str:
    """Start the islands by a loader that knows whether the page comes from a host or from a disk."""
    return _MODULE.sub(lambda found: loader.format(module=found["address"]), page)


def with_policy(page: str, policy: str) -> str:
    """Write the policy into the page, since no server sends it."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
    return page.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{meta}', 1)
