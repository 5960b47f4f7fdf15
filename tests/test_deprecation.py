"""Words that were given up: none names anything, and each says what to write instead."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace

from itbkg.curation import read_publication
from itbkg.errors import DeprecatedWordError, RecordError, UnknownWordError
from itbkg.namespaces import ITB
from itbkg.vocabulary import Vocabulary
from tests.conftest import FICTIONAL

ONT = Namespace("https://w3id.org/itbkg/ont/")
OLD, NEW = ONT.TubeKnot, ONT.CatheterKink


def given_up(vocabulary: Vocabulary, *changes: Callable[[Graph], object]) -> Vocabulary:
    """Add a deprecated cause with a synonym to the ontology."""
    graph = Graph()
    graph += vocabulary.graph
    graph.add((OLD, RDF.type, OWL.Class))
    graph.add((OLD, RDFS.label, Literal("tube knot", lang="en")))
    graph.add((OLD, SKOS.altLabel, Literal("knotted tube", lang="en")))
    graph.add((OLD, OWL.deprecated, Literal(True)))
    graph.add((OLD, DCTERMS.isReplacedBy, NEW))
    for change in changes:
        change(graph)
    return Vocabulary(graph)


def below_cause(graph: Graph) -> None:
    """Leave the term where it stood."""
    graph.add((OLD, RDFS.subClassOf, ITB.Cause))


def test_a_deprecated_term_lies_in_the_branch_of_what_replaces_it(vocabulary: Vocabulary) -> None:
    """A term that has lost its superclass would be unknown, or be named in every branch."""
    words = given_up(vocabulary).words
    assert words.find("tube knot", ("Cause",)) is None
    with pytest.raises(DeprecatedWordError, match=r"^'tube knot' is a cause no longer in use; write 'catheter kink'$"):
        words.resolve("tube knot", ("Cause",))
    with pytest.raises(UnknownWordError, match=r"^'tube knot' is no known finding"):
        words.resolve("tube knot", ("Finding",))


@pytest.mark.parametrize("word", ["tube knot", "Knotted  Tube"])
@pytest.mark.parametrize("changes", [(), (below_cause,)], ids=["without superclass", "with superclass"])
def test_label_and_synonym_say_what_to_write(
    word: str, changes: tuple[Callable[[Graph], object], ...], vocabulary: Vocabulary
) -> None:
    """A record could go on naming what was given up, or its curator search for the new word."""
    words = given_up(vocabulary, *changes).words
    assert words.find(word, ("Cause",)) is None
    with pytest.raises(DeprecatedWordError) as caught:
        words.resolve(word, ("Finding", "Cause"))
    assert caught.value.nearest == ("catheter kink",)
    assert "catheter kink" in str(caught.value)


def test_a_word_of_a_living_term_is_its_own(vocabulary: Vocabulary) -> None:
    """A word could not move to the term that replaces the old one."""
    words = given_up(vocabulary, lambda graph: graph.add((NEW, SKOS.altLabel, Literal("tube knot", lang="en")))).words
    assert words.resolve("tube knot", ("Cause",)).iri == NEW


def test_a_replacement_that_was_given_up_too_leads_on(vocabulary: Vocabulary) -> None:
    """A curator would be sent from one old word to the next."""

    def once_more(graph: Graph) -> None:
        graph.set((OLD, DCTERMS.isReplacedBy, ONT.TubeBend))
        graph.add((ONT.TubeBend, RDFS.label, Literal("tube bend", lang="en")))
        graph.add((ONT.TubeBend, OWL.deprecated, Literal(True)))
        graph.add((ONT.TubeBend, DCTERMS.isReplacedBy, NEW))

    with pytest.raises(DeprecatedWordError, match=r"write 'catheter kink'$"):
        given_up(vocabulary, once_more).words.resolve("tube knot", ("Cause",))


def test_without_a_replacement_that_is_said(vocabulary: Vocabulary) -> None:
    """A curator would look for a replacement that there is not."""
    alone = given_up(vocabulary, below_cause, lambda graph: graph.remove((OLD, DCTERMS.isReplacedBy, None)))
    with pytest.raises(DeprecatedWordError, match=r"no longer in use; nothing replaces it$"):
        alone.words.resolve("tube knot", ("Cause",))


def test_an_old_word_is_never_proposed(vocabulary: Vocabulary) -> None:
    """A slip of the finger would be mended into a word that is refused."""
    assert "tube knot" not in given_up(vocabulary, below_cause).words.nearest("tube knott", ("Cause",))


def test_a_record_with_an_old_word_is_refused_with_the_new_one(vocabulary: Vocabulary, tmp_path: Path) -> None:
    """A record would be refused without a word on how to mend it."""
    text = (FICTIONAL / "doe-1901.yaml").read_text("utf-8")
    path = tmp_path / "doe-1901.yaml"
    path.write_text(text.replace("cause: missed refill", "cause: tube knot"), "utf-8")
    with pytest.raises(RecordError) as caught:
        read_publication(path, given_up(vocabulary))
    said = [problem for problem in caught.value.problems if problem.field.endswith("causes[1].cause")]
    assert [problem.message + problem.mend for problem in said] == [
        "'tube knot' is a cause no longer in use; write 'catheter kink'."
    ]
