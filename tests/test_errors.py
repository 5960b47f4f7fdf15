"""The tree of errors: as its docstring draws it, and known to every door."""

import inspect
import re
from collections.abc import Iterator

import pytest

from itbkg import errors
from itbkg.cli.exits import EXIT_CODES, exit_code
from itbkg.errors import ItbkgError, NotFoundError, UnknownWordError, did_you_mean
from itbkg_api.problems import STATUS

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, ItbkgError)]


def drawn() -> Iterator[tuple[str, str]]:
    """Read (error, the one above it) from the picture in the docstring."""
    above = {0: "ItbkgError"}
    for line in (inspect.getdoc(errors) or "").splitlines():
        found = re.match(r"([│├└─ ]+)(\w+Error)", line)
        if found:
            depth = len(found[1]) // 4
            above[depth] = found[2]
            yield found[2], above[depth - 1]


def test_docstring_draws_the_tree() -> None:
    """An error is missing in the picture, or hangs in the wrong place."""
    real = {(kind.__name__, kind.__base__.__name__) for kind in KINDS if kind is not ItbkgError and kind.__base__}
    assert set(drawn()) == real
    assert len(real) > 10


@pytest.mark.parametrize("kind", KINDS)
def test_every_door_knows_every_error(kind: type[ItbkgError]) -> None:
    """A door has no row for an error, so that it ends as an unforeseen one."""
    assert EXIT_CODES[kind] in range(1, 6)
    assert STATUS[kind] in range(400, 600)


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_says_what_it_is(kind: type[ItbkgError]) -> None:
    """An error has no docstring of its own."""
    assert kind.__dict__.get("__doc__")


def test_tables_hold_nothing_else() -> None:
    """A table has a row for an error that is no more."""
    assert EXIT_CODES.keys() == STATUS.keys() == set(KINDS)


def test_exit_code_of_a_new_kind() -> None:
    """An error without a row of its own does not get that of the one above it."""

    class LostWordError(UnknownWordError):
        """A kind that no table knows."""

    assert exit_code(LostWordError("word", "x")) == EXIT_CODES[NotFoundError]


def test_suggestions() -> None:
    """The words most like a misspelt one are not said, or said where there are none."""
    assert str(NotFoundError("cause", "cathter kink", ["catheter kink"])).endswith("; did you mean 'catheter kink'?")
    assert did_you_mean(["a", "b"]) == "; did you mean 'a' or 'b'?"
    assert str(NotFoundError("cause", "x")) == "'x' is no known cause"
