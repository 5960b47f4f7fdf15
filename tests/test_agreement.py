"""HermiT and the rules give the same types on records that nobody thought of."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, URIRef

from itbkg.building.dataset import make_dataset
from itbkg.namespaces import ITB
from itbkg.reasoning.agreement import disagreements
from itbkg.records import Publication
from itbkg.vocabulary import Vocabulary

Words = Callable[[str], st.SearchStrategy[str]]
Drawn = dict[str, Any]
WHERE = {"where": "Abstract"}
#: Enough words for a narrative; what it says matters to no reasoner.
NARRATIVE = "word " * 60


@pytest.fixture(scope="module")
def words(vocabulary: Vocabulary) -> Words:
    """Draw any label of a branch."""

    def branch(name: str) -> st.SearchStrategy[str]:
        classes = set(vocabulary.graph.transitive_subjects(RDFS.subClassOf, ITB[name])) - {ITB[name]}
        values = {value for found in classes | {ITB[name]} for value in vocabulary.graph.subjects(RDF.type, found)}
        return st.sampled_from(sorted(vocabulary.words.label(URIRef(str(found))) for found in classes | values))

    return branch


def lines(words: Words) -> st.SearchStrategy[Drawn]:
    """Draw a line of a course, of any kind from which a type may follow."""
    response = st.dictionaries(words("Finding"), words("TreatmentResponse"), max_size=2)
    statuses = words("DiagnosisStatus") | st.none()
    return st.one_of(
        st.fixed_dictionaries({"finding": words("Finding")}),
        st.fixed_dictionaries({"absent": words("Finding")}),
        st.fixed_dictionaries({"treatment": words("Treatment") | st.just("oral baclofen"), "response": response}),
        st.fixed_dictionaries({"considered": words("Diagnosis"), "became": statuses}),
        st.fixed_dictionaries({"delay": words("Delay"), "lasted": st.sampled_from(["2 h", "1 d", "3 wk", "<48 h"])}),
        st.fixed_dictionaries({"investigation": words("Investigation"), "shows": words("Finding")}),
    )


def cases(words: Words) -> st.SearchStrategy[list[Drawn]]:
    """Draw some cases, each with a course, a chain and outcomes."""
    case = st.fixed_dictionaries(
        {
            "event": words("TherapyEvent"),
            "course": st.lists(lines(words), min_size=1, max_size=6),
            "causes": st.lists(words("Cause"), max_size=3, unique=True),
            "outcomes": st.lists(words("Outcome"), max_size=2),
            "conditions": st.lists(words("UnderlyingCondition"), max_size=2),
        }
    )
    return st.lists(case, min_size=10, max_size=25)


def publication(drawn: list[Drawn]) -> Publication:
    """Make a record of what was drawn: every line with an id and a place, every cause leading to the next."""
    return Publication.model_validate(
        {"format": 1, "report": REPORT, "cases": list(map(told, range(len(drawn)), drawn))}
    )


REPORT = {"title": "Drawn", "citation": "verified", "read_as": "full text", "review": "entered"}


def told(number: int, case: Drawn) -> dict[str, object]:
    """Write one case in the record format."""
    chain = [*strings(case["causes"]), str(case["event"])]
    links = [
        {"cause": cause, "leads_to": effect, "certainty": "certain", "basis": "exclusion", **WHERE}
        for cause, effect in itertools.pairwise(chain)
    ]
    return {
        "id": str(number),
        "title": "Drawn",
        "narrative": NARRATIVE,
        "patient": {"conditions": case["conditions"], **WHERE},
        "event": case["event"],
        "event_where": "Abstract",
        "course": [{**line, "id": f"line-{index}", **WHERE} for index, line in enumerate(mappings(case["course"]))],
        "causes": links,
        "outcomes": [
            {"outcome": outcome, "id": f"outcome-{index}", **WHERE}
            for index, outcome in enumerate(strings(case["outcomes"]))
        ],
    }


def strings(drawn: object) -> list[str]:
    """Take what was drawn for a list of words."""
    assert isinstance(drawn, list)
    return [str(word) for word in drawn]


def mappings(drawn: object) -> list[Drawn]:
    """Take what was drawn for a list of lines."""
    assert isinstance(drawn, list)
    return drawn


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_rules_and_hermit_agree_on_generated_cases(data: st.DataObject, words: Words, vocabulary: Vocabulary) -> None:
    """A mixture of statements would be typed otherwise by the fast rules than by the ontology's own logic."""
    record = publication(data.draw(cases(words)))
    compared, differing = disagreements(vocabulary, make_dataset(vocabulary, {"drawn": record}))
    assert compared > len(record.cases)
    assert differing == []
