"""What follows: the rules, held against HermiT, and the defined classes, each with a near miss."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from itbkg.building import check_with_hermit
from itbkg.building.dataset import make_dataset
from itbkg.curation import read_publications
from itbkg.errors import OntologyError, ReasonerError
from itbkg.namespaces import CASE, ITB
from itbkg.reasoning import Axioms, absent_below, infer, read_axioms
from itbkg.reasoning.agreement import disagreements
from itbkg.reasoning.hermit import classify, find_java
from itbkg.settings import Corpus
from itbkg.triples import Triple
from itbkg.vocabulary import Vocabulary
from tests.conftest import FICTIONAL

ONT = "https://w3id.org/itbkg/ont/"
PREFIXES = f"""
@prefix : <{ONT}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix x: <urn:x:> .
"""
DECLARED = ":A a owl:Class . :B a owl:Class . :C a owl:Class . :r a owl:ObjectProperty . :s a owl:ObjectProperty ."
SOME_B = "[ owl:onProperty :r ; owl:someValuesFrom :B ]"

CAUSES = [
    ("PreventableCause", "x:it a :MissedRefill .", "x:it a :PumpStopped ."),
    ("CatheterRelatedCause", "x:it a :CatheterKink .", "x:it a :PumpStopped ."),
    ("PumpRelatedCause", "x:it a :BatteryDepletion .", "x:it a :EmptyReservoir ."),
    ("ReservoirRelatedCause", "x:it a :MissedRefill .", "x:it a :CatheterAccessPortInjectionError ."),
    ("DrugRelatedCause", "x:it a :CompoundingError .", "x:it a :DosingCause ."),
    ("HumanError", "x:it a :MedicationReconciliationError .", "x:it a :PrematureBatteryFailure ."),
    ("IatrogenicCause", "x:it a :MRIRelatedStall .", "x:it a :MissedRefill ."),
    ("DeliveryDeficit", "x:it a :CatheterDislodgement .", "x:it a :PocketFill ."),
    ("DeliveryStopped", "x:it a :EmptyReservoir .", "x:it a :LowReservoirVolume ."),
    ("DeliveryReduced", "x:it a :CatheterLeak .", "x:it a :PumpStopped ."),
    ("DeliveryExcessive", "x:it a :Overinfusion .", "x:it a :WrongDrugConcentration ."),
]
CASES = [
    (
        "FullBlownWithdrawalCase",
        "x:it :hasEvent x:e ; :hasFinding x:f . x:e a :Withdrawal . x:f a :Seizure .",
        "x:it :hasEvent x:e ; :hasFinding x:f . x:e a :Overdose . x:f a :Seizure .",
    ),
    (
        "FullBlownWithdrawalCase",
        "x:it :hasEvent x:e ; :hasFinding x:f . x:e a :Withdrawal . x:f a :Hyperthermia .",
        "x:it :hasEvent x:e ; :hasFinding x:f . x:e a :Withdrawal . x:f a :IncreasedSpasticity .",
    ),
    (
        "FullBlownWithdrawalCase",
        "x:it :hasEvent x:e ; :hasFinding x:f . x:e a :FullBlownWithdrawal . x:f a :Coma .",
        "x:it :hasEvent x:e ; :hasAbsence x:f . x:e a :Withdrawal . x:f a :AbsenceStatement ; :absentClass :Seizure .",
    ),
    (
        "PreventableCase",
        "x:it :hasCause x:c . x:c a :MissedRefill .",
        "x:it :hasCause x:c . x:c a :PumpStopped .",
    ),
    (
        "FatalCase",
        "x:it :hasOutcome x:o . x:o a :Death .",
        "x:it :hasOutcome x:o . x:o a :Recovery .",
    ),
    (
        "OralBaclofenFailureCase",
        "x:it :hasTreatment x:t . x:t a :OralBaclofen ; :hasResponse x:r . x:r a :Worsened .",
        "x:it :hasTreatment x:t . x:t a :OralBaclofen ; :hasResponse x:r . x:r a :Improved .",
    ),
    (
        "OralBaclofenFailureCase",
        "x:it :hasTreatment x:t . x:t a :HighDoseOralBaclofen ; :hasResponse x:r . x:r a :Unchanged .",
        "x:it :hasTreatment x:t , x:u . x:t a :OralBaclofen . x:u a :Diazepam ; :hasResponse x:r . x:r a :Unchanged .",
    ),
    (
        "LossOfEffectCase",
        "x:it :hasEvent x:e ; :hasFinding x:f . x:e a :Underdose . x:f a :IncreasedSpasticity .",
        "x:it :hasEvent x:e ; :hasFinding x:f . x:e a :Overdose . x:f a :IncreasedSpasticity .",
    ),
    (
        "LossOfEffectCase",
        "x:it :hasEvent x:e ; :hasFinding x:f . x:e a :Withdrawal . x:f a :LossOfBaclofenEffect .",
        "x:it :hasEvent x:e ; :hasFinding x:f . x:e a :Withdrawal . x:f a :Pruritus .",
    ),
    (
        "MimickedBySepsisCase",
        "x:it :hasEvent x:e ; :considered x:d . x:e a :Withdrawal . x:d a :SepticShockDiagnosis , :RejectedDiagnosis .",
        "x:it :hasEvent x:e ; :considered x:d . x:e a :Withdrawal . x:d a :SepticShockDiagnosis .",
    ),
    (
        "MimickedBySepsisCase",
        "x:it :hasEvent x:e ; :considered x:d . x:e a :FullBlownWithdrawal ."
        " x:d a :SepsisDiagnosis , :RejectedDiagnosis .",
        "x:it :hasEvent x:e ; :considered x:d , x:c . x:e a :Withdrawal . x:d a :SepsisDiagnosis ."
        " x:c a :MeningitisDiagnosis , :RejectedDiagnosis .",
    ),
    (
        "DelayedDiagnosisCase",
        "x:it :hasDelay x:d . x:d a :LongDiagnosticDelay .",
        "x:it :hasDelay x:d . x:d a :DiagnosticDelay .",
    ),
    (
        "OverdoseComaCase",
        "x:it :hasEvent x:e ; :hasFinding x:f . x:e a :MassiveOverdose . x:f a :Coma .",
        "x:it :hasEvent x:e ; :hasFinding x:f . x:e a :Withdrawal . x:f a :Coma .",
    ),
    (
        "HumanErrorCase",
        "x:it :hasCause x:c . x:c a :ProgrammingError .",
        "x:it :hasCause x:c . x:c a :CatheterKink .",
    ),
]
#: A defined class of statements, told whole.
STATEMENTS = [
    (
        "RevealingInvestigation",
        "x:it a :PumpInterrogation ; :shows x:c . x:c a :PumpStopped .",
        "x:it a :PumpInterrogation ; :shows x:f . x:f a :Atelectasis .",
    ),
]
DEFINED = CAUSES + STATEMENTS + [(name, f"x:it a :Case . {hit}", f"x:it a :Case . {miss}") for name, hit, miss in CASES]


def graph(text: str) -> Graph:
    """Read a few statements."""
    return Graph().parse(data=PREFIXES + text, format="turtle")


def statements(text: str) -> set[Triple]:
    """Read a few statements about individuals."""
    return {(URIRef(str(one)), URIRef(str(two)), URIRef(str(three))) for one, two, three in graph(text)}


def follows(text: str, asserted: str = "") -> set[Triple]:
    """Return what the rules make of a small ontology with a few statements."""
    return set(infer(read_axioms(graph(DECLARED + text)), statements(asserted)))


def term(name: str) -> URIRef:
    """Name a term of a small ontology."""
    return URIRef(ONT + name)


IT = URIRef("urn:x:it")


@pytest.fixture(scope="module")
def axioms(vocabulary: Vocabulary) -> Axioms:
    """Normalise the project's ontology once."""
    return read_axioms(vocabulary.graph)


