"""Fills the templates of web/ with a lesson: everything in it is escaped, and an unknown name is an error."""

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itbkg.teaching.formats import shown
from itbkg.teaching.lesson import Lesson

if TYPE_CHECKING:
    from jinja2 import Environment

_WEB = Path(__file__).parent / "web"
_HELPERS = {
    "choices": shown.choices,
    "clock_line": shown.clock_line,
    "key": shown.key,
    "groups": shown.groups,
    "course": shown.course,
    "moments": shown.moments,
    "numbers": shown.numbers,
    "has_harm": shown.has_harm,
    "printed_unit": shown.printed_unit,
    "listed": shown.listed,
    "kinds": shown.KINDS,
}


def fill(template: str, lesson: Lesson, **more: Any) -> str:
    """Fill a template of web/, in HTML."""
    return _environment().get_template(template).render(lesson=lesson, **more)


@cache
def part(name: str) -> str:
    """Return a style sheet or script of web/ as it stands, to be put into a page."""
    return (_WEB / name).read_text("utf-8").strip()


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - takes longer than a small answer

    environment = Environment(
        loader=FileSystemLoader(_WEB), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(_HELPERS)
    return environment
