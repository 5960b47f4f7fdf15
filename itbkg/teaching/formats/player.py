"""The player: a lesson as one page that plays from disk, with no network and nothing beside it.

All of a lesson stands in the page in order, so that it can be read without JavaScript, its answers folded. The script
only unfolds: a part is shown when the questions before it are answered. The page's source therefore holds everything.
"""

import base64
import hashlib
from functools import lru_cache
from typing import BinaryIO

from markupsafe import Markup

from itbkg.teaching.formats.filling import fill, part
from itbkg.teaching.formats.form import Format
from itbkg.teaching.lesson import Lesson

#: Style and scripts, which stand in the page because it is one file.
_STYLE, _FIRST, _SCRIPT = ("tokens.css", "player.css"), ("first.js",), ("player.js",)


def to_html(lesson: Lesson) -> str:
    """Write a lesson as one page; the browser keeps a learner's place under the lesson's id and the page's digest."""
    return fill(
        "player.html",
        lesson,
        place=f"itbkg:{lesson.id}:{hashlib.sha256(repr(lesson).encode()).hexdigest()[:16]}",
        policy=content_policy(),
        style=_trusted(_STYLE),
        first=_trusted(_FIRST),
        script=_trusted(_SCRIPT),
    )


@lru_cache(maxsize=1)
def content_policy() -> str:
    """Return the Content-Security-Policy of the page: its own style and scripts, by digest, and nothing else.

    The page bears it itself; a server that hands it out has to send no stricter one.
    """
    scripts = " ".join(_source(names) for names in (_FIRST, _SCRIPT))
    return f"default-src 'none'; style-src {_source(_STYLE)}; script-src {scripts}; base-uri 'none'; form-action 'none'"


def write(lesson: Lesson, file: BinaryIO) -> None:
    """Write the page to an open file."""
    file.write(to_html(lesson).encode())


def _text(names: tuple[str, ...]) -> str:
    return "\n".join(part(name) for name in names)


def _trusted(names: tuple[str, ...]) -> Markup:
    """Take files of web/ into a page as they are."""
    return Markup(_text(names))  # noqa: S704 - ours, and held by the digest in the policy


def _source(names: tuple[str, ...]) -> str:
    """Name a style or script by its digest (Content Security Policy Level 3, section 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(_text(names).encode()).digest()).decode()}'"


FORMS = (Format("html", "Player: one page that unfolds", "text/html", ".html", write),)