@pytest.mark.parametrize(("name", "hit", "miss"), DEFINED)
def test_a_defined_class_takes_its_members_and_no_near_miss(name: str, hit: str, miss: str, axioms: Axioms) -> None:
    """A case would be counted where it does not belong, or be missed."""
    member = (IT, RDF.type, term(name))
    assert member in set(infer(axioms, statements(hit)))
    assert member not in set(infer(axioms, statements(miss)))


def test_every_example_is_told_in_words_of_the_ontology(axioms: Axioms) -> None:
    """A misspelt near miss would miss whatever the definition says."""
    told = {
        value for _, hit, miss in DEFINED for _, kind, value in statements(hit) | statements(miss) if kind == RDF.type
    }
    assert told - axioms.classes == set()


@pytest.mark.parametrize("words", [{name for name, _, _ in DEFINED}])
def test_every_defined_class_is_tried(words: set[str], vocabulary: Vocabulary) -> None:
    """A new defined class would go untested."""
    assert {str(found) for found in vocabulary.graph.subjects(OWL.equivalentClass)} == {ONT + word for word in words}


@pytest.mark.parametrize(("ontology", "given", "expected"), [
    (":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .", "x:it a :A .", {"B", "C"}),
    (":A owl:equivalentClass :B .", "x:it a :B .", {"A"}),
    (":r rdfs:domain :A .", "x:it a :C ; :r x:o .", {"A"}),
    (":r rdfs:subPropertyOf :s . :s rdfs:domain :A .", "x:it a :C ; :r x:o .", {"A"}),
    (f":A owl:equivalentClass {SOME_B} .", "x:it a :C ; :r x:o . x:o a :B .", {"A"}),
    (f":A owl:equivalentClass {SOME_B} .", "x:it a :C ; :s x:o . x:o a :B .", set()),
    (":A owl:equivalentClass [ owl:intersectionOf ( :B :C ) ] .", "x:it a :B , :C .", {"A"}),
    (":A owl:equivalentClass [ owl:intersectionOf ( :B :C ) ] .", "x:it a :A .", {"B", "C"}),
    (":A owl:equivalentClass [ owl:intersectionOf ( :B :C ) ] .", "x:it a :B .", set()),
    (":B rdfs:subClassOf [ owl:onProperty :r ; owl:someValuesFrom :C ] . :r rdfs:domain :A .", "x:it a :B .", {"A"}),
    (":B rdfs:subClassOf [ owl:onProperty :r ; owl:someValuesFrom :C ] . :r rdfs:range :B ."
     " :A owl:equivalentClass [ owl:onProperty :r ; owl:someValuesFrom [ owl:intersectionOf ( :B :C ) ] ] .",
     "x:it a :B .", {"A"}),
])  # fmt: skip
def test_a_rule_gives_what_it_should(ontology: str, given: str, expected: set[str]) -> None:
    """A kind of axiom would be passed over, or read for more than it says."""
    found = {value for subject, predicate, value in follows(ontology, given) if (subject, predicate) == (IT, RDF.type)}
    assert found == {term(name) for name in expected}


