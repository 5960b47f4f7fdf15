"""The page of links: rows against columns, in words, charts and a table, with the cases behind each number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any

from fastapi import Query, Request, Response

from itbkg.errors import NotFoundError, ParameterError
from itbkg.index import find_field, labels_of
from itbkg.links import NAMES, Category, LinkTable, Pair, case_data
from itbkg.links.grammar import quoted
from itbkg.store import Store, once
from itbkg_api.addresses import API
from itbkg_api.counted import counted
from itbkg_api.links import ColumnsPart, DependencePart, RowsPart
from itbkg_api.pages import render
from itbkg_api.parts import StorePart
from itbkg_api.problems import STATUS
from itbkg_api.site.facets import address
from itbkg_api.site.linkmap import ROOM, link_map, step
from itbkg_api.site.linkwords import GROUNDS, REASONS, leading, p_value, pair_sentence, percent, span, table_sentence
from itbkg_api.site.routing import page, page_router
from itbkg_api.wanted import CHOOSING, WherePart

router = page_router()

PATH = "/links"
ROWS, COLUMNS = "cause", "outcome"
#: How many pairs stand on a page.
LENGTH = 120
#: How many words of each variable the fields suggest, those that most cases have.
SUGGESTED = 6
#: Questions to begin with: in words, rows, columns, filter.
EXAMPLES = (
    ("Which cause ended how?", "cause", "outcome", ""),
    ("Kinds of catheter trouble and how the case ended", "cause:catheter-related cause", "outcome", ""),
    ("What withdrawal looked like, by its cause", "cause", "finding", "event = withdrawal"),
    ("Treatments of withdrawal and their responses", "treatment", "response", "event = withdrawal"),
    ("High creatine kinase and outcome", "creatine kinase > 1000 U/L", "outcome", "event = withdrawal"),
    ("Late diagnosis and outcome", "interruption-to-diagnosis > 48 h", "outcome", ""),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, and how to ask for something else."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    where: str
    dependence: bool

    @classmethod
    def of(cls, rows: Sequence[str] | None, columns: Sequence[str] | None, where: str, *, dependence: bool) -> "Asked":
        """Take what a form sends: fields that were left empty are as if they were not there."""
        return cls(_given(rows) or (ROWS,), _given(columns) or (COLUMNS,), where.strip(), dependence)

    def parameters(self, *more: tuple[str, str]) -> list[tuple[str, str]]:
        """Return the parameters of an address, and further ones."""
        kept = [("rows", text) for text in self.rows] + [("columns", text) for text in self.columns]
        kept += [("where", self.where)] if self.where else []
        return [*kept, *([("dependence", "true")] if self.dependence else []), *more]

    def counted(self) -> list[tuple[str, str]]:
        """Return the parameters that say what is counted."""
        return [(name, text) for name, text in self.parameters() if name != "dependence"]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with its pairs; `first` is one of them, which knows how many cases have the row."""

    category: Category
    first: Pair
    pairs: tuple[Pair, ...]


