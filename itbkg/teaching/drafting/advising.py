"""The questions of a draft that rest on guidance: what to do now, and in which order."""

from collections.abc import Iterable, Iterator, Sequence

from itbkg.teaching.asking import Row
from itbkg.teaching.drafting.options import beside, choices, often_reported, words_of
from itbkg.teaching.drafting.questions import FEWEST, Asker, Draft
from itbkg.teaching.words import Term

_MOST_RIGHT = 3


def ask_order(document: str) -> Draft | None:
    """Ask for the order of a document's steps."""
    if not document:
        return None
    return {
        "id": "order",
        "kind": "order",
        "prompt": "Put these steps in the order in which they are advised. Alternatives share a place.",
        "key": {"guidance": document},
    }


def ask_treatment(asker: Asker, document: str) -> Draft | None:
    """Ask what to do now; right is what a document advises, wrong what reports tried beside it without help."""
    if not document:
        return None
    asked = {"situation": asker.event, "document": document}
    rows = [row for row in asker.desk.ask("advice-for-situation", asked) if row["sense"] == "advised"]
    advised = words_of(asker.words, "treatment", _steps_first(rows))
    right, wrong = advised[:_MOST_RIGHT], beside(asker.words, advised, _tried(asker))
    if not right or len(wrong) < FEWEST:
        return None
    return {
        "id": "what-now",
        "kind": "several",
        "prompt": f"What would you do now? The key marks what the document '{document}' advises.",
        "of": "treatment",
        "key": {
            "ask": {
                "question": "advice-for-situation",
                "with": asked,
                "column": "act",
                "where": {"sense": "advised"},
            }
        },
        "options": choices(right, wrong),
    }


def _steps_first(rows: Iterable[Row]) -> list[str]:
    """List the acts, those that have a step before those that hold at any time, what is advised most often first."""
    often = often_reported(list(rows), "act", "advice")
    numbered = {row["act"] for row in rows if row["step"]}
    return sorted(often, key=lambda act: act not in numbered)


def _tried(asker: Asker) -> Iterator[Term]:
    """Yield what documents advise against, then what was tried and found not to help and no document advises."""
    rows = asker.desk.ask("advice-for-situation", {"situation": asker.event})
    against, advised = (
        words_of(asker.words, "treatment", [row["act"] for row in rows if row["sense"] == sense])
        for sense in ("advised against", "advised")
    )
    yield from against
    told = {entry.class_iri for entry in asker.account.course if entry.kind == "treatment"}
    tried = [row["treatment"] for row in asker.desk.ask("treatments-by-event", {"event": asker.event})]
    terms = words_of(asker.words, "treatment", tried)
    kept = [term for term in terms if _is_leaf(asker, term, terms) and _failed(asker, term)]
    apart = [term for term in kept if not any(asker.words.related(term, one) for one in advised)]
    yield from sorted(apart, key=lambda term: term.iri not in told)


def _is_leaf(asker: Asker, term: Term, others: Sequence[Term]) -> bool:
    """Say whether none of the others lies below a class: a group of treatments is no treatment that one gives."""
    return not any(term != one and asker.words.is_a(one, term) for one in others)


def _failed(asker: Asker, term: Term) -> bool:
    """Say whether more cases of the event judged a treatment ineffective than helpful."""
    event = asker.words.find("event", asker.event).iri
    told = [(row["case"], row["sense"]) for row in asker.desk.rows("reports-of", thing=term.iri, event=event)]
    helped, failed = ({case for case, sense in told if sense == wanted} for wanted in ("benefit", "no benefit"))
    return len(failed) > len(helped)