def test_relations_and_subclasses_follow_too() -> None:
    """A question about a group of properties or classes would miss its members."""
    found = follows(
        ":r rdfs:subPropertyOf :s . :s rdfs:range :A . :A rdfs:subClassOf :B . :B rdfs:subClassOf :C .",
        "x:it a :C ; :r x:o . x:o a :C .",
    )
    other = URIRef("urn:x:o")
    assert (IT, term("s"), other) in found
    assert {(other, RDF.type, term("A")), (other, RDF.type, term("B"))} <= found
    assert (term("A"), RDFS.subClassOf, term("C")) in found


def test_nothing_asserted_is_inferred_again() -> None:
    """A triple would stand in two graphs, once as stated and once as inferred."""
    given = "x:it a :A , :B ."
    assert not follows(":A rdfs:subClassOf :B .", given) & statements(given)


@pytest.mark.parametrize("axiom", [
    "[ owl:unionOf ( :B :C ) ]", "[ owl:complementOf :B ]", "[ owl:onProperty :r ; owl:allValuesFrom :B ]",
    "[ owl:onProperty :r ; owl:hasValue x:o ]", "[ owl:oneOf ( x:o ) ]",
    "[ owl:onProperty [ owl:inverseOf :r ] ; owl:someValuesFrom :B ]", "[ owl:someValuesFrom :B ]",
    "[ owl:onProperty :r ; owl:minCardinality 1 ]", "[ owl:onProperty :r ; owl:someValuesFrom owl:Thing ]",
])  # fmt: skip
def test_an_axiom_outside_el_is_refused(axiom: str) -> None:
    """The rules would pass over it and give fewer types than HermiT."""
    with pytest.raises(OntologyError):
        read_axioms(graph(f"{DECLARED} :A rdfs:subClassOf {axiom} ."))


@pytest.mark.parametrize("axiom", [":r a owl:TransitiveProperty", ":r owl:propertyChainAxiom ( :s :s )"])
def test_a_property_that_the_rules_do_not_follow_is_refused(axiom: str) -> None:
    """The rules would pass over it and give fewer relations than HermiT."""
    with pytest.raises(OntologyError, match="which the rule closure does not know"):
        read_axioms(graph(f"{DECLARED} {axiom} ."))


def test_absence_spreads_down_and_not_up(vocabulary: Vocabulary) -> None:
    """Who had no seizure would be asked for status epilepticus, or count as without any sign."""
    statement, seizure = CASE["doe-1901/1/absence/seizure"], term("Seizure")
    found = {value for _, _, value in absent_below(vocabulary.graph, {(statement, ITB.absentClass, seizure)})}
    assert term("StatusEpilepticus") in found
    assert not found & {seizure, term("SeizureFinding"), ITB.Finding}


def test_presence_of_a_class_spreads_no_absence(vocabulary: Vocabulary) -> None:
    """A present finding would be read as the absence of its kinds."""
    assert list(absent_below(vocabulary.graph, statements("x:it a :Seizure ."))) == []


def test_rules_and_hermit_agree_on_the_fictional_corpus(corpus: Corpus) -> None:
    """The fast types would not be those of the ontology."""
    assert check_with_hermit(corpus) > 1000


