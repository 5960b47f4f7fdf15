"""What a Phenopacket has no place for, counted in one case."""

from collections.abc import Iterator

from rdflib import RDF, RDFS

from itbkg.exports.tables.facts import Facts
from itbkg.exports.tables.lexicon import Lexicon
from itbkg.namespaces import ITB

#: Properties that say again what the packet says in other ways.
_SAID_AGAIN = frozenset(
    map(
        str,
        (
            *(RDF.type, RDFS.label, ITB.leadsTo, ITB.placeIn, ITB.ageGroup, ITB.ageMinimum, ITB.ageMaximum),
            *(ITB.assertedCause, ITB.assertedEffect, ITB.responseOf, ITB.storyOrder),
            *(ITB.concentrationMinimum, ITB.concentrationMaximum, ITB.canonicalMinimum, ITB.canonicalMaximum),
        ),
    )
)


def unheld(facts: Facts, words: Lexicon) -> Iterator[tuple[str, int]]:
    """Count what was not put into the packet of a case: what nobody asked for, and what some statements alone can hold.

    To be called once the packet was made.
    """
    asked = frozenset(facts.asked)
    for _, predicate, count in facts.counts():
        if predicate not in asked | _SAID_AGAIN:
            yield f"the property '{words.label(predicate)}'", count
    yield from _of_some(facts)


def _of_some(facts: Facts) -> Iterator[tuple[str, int]]:
    """Count what findings or measurements hold and other statements do not."""
    case = facts.about
    yield "titles of cases", len(facts.all(case, str(ITB.title)))
    treated, measured = facts.all(case, str(ITB.hasTreatment)), facts.all(case, str(ITB.hasMeasurement))
    looked, thought = facts.all(case, str(ITB.hasInvestigation)), facts.all(case, str(ITB.considered))
    others = (*treated, *looked, *thought, *facts.all(case, str(ITB.hasTherapy)))
    yield "places of all but findings", sum(1 for node in (*others, *measured) if facts.one(node, str(ITB.statedAt)))
    yield "details of all but findings and measurements", sum(1 for node in others if facts.one(node, str(ITB.detail)))
    drugs = [node for node in treated if facts.one(node, str(ITB.valueText)) or facts.one(node, str(ITB.route))]
    yield "times of drugs", sum(1 for node in drugs if _timed(facts, node))
    open_ones = [node for node in thought if not facts.one(node, str(ITB.became))]
    yield "times of diagnoses of which nothing became", sum(1 for node in open_ones if _timed(facts, node))
    therapies = facts.all(case, str(ITB.hasTherapy))
    yield (
        "responses to the therapy before the event",
        sum(len(facts.all(one, str(ITB.hasResponse))) for one in therapies),
    )


def _timed(facts: Facts, node: str) -> bool:
    return bool(facts.one(node, str(ITB.earliestHours)) or facts.one(node, str(ITB.latestHours)))
