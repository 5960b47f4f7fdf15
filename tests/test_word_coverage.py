"""Every word that published reports use has a home in the ontology."""

import pytest

from itbkg.vocabulary import Vocabulary
from tests.conftest import TESTS

#: The words of 105 publications as they were read, by the kind of statement: columns kind and word. An outcome that
#: was called unknown is none, and stands in no record.
REPORTED = [line.split("\t") for line in (TESTS / "words" / "reported.tsv").read_text("utf-8").splitlines()[1:]]
BRANCHES = {
    "finding": ("Finding", "Measurement"),
    "cause": ("Cause",),
    "treatment": ("Treatment",),
    "considered": ("Diagnosis",),
    "investigation": ("Investigation",),
    "condition": ("UnderlyingCondition",),
    "outcome": ("Outcome",),
}


@pytest.mark.parametrize("kind", BRANCHES)
def test_a_reported_word_resolves(kind: str, vocabulary: Vocabulary) -> None:
    """A curator could not write down what a report says."""
    words = [word for found, word in REPORTED if found == kind]
    assert words
    assert [word for word in words if vocabulary.words.find(word, BRANCHES[kind]) is None] == []
