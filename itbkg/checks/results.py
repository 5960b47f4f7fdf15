"""What a check answers: whether it passed, and each thing that it found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from itbkg.namespaces import CASE
from itbkg.store import PREFIXES

_SLOT = re.compile(r"\{([a-z]+)\}")


class Kind(StrEnum):
    """What follows from a finding: a failure must be mended, a report is for a curator to look at."""

    FAILURE = "failure"
    REPORT = "report"


class Group(StrEnum):
    """What a check looks at: the ontology's form, each case by itself, the whole graph, or all records together."""

    PROFILE = "profile"
    SHAPE = "shape"
    QUALITY = "quality"
    RECORDS = "records"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that a check found.

    `case` and `node` say where, as `mohammed-2004/1` and `itb:Seizure`; `found` is what stands there and is refused.
    Each is empty where it does not apply. `mend` says what to do about it.
    """

    case: str
    node: str
    found: str
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Check:
    """A check: `title` says what must hold."""

    name: str
    group: Group
    title: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Result:
    """A check that ran, with all that it found, in order; nothing found is a pass."""

    check: Check
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Say whether something must be mended."""
        return self.check.kind is Kind.FAILURE and bool(self.findings)


def message_parts(text: str) -> tuple[str, str]:
    """Split a message into its first sentence, which says what is wrong, and the rest, which says how to mend it."""
    wrong, _, mend = text.partition(". ")
    return wrong.removesuffix(".") + ".", mend


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into the `{name}` slots of a message; KeyError for a slot without a value."""
    return _SLOT.sub(lambda slot: values[slot[1]], text)


def short(term: str) -> str:
    """Write an IRI as people do, `itb:Seizure`, or whole where no prefix fits."""
    for prefix, namespace in PREFIXES.items():
        if term.startswith(namespace):
            return f"{prefix}:{term.removeprefix(namespace)}"
    return term.removeprefix(CASE)


def case_name(node: str) -> str:
    """Name the case to which a node belongs, as publication and id; empty for a node of none."""
    return "/".join(node.removeprefix(CASE).split("/")[:2]) if node.startswith(CASE) else ""
