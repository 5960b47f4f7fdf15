"""The kinds of record file: how each is told from the others, its form, the checks of its sense, and its schema."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic

from itbkg.curation.form import Form, Model
from itbkg.curation.guided import check_guidance
from itbkg.curation.nodes import Node
from itbkg.curation.numbers import check_overlaps, check_published
from itbkg.curation.sense import check_sense
from itbkg.errors import Problem
from itbkg.records import Guidance, Overlaps, Publication, Published
from itbkg.records.guidance import STATEMENT_KINDS
from itbkg.records.lines import LINE_KINDS
from itbkg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Kind(Generic[Model]):
    """A kind of record: `heads` are the top keys by which a file is told to be one; `schema` lies below the corpus."""

    name: str
    heads: tuple[str, ...]
    schema: str
    form: Form[Model]
    check: Callable[[Model, Node, str, Vocabulary], Iterator[Problem]]


CASES = Kind(
    "cases",
    ("report", "cases"),
    "data/record.schema.json",
    Form(Publication, ("course", "causes", "outcomes"), "course", tuple(LINE_KINDS)),
    check_sense,
)
GUIDANCE = Kind(
    "guidance",
    ("document", "statements"),
    "data/guidance.schema.json",
    Form(Guidance, ("statements",), "statements", tuple(STATEMENT_KINDS)),
    check_guidance,
)
PUBLISHED = Kind(
    "published",
    ("source", "observations"),
    "data/published.schema.json",
    Form(Published, ("observations",)),
    check_published,
)
OVERLAPS = Kind(
    "overlaps",
    ("overlaps",),
    "data/overlaps.schema.json",
    Form(Overlaps, ("overlaps",)),
    check_overlaps,
)

KINDS: tuple[Kind[Any], ...] = (CASES, GUIDANCE, PUBLISHED, OVERLAPS)


def kind_of(root: Node) -> Kind[Any]:
    """Tell the kind of a file by its top keys; a file that has none of them is read as a record of cases."""
    return next((kind for kind in KINDS if any(root.child(head) for head in kind.heads)), CASES)
