"""The causal chain of a case: every link must lead, over other links, to an event of the case."""

from collections import defaultdict
from collections.abc import Iterator

from rdflib import URIRef

from itbkg.records import Case
from itbkg.vocabulary import Vocabulary

Link = tuple[URIRef, URIRef]


def check_chain(case: Case, vocabulary: Vocabulary) -> Iterator[tuple[int, str, str]]:
    """Yield (index of the link, what is wrong, how to mend it) for each link that fails."""
    words = vocabulary.words
    links = [
        (
            words.resolve(link.cause, ("Cause",)).iri,
            words.resolve(link.leads_to, ("Cause", "TherapyEvent")).iri,
        )
        for link in case.causes
    ]
    events = {words.resolve(event, ("TherapyEvent",)).iri for event in case.events}
    for index, (cause, effect) in enumerate(links):
        named = f"'{case.causes[index].cause}' leads to '{case.causes[index].leads_to}'"
        if (cause, effect) in links[:index]:
            yield index, f"{named} stands here twice.", "Keep one, with all its bases."
        elif _reaches(effect, cause, links):
            yield (
                index,
                f"{named}, and from there back to itself.",
                "Break the circle: a cause comes before its effect.",
            )
        elif not any(_reaches(effect, event, links) for event in events):
            mend = f"Add a link with 'cause: {case.causes[index].leads_to}' that leads on to '{case.event}'."
            yield index, f"{named}, which leads nowhere.", mend


def _reaches(start: URIRef, end: URIRef, links: list[Link]) -> bool:
    following: defaultdict[URIRef, set[URIRef]] = defaultdict(set)
    for cause, effect in links:
        following[cause].add(effect)
    seen: set[URIRef] = set()
    waiting = {start}
    while waiting:
        node = waiting.pop()
        seen.add(node)
        waiting |= following[node] - seen
    return end in seen