def test_a_disagreement_is_named(vocabulary: Vocabulary) -> None:
    """The comparison would find nothing whatever the rules gave."""
    records = read_publications([FICTIONAL / "roe-1902.yaml"], vocabulary)
    dataset = make_dataset(vocabulary, records)
    wrong = (CASE["roe-1902/2"], RDF.type, term("FatalCase"))
    without = {name: triples - {wrong} for name, triples in dataset.graphs.items()}
    assert any(wrong in triples for triples in dataset.graphs.values())
    _, differing = disagreements(vocabulary, type(dataset)(without))
    assert differing == [CASE["roe-1902/2"]]


def test_an_inconsistent_ontology_is_said() -> None:
    """A contradiction would be answered with types."""
    with pytest.raises(ReasonerError, match="inconsistent"):
        classify(graph(f"{DECLARED} :A owl:disjointWith :B ."), statements("x:it a :A , :B ."))


def test_a_class_without_possible_members_is_named() -> None:
    """A slip in an axiom would empty a class silently."""
    ontology = graph(f"{DECLARED} :A rdfs:subClassOf :B , :C . :B owl:disjointWith :C .")
    with pytest.raises(ReasonerError, match=f"can have no member: {ONT}A"):
        classify(ontology)


def test_a_missing_java_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no Java would see a traceback of owlready2."""
    monkeypatch.setattr("itbkg.reasoning.hermit.find_java", lambda: None)
    with pytest.raises(ReasonerError, match="HermiT needs Java and none was found"):
        classify(graph(DECLARED))


def test_a_wrong_java_home_is_passed_over() -> None:
    """A stale JAVA_HOME would hide the Java that is there."""
    found = find_java({"JAVA_HOME": "/no/such/java"})
    assert found is not None
    assert found.is_file()
    assert not found.is_relative_to("/no/such/java")


CLASSES, PROPERTIES = [":A", ":B", ":C", ":D"], [":r", ":s"]
NAMED = st.sampled_from(CLASSES)
SOME = st.builds(
    "[ a owl:Restriction ; owl:onProperty {} ; owl:someValuesFrom {} ]".format, st.sampled_from(PROPERTIES), NAMED
)
BOTH = st.builds("[ a owl:Class ; owl:intersectionOf ( {} {} ) ]".format, NAMED, SOME | NAMED)
AXIOM = st.one_of(
    st.builds(
        "{} {} {} .".format, NAMED, st.sampled_from(["rdfs:subClassOf", "owl:equivalentClass"]), NAMED | SOME | BOTH
    ),
    st.builds("{} {} {} .".format, st.sampled_from(PROPERTIES), st.sampled_from(["rdfs:domain", "rdfs:range"]), NAMED),
    st.just(":r rdfs:subPropertyOf :s ."),
)
THINGS = ["x:one", "x:two", "x:three"]
FACT = st.one_of(
    st.builds("{} a {} .".format, st.sampled_from(THINGS), NAMED),
    st.builds("{} {} {} .".format, st.sampled_from(THINGS), st.sampled_from(PROPERTIES), st.sampled_from(THINGS)),
)
EVERYTHING_DECLARED = " ".join(
    [f"{name} a owl:Class ." for name in [*CLASSES, ":E"]] + [f"{name} a owl:ObjectProperty ." for name in PROPERTIES]
)
EVERYTHING_TYPED = " ".join(f"{thing} a :E ." for thing in THINGS)


@settings(max_examples=8, deadline=None)
@given(st.lists(AXIOM, min_size=3, max_size=8), st.lists(FACT, min_size=2, max_size=6))
def test_rules_and_hermit_agree_on_random_ontologies(axioms: list[str], facts: list[str]) -> None:
    """A rule would be missing, or one hold too much, in a mixture that nobody thought of."""
    ontology = graph(f"{EVERYTHING_DECLARED} {' '.join(axioms)}")
    asserted = statements(f"{EVERYTHING_TYPED} {' '.join(facts)}")
    types, superclasses = classify(ontology, asserted)
    told = {(URIRef(str(a)), URIRef(str(p)), URIRef(str(b))) for a, p, b in ontology if isinstance(a, URIRef)}
    mine = asserted | told | set(infer(read_axioms(ontology), asserted | told))
    named = [term(name[1:]) for name in [*CLASSES, ":E"]]
    for thing, found in product([URIRef(f"urn:x:{name[2:]}") for name in THINGS], named):
        assert ((thing, RDF.type, found) in mine) == (found in types[thing])
    for low, high in product(named, named):
        assert low == high or ((low, RDFS.subClassOf, high) in mine) == (high in superclasses[low])
