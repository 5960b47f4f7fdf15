"""A term and a tree of terms as text."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from itbkg.cli.output import SAFETY
from itbkg.terms import Node, TermAccount, TermRow, Tree, Usage
from itbkg.terms.lexicon import Ref

_WIDTH = 110
_MARGIN = 12


def label_of(term: TermAccount | TermRow) -> str:
    """Return the label, marked where the term is no longer in use."""
    return f"{term.label} (no longer in use)" if term.deprecated else term.label


def account_lines(term: TermAccount) -> Iterator[str]:
    """Tell the whole of a term."""
    yield f"{label_of(term)}  [{term.kind}]"
    yield "  ".join(part for part in (term.id, term.name, term.iri) if part)
    yield ""
    yield from textwrap.wrap(term.definition or "It has no definition.", _WIDTH)
    yield ""
    yield from _entry("Use instead", _labels(term.replaced_by))
    yield from _entry("Synonyms", [", ".join(term.synonyms)])
    yield from _entry("Codes", [", ".join(term.codes)])
    yield from _entry("Notes", term.notes)
    yield from _entry("Place", (_path(path, term.label) for path in term.paths if path))
    yield from _entry("Below it", _labels(term.below))
    yield from _entry("Also is", _labels(term.follows_above))
    yield from _entry("Covers", _labels(term.follows_below))
    yield from _entry("Axioms", _axioms(term))
    yield from _entry("Mappings", (f"{one.match}  {one.id}  {one.label}" for one in term.mappings))
    yield from _entry("Values", [str(term.bounds)] if term.bounds else [])
    yield from _entry("Rules", map(str, term.rules))
    yield from _entry("Sources", (f"{one.label}  {one.iri}".strip() for one in term.sources))
    yield from _entry("Cases", _usage(term.usage))
    yield ""
    yield SAFETY


def tree_lines(tree: Tree) -> Iterator[str]:
    """Draw a tree, with the number of cases that use each class."""
    for top in tree.tops:
        yield _node(top)
        yield from _branches(top, "")
    yield ""
    yield f"Numbers count cases, out of {tree.of}: those in which it is present, and those that state it absent."
    yield "The others did not report it."


def _entry(title: str, texts: Iterable[str]) -> Iterator[str]:
    """Yield texts, each on lines of its own, beside a title; nothing where there is no text."""
    for text in filter(None, texts):
        lines = _wrap(text)
        for line in lines:
            yield f"{title:<{_MARGIN}}{line}"
            title = ""


def _wrap(text: str) -> list[str]:
    """Break a text at blanks; where it is set in, so are all its lines."""
    margin = " " * (len(text) - len(text.lstrip()))
    return textwrap.wrap(
        text, _WIDTH - _MARGIN, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False
    )


def _labels(refs: Sequence[Ref]) -> list[str]:
    return [", ".join(ref.label for ref in refs)]


def _path(path: Sequence[Ref], label: str) -> str:
    return " › ".join((*(ref.label for ref in path), label))


def _axioms(term: TermAccount) -> Iterable[str]:
    if term.axioms is None:
        return ["not known: the graph was built from another version of the ontology's files"]
    return map(str, term.axioms)


def _usage(usage: Usage) -> Iterator[str]:
    is_finding = usage.not_reported is not None
    yield f"{'present' if is_finding else 'used'} in {len(usage.present)} of {usage.of}"
    following = [case for case in usage.present if case not in usage.stated]
    yield from _listed("stated as this term in", usage.stated)
    yield from _listed("through a term below it, or following from what is stated, in", following)
    if is_finding:
        yield f"stated absent in {len(usage.absent)} of {usage.of}{_ids(usage.absent)}"
        yield f"not reported in {usage.not_reported} of {usage.of}"


def _listed(words: str, cases: Sequence[str]) -> Iterator[str]:
    if cases:
        yield f"  {words} {len(cases)}{_ids(cases)}"


def _ids(cases: Sequence[str]) -> str:
    return f": {', '.join(cases)}" if cases else ""


def _branches(node: Node, margin: str) -> Iterator[str]:
    for below in node.below:
        is_last = below is node.below[-1]
        yield f"{margin}{'└── ' if is_last else '├── '}{_node(below)}"
        yield from _branches(below, margin + ("    " if is_last else "│   "))


def _node(node: Node) -> str:
    absent = f", absent {node.absent}" if node.absent else ""
    others = f"  also below {', '.join(ref.label for ref in node.also_below)}" if node.also_below else ""
    left_out = f"  … {node.left_out} below" if node.left_out else ""
    return f"{node.label} ({node.present}{absent}){others}{left_out}"