@router.get(PATH)
def links(
    request: Request,
    store: StorePart,
    rows: RowsPart = None,
    columns: ColumnsPart = None,
    where: WherePart = "",
    dependence: DependencePart = False,
    row: str = "",
    column: str = "",
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """Count rows against columns and show it; what cannot be read is told on the page, with names like it."""
    asked = Asked.of(rows, columns, where, dependence=dependence)
    root = str(request.scope.get("root_path", ""))
    form = _form(store, asked, root)
    try:
        found = counted(store, asked.rows, asked.columns, asked.where, dependence=dependence)
        chosen = found.table.pair(row, column) if row and column else None
    except (NotFoundError, ParameterError) as error:
        return _refused(request, form, asked, error, root)
    shown = _shown(found.table, asked, offset, root)
    more = {"pair": chosen, "sparql": found.sparql, "python": _python(asked), "error": None}
    return page(request, store, "links.html", **form, **shown, **more)


def _given(texts: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts or () if text.strip())


def _form(store: Store, asked: Asked, root: str) -> dict[str, Any]:
    """Fill the form: what is one of the usual variables stands in the select, anything else in the text beside it."""
    examples = [(words, address(root + PATH, _example(*question))) for words, *question in EXAMPLES]
    return {
        "asked": asked,
        "names": [(name, name.replace("_", " ")) for name in NAMES],
        "suggested": _suggestions(store),
        "examples": examples,
        "clear": address(root + PATH, [pair for pair in asked.parameters() if pair[0] != "where"]),
        "usual": {"rows": _usual(asked.rows), "columns": _usual(asked.columns)},
        "own": {"rows": _own(asked.rows), "columns": _own(asked.columns)},
    }


def _example(rows: str, columns: str, where: str) -> list[tuple[str, str]]:
    return [("rows", rows), ("columns", columns), ("where", where)]


def _usual(texts: Sequence[str]) -> str:
    return next((text for text in texts if text in NAMES), "")


def _own(texts: Sequence[str]) -> tuple[str, ...]:
    usual = _usual(texts)
    return tuple(text for text in texts if text != usual) or ("",)


@once
def _suggestions(store: Store) -> Mapping[str, tuple[str, ...]]:
    """Suggest variables for rows and columns, and conditions for the filter."""
    common = {name: tuple(_commonest(store, name)) for name in ("event", "cause", "finding", "treatment", "outcome")}
    levels = tuple(f"{name}@{level}" for name in ("cause", "finding", "treatment", "outcome") for level in ("2", "all"))
    single = tuple(f"{name}={label}" for name, labels in common.items() for label in labels)
    conditions = tuple(f"{name} = {quoted(label)}" for name, labels in common.items() for label in labels)
    further = ("finding = seizure not reported", "outcome reported", "year = 2000..2010", "read_as = full text")
    return {"lines": (*levels, *single, *(rows for _, rows, _, _ in EXAMPLES[4:])), "where": (*conditions, *further)}


def _commonest(store: Store, name: str) -> Iterator[str]:
    column, labels = case_data(store).index.column(name), labels_of(store, find_field(name))
    known = sorted(
        (term for term in column.terms if term in labels), key=lambda t: (-len(column.present(t)), labels[t])
    )
    return (labels[term] for term in known[:SUGGESTED])


def _shown(table: LinkTable, asked: Asked, offset: int, root: str) -> dict[str, Any]:
    """Lay out what was counted."""
    here = root + PATH
    kept = table.pairs[offset : offset + LENGTH]
    grouped = [list(pairs) for _, pairs in groupby(kept, key=lambda pair: pair.row.key)]
    return {
        "table": table,
        "sentence": table_sentence(table),
        "lead": leading(table.pairs),
        "rows": [RowView(pairs[0].row, pairs[0], tuple(pairs)) for pairs in grouped],
        "first": offset + 1,
        "last": offset + len(kept),
        "turns": _turns(asked, len(table.pairs), offset, here),
        "map": link_map(table),
        "step": step,
        "charts": list(_charts(table, asked, f"{root}{API}")),
        "downloads": [(form, address(f"{root}{API}/links.{form}", _whole(asked))) for form in ("csv", "json", "tsv")],
        "whole": address(here, asked.parameters()),
        "pair_address": lambda pair: address(
            here, asked.parameters(("row", pair.row.key), ("column", pair.column.key))
        ),
        "cases_address": lambda *categories: _cases_address(root, categories),
        "words": {"reasons": REASONS, "grounds": GROUNDS},
        "percent": percent,
        "span": span,
        "p_value": p_value,
        "pair_sentence": pair_sentence,
    }


def _whole(asked: Asked) -> list[tuple[str, str]]:
    return [*asked.parameters(), ("limit", "10000")]


def _charts(table: LinkTable, asked: Asked, api: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each chart, what it is, and where its specification stands."""
    if not table.pairs:
        return
    if len(table.rows) <= ROOM[0] and len(table.columns) <= ROOM[1]:
        yield "heat", "How many cases have row and column", address(f"{api}/charts/links/heat", asked.counted())
    if table.tested or len(table.columns) == 1:
        yield "forest", "Risks with their intervals and bounds", address(f"{api}/charts/links/forest", asked.counted())


def _turns(asked: Asked, total: int, offset: int, here: str) -> list[tuple[str, str, str]]:
    ways = [("Earlier pairs", "prev", offset - LENGTH), ("More pairs", "next", offset + LENGTH)]
    there = [(words, relation, start) for words, relation, start in ways if -LENGTH < start < total]
    base = address(here, asked.parameters())
    return [(words, relation, f"{base}&offset={max(start, 0)}") for words, relation, start in there]


def _cases_address(root: str, categories: Sequence[Category]) -> str:
    """Return the list of the cases that have some rows and columns; empty where that list cannot choose them."""
    if all(one.variable in CHOOSING and len(one.iris) == 1 and "," not in one.label for one in categories):
        return address(f"{root}/cases", [(one.variable, one.label) for one in categories])
    return ""


def _python(asked: Asked) -> str:
    """Write what gives the same in Python."""
    rows, columns = (texts[0] if len(texts) == 1 else list(texts) for texts in (asked.rows, asked.columns))
    where = f", where={asked.where!r}" if asked.where else ""
    return (
        "import itbkg\n\n"
        "graph = itbkg.open()\n"
        f"table = graph.links(rows={rows!r}, columns={columns!r}{where})\n"
        "table.to_pandas()  # one line for each pair; table.pairs has them typed, with the ids of the cases"
    )


def _refused(
    request: Request, form: Mapping[str, Any], asked: Asked, error: NotFoundError | ParameterError, root: str
) -> Response:
    """Say on the page what cannot be read, with names like it; the status is that of the API."""
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    nearest = list(_instead(asked, error, root)) if isinstance(error, NotFoundError) else []
    told = {"error": error, "nearest": nearest, "parameter": error.parameter or "rows"}
    response = render(request, "links.html", **form, **told)
    response.status_code = int(status)
    response.headers.update({"Cache-Control": "no-store", "Vary": "Accept"})
    return response


def _instead(asked: Asked, error: NotFoundError, root: str) -> Iterator[tuple[str, str]]:
    """Yield each name like the one that is not known, with the same question asked with it."""
    for name in error.nearest:
        changed = [
            (key, text.replace(error.name, name) if key == error.parameter and error.name in text else text)
            for key, text in asked.parameters()
        ]
        yield name, address(root + PATH, changed)
