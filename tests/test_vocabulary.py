"""Words: what a curator may write, and what the ontology promises of every class."""

from collections import Counter
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, URIRef

from itbkg.errors import OntologyError, UnknownWordError
from itbkg.namespaces import ITB
from itbkg.vocabulary import Vocabulary, read_ontology

STRUCTURE = [name for name in ITB.__annotations__ if not name.startswith("_")]


def classes(vocabulary: Vocabulary) -> list[URIRef]:
    """List the named classes of the ontology."""
    return sorted(node for node in vocabulary.graph.subjects(RDF.type, OWL.Class) if isinstance(node, URIRef))


@pytest.mark.parametrize(
    "word", ["catheter kink", "catheter kinking", "Catheter Kink", "CATHETER KINKING", "  catheter   kink "]
)
def test_label_synonym_and_case_lead_to_one_class(word: str, vocabulary: Vocabulary) -> None:
    """Two records would name one cause in two ways that do not meet."""
    term = vocabulary.words.resolve(word, ("Cause",))
    assert (term.iri, term.label) == (URIRef("https://w3id.org/itbkg/ont/CatheterKink"), "catheter kink")


def test_an_unknown_word_names_the_nearest(vocabulary: Vocabulary) -> None:
    """A curator would have to search the ontology for the right spelling."""
    with pytest.raises(UnknownWordError) as caught:
        vocabulary.words.resolve("cathter kink", ("Cause",))
    assert caught.value.nearest[0] == "catheter kink"
    assert str(caught.value).startswith("'cathter kink' is no known cause; did you mean 'catheter kink'")


def test_an_unknown_word_of_two_branches_names_both(vocabulary: Vocabulary) -> None:
    """A curator would not know what may stand there."""
    with pytest.raises(UnknownWordError, match=r"'zzz' is no known finding or cause$"):
        vocabulary.words.resolve("zzz", ("Finding", "Cause"))


@pytest.mark.parametrize(
    ("word", "branch"), [("catheter kink", "Finding"), ("seizure", "Cause"), ("cause", "Cause"), ("oral", "Treatment")]
)
def test_a_word_counts_only_in_its_branch(word: str, branch: str, vocabulary: Vocabulary) -> None:
    """A cause could be stated as a finding, or the whole branch as one of its members."""
    assert vocabulary.words.find(word, (branch,)) is None


def test_the_first_branch_that_knows_a_word_wins(vocabulary: Vocabulary) -> None:
    """What an investigation showed would be a finding or a cause by chance."""
    both = vocabulary.words.find("seizure", ("Cause", "Finding"))
    assert both == vocabulary.words.resolve("seizure", ("Finding",))


def test_a_value_is_a_word_too(vocabulary: Vocabulary) -> None:
    """'certain' or 'admission' could not be written."""
    assert vocabulary.words.resolve("ICU admission", ("Clock",)).iri.endswith("/ClockICUAdmission")


def test_no_word_names_two_things_in_one_branch(vocabulary: Vocabulary) -> None:
    """A word of a record could change its meaning with the order of the files."""
    words = vocabulary.words
    branches = [ITB[name] for name in STRUCTURE if name[0].isupper() and name not in ("Statement", "Value")]
    for branch in branches:
        counted = Counter(name for member in words._members(branch) for name in set(words._names[member]))
        assert [name for name, count in counted.items() if count > 1] == [], branch


def test_ancestors_reach_the_top(vocabulary: Vocabulary) -> None:
    """A search for a group would miss its members."""
    kink = vocabulary.words.resolve("catheter kink", ("Cause",)).iri
    assert {kink, ITB.Cause, ITB.Statement} <= vocabulary.words.ancestors(kink)


@pytest.mark.parametrize("name", STRUCTURE)
def test_every_name_in_the_code_stands_in_the_ontology(name: str, vocabulary: Vocabulary) -> None:
    """Code and ontology would speak of different things."""
    kinds = set(vocabulary.graph.objects(ITB[name], RDF.type))
    known = {OWL.Class} if name[0].isupper() else {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    assert kinds & known
    assert vocabulary.graph.value(ITB[name], RDFS.label)


def test_a_misspelt_name_fails_where_it_stands() -> None:
    """A slip in the code would silently match nothing."""
    with pytest.raises(AttributeError):
        _ = ITB.hasFindng


@pytest.mark.parametrize("needed", [DCTERMS.identifier, RDFS.label, SKOS.definition], ids=["id", "label", "definition"])
def test_every_class_is_described_once_and_like_no_other(needed: URIRef, vocabulary: Vocabulary) -> None:
    """A class could not be cited, read or told from another."""
    values = {found: list(vocabulary.graph.objects(found, needed)) for found in classes(vocabulary)}
    assert [str(found) for found, given in values.items() if len(given) != 1] == []
    counted = Counter(str(given[0]) for given in values.values())
    assert [text for text, count in counted.items() if count > 1] == []


def test_every_identifier_has_its_form(vocabulary: Vocabulary) -> None:
    """An identifier could not be resolved."""
    values = [str(vocabulary.graph.value(found, DCTERMS.identifier)) for found in classes(vocabulary)]
    assert [value for value in values if len(value) != 13 or not value.startswith("ITBKG:")] == []
    assert all(value[6:].isdecimal() for value in values)


def test_every_class_has_a_place_below_the_top(vocabulary: Vocabulary) -> None:
    """A class would stand outside every branch and never be found."""
    described = {str(found) for found in classes(vocabulary)}
    parents = {str(above) for above in vocabulary.graph.objects(None, RDFS.subClassOf) if isinstance(above, URIRef)}
    assert parents <= described | {str(OWL.Thing)}


def test_every_measure_has_a_known_unit_and_ordered_bounds(vocabulary: Vocabulary) -> None:
    """A measurement could not be converted, or every value of it be refused."""
    for measure in vocabulary.measures.values():
        assert measure.unit in vocabulary.units
        assert measure.minimum is None or measure.maximum is None or measure.minimum < measure.maximum


def test_a_rule_reads_a_finding_off_a_measure(vocabulary: Vocabulary) -> None:
    """A rule would never fire."""
    for rule in vocabulary.rules:
        assert rule.measurement in vocabulary.measures
        assert ITB.Finding in vocabulary.words.ancestors(rule.finding)
        assert (rule.at_least is None) != (rule.below is None)


@pytest.mark.parametrize(
    ("text", "message"),
    [("this is no Turtle", "not Turtle"), ("@prefix a: <urn:a> .", "no statement in this file")],
)
def test_a_module_that_cannot_be_used_is_named(text: str, message: str, tmp_path: Path) -> None:
    """A broken module would load as an empty ontology."""
    (tmp_path / "broken.ttl").write_text(text, "utf-8")
    with pytest.raises(OntologyError, match=f"broken.ttl: {message}"):
        read_ontology(tmp_path)


def test_a_folder_without_modules_is_refused(tmp_path: Path) -> None:
    """A mistyped folder would load as an empty ontology."""
    with pytest.raises(OntologyError, match="no ontology module"):
        read_ontology(tmp_path)
