"""Choose what is exported: one way in for every door."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from itbkg.cases import Wanted
from itbkg.cases.listing import case_ids
from itbkg.cases.names import nearest
from itbkg.errors import EmptySelectionError, ItbkgError, NotFoundError, ParameterError
from itbkg.exports.selection import Selection, select_all, select_cases
from itbkg.links import choose_where
from itbkg.store import Store


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for: cases by id, cases that fulfil conditions and a filter, or a CONSTRUCT; without any, all."""

    ids: Sequence[str] = ()
    wanted: Wanted = field(default_factory=Wanted)
    where: str = ""
    construct: str = ""

    @property
    def by_conditions(self) -> bool:
        """Say whether conditions or a filter are given."""
        return self.wanted != Wanted() or bool(self.where)

    def check(self, store: Store) -> None:
        """Raise ParameterError where two ways of choosing are given at once, or a query of another kind."""
        if sum(map(bool, (self.ids, self.by_conditions, self.construct))) > 1:
            raise ParameterError("cases by id, conditions and a CONSTRUCT choose in different ways; give one of them")
        if self.construct and store.form(self.construct) not in ("CONSTRUCT", "DESCRIBE"):
            raise _about("construct", ParameterError("this is no CONSTRUCT and no DESCRIBE query; write one of them"))


def choose(store: Store, choice: Choice) -> Selection:
    """Select what is asked for.

    Raises what `Choice.check` raises, NotFoundError for a case that is not there, what conditions, filter and query
    raise, and EmptySelectionError where nothing is chosen.
    """
    choice.check(store)
    if choice.construct:
        return select_triples(store, store.answer(choice.construct, graph="ntriples"))
    if choice.ids:
        return select_cases(store, _by_id(store, choice.ids))
    return _fulfilling(store, choice) if choice.by_conditions else select_all(store)


def select_triples(store: Store, ntriples: bytes) -> Selection:
    """Take triples, given as N-Triples.

    Raises EmptySelectionError where there is none, and ParameterError for blank nodes: they have no name that stays, so
    that no two exports would be the same.
    """
    quads = ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)
    triples = tuple(sorted({quad.triple for quad in quads}, key=str))
    if not triples:
        raise EmptySelectionError("the query gives no triple, and a file without content would say nothing")
    if any(isinstance(term, ox.BlankNode) for triple in triples for term in (triple.subject, triple.object)):
        said = "the query makes blank nodes, which have no lasting name; name them by IRIs instead"
        raise _about("construct", ParameterError(said))
    return Selection(store, (), triples=triples)


def _by_id(store: Store, ids: Sequence[str]) -> list[str]:
    known = case_ids(store)
    unknown = next((name for name in ids if name not in known), None)
    if unknown is not None:
        raise _about("cases", NotFoundError("case", unknown, nearest(unknown, known)))
    return [known[name] for name in ids]


def _fulfilling(store: Store, choice: Choice) -> Selection:
    chosen = choose_where(store, choice.where, choice.wanted).rows
    if not chosen:
        raise EmptySelectionError("no case fulfils all conditions; 'itbkg cases' says how many fulfil each")
    return select_cases(store, [row.iri for row in chosen])


def _about(name: str, error: ItbkgError) -> ItbkgError:
    """Note which way of choosing an error is about."""
    error.parameter = name
    return error
