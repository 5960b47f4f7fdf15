"""Choose cases by a filter, beside the conditions that `itbkg.cases` knows: one way in for every door."""

from itbkg.cases import Chosen, Condition, Wanted, choose_cases
from itbkg.errors import ItbkgError
from itbkg.links.data import case_data
from itbkg.links.filters import Filters
from itbkg.links.parsing import parse_where
from itbkg.links.words import Words
from itbkg.store import Store


def choose_where(store: Store, where: str, wanted: Wanted | None = None, sort: str = "id") -> Chosen:
    """Choose the cases that fulfil a filter and all conditions; an empty filter takes in every case.

    Raises what `fulfilling` and `choose_cases` raise.
    """
    filters = (Condition("where", where, fulfilling(store, where)),) if where.strip() else ()
    return choose_cases(store, wanted, sort, filters)


def fulfilling(store: Store, where: str) -> frozenset[str]:
    """Return the IRIs of the cases that fulfil a filter, second tellings and retracted reports among them.

    Raises ParameterError for a filter that cannot be read and NotFoundError, with what is like it, for a variable, word
    or unit that is not known; `parameter` of the error is where.
    """
    data = case_data(store)
    try:
        found = Filters(data, Words(data)).cases(parse_where(where))
    except ItbkgError as error:
        error.parameter = "where"
        raise
    return frozenset(data.index.cases[place] for place in found)
