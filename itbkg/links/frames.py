"""A table of links as a data frame of pandas or Polars, where that library is installed."""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from itbkg.errors import MissingExtraError
from itbkg.links.pairs import Pair
from itbkg.links.sheet import LINK_COLUMNS, link_cells

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_WHOLE = {"n", "absent", "not_reported", "of", "row_not_reported"}
_NUMBERS = (
    *("risk", "risk_low", "risk_high", "bound_low", "bound_high", "difference", "difference_low", "difference_high"),
    *("odds_ratio", "odds_low", "odds_high", "fisher", "mid_p", "adjusted"),
)


def to_pandas(pairs: Sequence[Pair]) -> "pd.DataFrame":
    """Return a data frame with the columns of LINK_COLUMNS; MissingExtraError where pandas is not installed."""
    pandas = _library("pandas")
    kinds = {name: {int: "int64", float: "float64", str: "object"}[kind] for name, kind in _kinds().items()}
    frame: pd.DataFrame = pandas.DataFrame(_rows(pairs), columns=list(LINK_COLUMNS)).astype(kinds)
    return frame


def to_polars(pairs: Sequence[Pair]) -> "pl.DataFrame":
    """Return a data frame with the columns of LINK_COLUMNS; MissingExtraError where Polars is not installed."""
    polars = _library("polars")
    kinds = {int: polars.Int64, float: polars.Float64, str: polars.String}
    schema = {name: kinds[kind] for name, kind in _kinds().items()}
    frame: pl.DataFrame = polars.DataFrame(_rows(pairs), schema=schema, orient="row")
    return frame


def _rows(pairs: Sequence[Pair]) -> list[tuple[Any, ...]]:
    return list(link_cells(pairs))


def _kinds() -> dict[str, type]:
    """Say of which type each column is: counts whole, the rest of the numbers with or without a value, else text."""
    names = {name: name.removeprefix("others_") for name in LINK_COLUMNS}
    return {name: int if bare in _WHOLE else float if bare in _NUMBERS else str for name, bare in names.items()}


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise MissingExtraError(name, name, "a data frame") from error
