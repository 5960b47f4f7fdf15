"""Tables of links that the server keeps: the right one for each question, and none of a graph that may change."""

from dataclasses import replace

import pytest

from itbkg.errors import NotFoundError
from itbkg.links import links
from itbkg.links.sparql import write_query
from itbkg.links.table import ask
from itbkg.store import Store
from itbkg_api.counted import counted


def test_a_table_is_counted_once(store: Store) -> None:
    """A page and its chart would each count thousands of pairs; or a kept table would not be the counted one."""
    found = counted(store, ["cause@all"], "outcome", "")
    assert counted(store, "cause@all", ("outcome",), "") is found
    assert found.table == links(store, "cause@all", "outcome")


@pytest.mark.parametrize(
    ("rows", "columns", "where", "dependence"),
    [
        ("outcome", "cause", "", False),
        ("cause", "outcome", "event = withdrawal", False),
        ("cause", "outcome", "", True),
        ("cause", "finding", "", False),
    ],
)
def test_another_question_has_another_table(
    store: Store, rows: str, columns: str, where: str, dependence: bool
) -> None:
    """Somebody would be given the answer to what another asked."""
    counted(store, "cause", "outcome", "")
    found = counted(store, rows, columns, where, dependence=dependence)
    assert found.table == links(store, rows, columns, where, dependence=dependence)
    assert found.sparql == write_query(ask(store, rows, columns, where))


def test_what_may_change_is_counted_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph that another endpoint holds would be told as it was yesterday."""
    monkeypatch.setattr(store, "manifest", replace(store.manifest, files={}))
    assert counted(store, "cause", "outcome", "") is not counted(store, "cause", "outcome", "")


def test_an_error_is_not_kept(store: Store) -> None:
    """A word that is not known would fail differently the second time."""
    for _ in range(2):
        with pytest.raises(NotFoundError, match="nonsense"):
            counted(store, "nonsense", "outcome", "")
