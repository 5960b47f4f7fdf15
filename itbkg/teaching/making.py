"""From a teaching case to the lesson that is shown: every text filled in, every key computed from the graph."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import itbkg
from itbkg.cases import Reference
from itbkg.cases.wording import cited
from itbkg.curation.found import Found
from itbkg.errors import TeachingError
from itbkg.guidance import list_documents
from itbkg.settings import packaged_corpus
from itbkg.store import Store
from itbkg.teaching.asking import Desk
from itbkg.teaching.clocks import telling_stage
from itbkg.teaching.lesson import SAFETY, Lesson, ReferenceText, Stage
from itbkg.teaching.material import Material, gather
from itbkg.teaching.record import TeachingCase
from itbkg.teaching.staging import make_stages
from itbkg.teaching.words import Words


class Workshop:
    """Makes lessons from one graph; what is asked twice is answered once."""

    def __init__(self, store: Store, questions: Path | None = None) -> None:
        self.store = store
        self.words = Words(store)
        self.desk = Desk(store, questions or packaged_corpus().questions, self.words)

    def material(self, teaching: TeachingCase) -> Material:
        """Gather what a teaching case is made of; NotFoundError where its case is not in the graph."""
        return gather(self.desk, teaching)

    def assemble(self, teaching: TeachingCase) -> tuple[Lesson, Material]:
        """Make a lesson as far as it can be made; the faults of its material say, each with its keys, what is amiss.

        Raises NotFoundError where its case is not in the graph.
        """
        material = self.material(teaching)
        stages = make_stages(material, teaching)
        return _lesson(self.store, material, teaching, stages), material

    def lesson(self, teaching: TeachingCase) -> Lesson:
        """Make a lesson; TeachingError, with every fault, where it does not fit, and NotFoundError without its case."""
        lesson, material = self.assemble(teaching)
        if material.faults:
            raise TeachingError(teaching.id, [described(fault) for fault in material.faults])
        return lesson


def make_lesson(store: Store, teaching: TeachingCase, questions: Path | None = None) -> Lesson:
    """Make one lesson; `questions` is the folder of saved questions, by default that of the packaged corpus.

    Raises TeachingError, with every fault, and NotFoundError where the case is not in the graph.
    """
    return Workshop(store, questions).lesson(teaching)


def described(fault: Found) -> str:
    """Say a fault with the keys that lead to it."""
    keys = "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in fault.keys).lstrip(".")
    return f"{keys}: {fault.message} {fault.mend}".rstrip()


def _lesson(store: Store, material: Material, teaching: TeachingCase, stages: tuple[Stage, ...]) -> Lesson:
    return Lesson(
        id=teaching.id,
        case=teaching.case,
        title=material.fill(teaching.title, ("title",)),
        audience=teaching.audience,
        level=teaching.level,
        minutes=teaching.minutes,
        objectives=tuple(
            material.fill(one.text, ("objectives", place)) for place, one in enumerate(teaching.objectives)
        ),
        stages=stages,
        clock=material.account.clock,
        clock_stage=telling_stage(store, material.account.clock, stages),
        references=(_report(material.account.reference), *_documents(store, material, teaching, stages)),
        licence=teaching.licence,
        provenance=_provenance(store, material.account.reference, teaching.case),
        safety=SAFETY,
    )


def _report(reference: Reference) -> ReferenceText:
    url = f"https://doi.org/{reference.doi}" if reference.doi else reference.address
    return ReferenceText(cited(reference), url)


def _documents(
    store: Store, material: Material, teaching: TeachingCase, stages: Sequence[Stage]
) -> Iterator[ReferenceText]:
    """Cite the documents that the teaching case names, and those on which a feedback rests."""
    rows = {row.id: row for row in list_documents(store)}
    for place, name in enumerate(teaching.guidance):
        if name not in rows:
            mend = f"Name one of {', '.join(rows)}."
            material.fault(("guidance", place), f"'{name}' is no guidance document.", mend)
    for name in sorted({*teaching.guidance, *_used(stages)} & rows.keys()):
        row = rows[name]
        parts = (row.authors, row.publisher, row.title, str(row.year or ""), row.kind)
        yield ReferenceText(". ".join(part.rstrip(".") for part in parts if part) + f" [{name}]", row.url)


def _used(stages: Sequence[Stage]) -> Iterator[str]:
    """Name the documents of which a statement is shown, or is the source of a feedback."""
    for stage in stages:
        yield from (fact.place for fact in stage.facts if fact.kind == "guidance")
        sources = (source for question in stage.questions for option in question.options for source in option.sources)
        yield from (source.split("/")[1] for source in sources if source.startswith("guidance/"))


def _provenance(store: Store, reference: Reference, case: str) -> tuple[str, ...]:
    digest = store.manifest.digest
    return (
        f"dataset SHA-256 {digest}" if digest else "dataset kept at a SPARQL endpoint, without a digest",
        f"itbkg {itbkg.__version__}",
        f"record {case}: read as {reference.read_as}, citation {reference.citation}, record {reference.review}",
    )
