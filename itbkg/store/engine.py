"""The engine over a dataset in memory: answers are written down within a bound, whole or not at all."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn, Self

import pyoxigraph as ox

from itbkg.errors import QueryError, QuerySyntaxError
from itbkg.namespaces import BASE

if TYPE_CHECKING:
    from typing_extensions import Buffer  # collections.abc has it from Python 3.12 on

#: What a query gives; triples of another endpoint come as a plain sequence.
Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Sequence[ox.Triple]

#: The W3C forms of a table or a truth value.
TABLES: Mapping[str, ox.QueryResultsFormat] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
#: The W3C forms of a graph.
GRAPHS: Mapping[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}
#: Results that are no graph.
_ROWS = (ox.QuerySolutions, ox.QueryBoolean)
#: A triple in memory takes at least so many bytes; so many may be gathered before they are written.
_TRIPLE_BYTES = 16


class AnswerSizeError(Exception):
    """The answer has more bytes than it may have."""


class Engine:
    """A dataset in memory, to be asked queries that have passed the guard."""

    def __init__(self, inner: ox.Store, prefixes: Mapping[str, str]) -> None:
        self._inner = inner
        self._prefixes = prefixes

    @classmethod
    def of_nquads(cls, nquads: bytes, prefixes: Mapping[str, str]) -> Self:
        """Load N-Quads; `prefixes` abbreviate what is written in the forms that can."""
        inner = ox.Store()
        inner.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
        return cls(inner, prefixes)

    def answer(
        self, most: int, query: str, form: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> bytes:
        """Answer a query in a form of TABLES or GRAPHS.

        Where graphs are named they are the query's dataset (SPARQL 1.1 Protocol, section 2.1.4), and what is not named
        is not in it. A relative IRI is one below BASE. Raises QuerySyntaxError, QueryError where the engine gives up,
        AnswerSizeError over `most` bytes.
        """
        default, named = _graphs(default_graphs), _graphs(named_graphs)
        given = bool(default or named)
        with engine_errors():
            result = self._inner.query(
                query,
                base_iri=BASE,
                default_graph=[*default] if given else None,
                named_graphs=[*named] if given else None,
            )
            return _write(most, result, form, self._prefixes)


def _graphs(names: Sequence[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(name) for name in names]
    except ValueError as error:
        raise QueryError(f"{', '.join(names)}: a graph is named by an absolute IRI ({error})") from error


class Bounded(io.BytesIO):
    """A buffer that takes so many bytes and no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._left = most

    def write(self, part: "Buffer") -> int:
        """Take some bytes; AnswerSizeError where they are too many."""
        taken = bytes(part)
        self._left -= len(taken)
        if self._left < 0:
            raise AnswerSizeError
        return super().write(taken)


def write_within(most: int, result: Result, form: str, prefixes: Mapping[str, str]) -> bytes:
    """Write an answer in a form of TABLES or GRAPHS; the triples of a graph in one order, each once.

    Raises AnswerSizeError over `most` bytes, QueryError where the engine gives up on the way.
    """
    with engine_errors():
        return _write(most, result, form, prefixes)


def _write(most: int, result: Result, form: str, prefixes: Mapping[str, str]) -> bytes:
    sink = Bounded(most)
    if isinstance(result, _ROWS):
        result.serialize(sink, TABLES[form])
    else:
        triples = sorted(_gather(result, most // _TRIPLE_BYTES), key=str)
        ox.serialize(triples, sink, GRAPHS[form], prefixes=_prefixes(form, prefixes))
    return sink.getvalue()


def _gather(triples: Iterable[ox.Triple], most: int) -> set[ox.Triple]:
    gathered: set[ox.Triple] = set()
    for triple in triples:
        gathered.add(triple)
        if len(gathered) > most:
            raise AnswerSizeError
    return gathered


def _prefixes(form: str, prefixes: Mapping[str, str]) -> dict[str, str] | None:
    return dict(prefixes) if form in ("turtle", "trig", "rdfxml", "jsonld") else None


@contextmanager
def engine_errors() -> Iterator[None]:
    """Make an error of ours of what the engine raises while it reads and evaluates."""
    try:
        yield
    except SyntaxError as error:
        raise syntax_error(error) from error
    except (RuntimeError, ValueError, OSError) as error:
        _give_up(error)


def _give_up(error: Exception) -> NoReturn:
    raise QueryError(f"the engine gave up on the query: {error}") from error


def syntax_error(error: SyntaxError) -> QuerySyntaxError:
    """Say where the parser stopped; its list of all that it would have taken is cut to what helps."""
    place = _POSITION.search(str(error))
    where = f"line {place['line']}, column {place['column']}" if place else "somewhere"
    expected = [word for word in re.findall(r'"[^"]+"|\b[A-Z]{3,}\b', str(error)) if not _CODE_POINT.fullmatch(word)][
        :12
    ]
    helps = f"; here could stand {', '.join(expected)}" if expected else f": {error}"
    return QuerySyntaxError(f"not SPARQL: {where}{helps}")


_CODE_POINT = re.compile(r"[0-9A-F]{4}")
_POSITION = re.compile(r"(?P<line>\d+):(?P<column>\d+)")
