"""The terms of a graph, ready to be searched, shown and walked; each part is made when it is first asked for."""

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path

from rdflib import DCTERMS, RDFS, SKOS

from itbkg.errors import BuildFolderError, NotFoundError, QueryError
from itbkg.namespaces import ITB
from itbkg.store import REBUILD, GraphFormat, Store
from itbkg.store.manifest import digest_inputs
from itbkg.terms.account import Found, Source, TermAccount, TermRow
from itbkg.terms.expressions import Expressions
from itbkg.terms.facts import Facts, superclasses
from itbkg.terms.hierarchy import Branch, Hierarchy
from itbkg.terms.lexicon import KINDS, Kind, Lexicon, Term
from itbkg.terms.names import LONGEST
from itbkg.terms.phrases import Phrases
from itbkg.terms.rules import Rule, concerning, read_bounds, read_rules
from itbkg.terms.search import EXACT, Hit, Index
from itbkg.terms.tree import Grower, Tree
from itbkg.terms.usage import counts, usage
from itbkg.vocabulary.ontology import module_paths

_CLASSES: tuple[Kind, ...] = ("class",)


class Glossary:
    """The terms of the graph in `store`; their axioms are read from the `ontology` folder that it was built from."""

    def __init__(self, store: Store, ontology: Path) -> None:
        self._store = store
        self._ontology = ontology

    @cached_property
    def lexicon(self) -> Lexicon:
        """All terms by IRI."""
        return Lexicon(Facts(self._store))

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """The places of the terms."""
        return Hierarchy(self.lexicon, superclasses(self._store))

    @cached_property
    def index(self) -> Index:
        """The names of the terms."""
        return Index(self.lexicon)

    @cached_property
    def expressions(self) -> Expressions | None:
        """The axioms; None where the graph was built from other files than those in the ontology's folder."""
        return Expressions.read(self._ontology) if self._is_of_these_files() else None

    def branches(self) -> tuple[Branch, ...]:
        """Return the branches of the ontology, in label order."""
        return self.hierarchy.branches

    def search(self, text: str = "", branch: str = "", limit: int | None = None, offset: int = 0) -> Found:
        """Find terms, best first; without a text all of them, in label order.

        A branch is given by any name of a class and keeps the search to that class and what stands below it.
        Raises QueryError for a text that cannot be searched for, NotFoundError for a branch that is no class.
        """
        hits = self.index.search(text) if text else self._everything()
        if branch:
            top = self.find_class(branch).iri
            kept = self.hierarchy.below(top) | {top}
            hits = tuple(hit for hit in hits if hit.term.iri in kept)
        shown = hits[offset:] if limit is None else hits[offset : offset + limit]
        return Found(text, branch, len(hits), offset, _named(hits), tuple(self._row(hit) for hit in shown))

    def find_class(self, text: str) -> Term:
        """Return the class that a text names by identifier, label, synonym or external id.

        Raises QueryError where it names several, NotFoundError, with what is like it, where it names none.
        """
        hits = self.index.search(text)
        classes = tuple(hit for hit in hits if hit.term.kind == "class" and hit.how in EXACT)
        if not classes:
            raise self.unknown("class", text, _CLASSES)
        name = _named(classes)
        if not name:
            names = ", ".join(hit.term.name for hit in classes)
            raise QueryError(f"'{text}' names several classes; give one of {names}")
        return next(hit.term for hit in classes if hit.term.name == name)

    def identify(self, name: str) -> Term:
        """Return the term with a name, ITBKG id or IRI, or the one that an external id matches exactly.

        Raises NotFoundError with the names of what is like it.
        """
        term = self.index.identify(name)
        if term is None:
            names = dict.fromkeys(hit.term.name for hit in self.index.nearest(name))
            raise NotFoundError("term", name[:LONGEST], tuple(names))
        return term

    def unknown(self, noun: str, text: str, kinds: Collection[Kind] = KINDS) -> NotFoundError:
        """Say that nothing has a name, and which names are like it."""
        return NotFoundError(noun, text[:LONGEST], [hit.matched for hit in self.index.nearest(text, kinds)])

    def show(self, term: Term) -> TermAccount:
        """Tell the whole of a term."""
        lexicon, hierarchy, facts = self.lexicon, self.hierarchy, self.lexicon.facts
        iri = term.iri
        branches = hierarchy.branches_of(iri)
        return TermAccount(
            iri=iri,
            name=term.name,
            id=term.id,
            label=term.label,
            kind=term.kind,
            definition=term.definition,
            notes=(*facts.values(iri, SKOS.scopeNote), *facts.values(iri, RDFS.comment)),
            sources=tuple(self._source(one) for one in facts.values(iri, DCTERMS.source)),
            synonyms=term.synonyms,
            codes=term.codes,
            deprecated=term.deprecated,
            replaced_by=tuple(lexicon.ref(one) for one in facts.values(iri, DCTERMS.isReplacedBy)),
            branches=lexicon.refs(branches),
            paths=tuple(tuple(map(lexicon.ref, path)) for path in hierarchy.paths(iri)),
            below=lexicon.refs(hierarchy.children(iri)),
            follows_above=lexicon.refs(hierarchy.follows_above(iri)),
            follows_below=lexicon.refs(hierarchy.follows_below(iri)),
            mappings=lexicon.mappings(iri),
            axioms=self._phrases.axioms(term) if self._phrases else None,
            bounds=read_bounds(lexicon, iri),
            rules=concerning(self._rules, iri),
            usage=usage(self._store, iri, term.kind, is_finding=str(ITB.Finding) in branches),
        )

    def tree(self, top: str = "", depth: int | None = None) -> Tree:
        """Return the tree below a class, given by any of its names, or the whole; `depth` is in levels below the tops.

        Raises what `find_class` raises.
        """
        grower = Grower(self.lexicon, self.hierarchy, counts(self._store))
        tops = (self.find_class(top).iri,) if top else self.hierarchy.tops
        return Tree(self._store.manifest.cases, tuple(grower.grow(iri, depth) for iri in tops))

    def describe(self, term: Term, form: GraphFormat) -> bytes:
        """Write all that the ontology says of a term as RDF, class expressions included.

        Raises BuildFolderError where the graph was built from other files than those that would be described.
        """
        if self.expressions is None:
            reason = "the graph was built from another version of these files"
            raise BuildFolderError(Path(self._ontology.name), reason, REBUILD)
        return self.expressions.describe(term.iri, form)

    @cached_property
    def _phrases(self) -> Phrases | None:
        known = self.expressions
        return Phrases(self.lexicon, self.hierarchy, known) if known else None

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        return read_rules(self.lexicon)

    def _is_of_these_files(self) -> bool:
        """Hold the digests of the ontology's files against those that the build noted."""
        root, inputs = self._ontology.parent, self._store.manifest.inputs
        noted = {name: digest for name, digest in inputs.items() if name.startswith(f"{self._ontology.name}/")}
        paths = {*module_paths(self._ontology), *(path for path in map(root.joinpath, noted) if path.is_file())}
        return digest_inputs(root, sorted(paths)) == noted

    def _everything(self) -> tuple[Hit, ...]:
        return tuple(Hit(term, None, "") for term in self.lexicon.terms.values())

    def _row(self, hit: Hit) -> TermRow:
        term = hit.term
        return TermRow(
            iri=term.iri,
            name=term.name,
            id=term.id,
            label=term.label,
            kind=term.kind,
            branches=tuple(ref.label for ref in self.lexicon.refs(self.hierarchy.branches_of(term.iri))),
            definition=term.definition,
            synonyms=term.synonyms,
            deprecated=term.deprecated,
            how=hit.how,
            matched=hit.matched,
        )

    def _source(self, iri: str) -> Source:
        return Source(iri, self.lexicon.facts.first(iri, RDFS.label))


def _named(hits: Sequence[Hit]) -> str:
    """Name the one term that is named exactly: the first, where no other is named in the same way."""
    if not hits or hits[0].how not in EXACT:
        return ""
    first = hits[0].term
    alike = [hit for hit in hits if hit.how == hits[0].how and _sort(hit.term) == _sort(first)]
    return first.name if len(alike) == 1 else ""


def _sort(term: Term) -> tuple[bool, str]:
    return term.deprecated, term.kind
