"""The terms of the project's ontology over the fictional cases: found, shown, and in their places."""

import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef
from rdflib.compare import isomorphic

from itbkg.building import build_in_memory
from itbkg.errors import BuildFolderError, NotFoundError, OntologyError, QueryError
from itbkg.settings import Corpus
from itbkg.store import GraphFormat, Store
from itbkg.terms import Glossary, Node, Tree
from itbkg.terms.expressions import Expressions, Some
from itbkg.terms.search import EXACT
from itbkg.terms.usage import counts
from itbkg.vocabulary import Vocabulary
from tests.extended import extend

ONT = "https://w3id.org/itbkg/ont/"
FORMS: dict[GraphFormat, str] = {"turtle": "turtle", "rdfxml": "xml", "ntriples": "nt"}


@pytest.fixture(scope="module")
def glossary(store: Store, corpus: Corpus) -> Glossary:
    """Open the terms of the fictional graph."""
    return Glossary(store, corpus.ontology)


@pytest.fixture(scope="module")
def extended(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    """Open the terms of a graph with words added."""
    larger = extend(corpus, tmp_path_factory.mktemp("extended"))
    return Glossary(build_in_memory(larger), larger.ontology)


def names(glossary: Glossary, text: str) -> list[str]:
    """Search, and return the names of what is found."""
    return [row.name for row in glossary.search(text).terms]


# --- search ----------------------------------------------------------------------------------


def test_every_label_synonym_and_code_finds_its_term(glossary: Glossary) -> None:
    """Somebody would type a word of the ontology and not get its term among the first."""
    for term in glossary.lexicon.terms.values():
        for name in (term.label, *term.synonyms, *term.codes):
            exact = [hit.term.iri for hit in glossary.index.search(name) if hit.how in EXACT]
            assert term.iri in exact, name


@settings(deadline=None)
@given(data=st.data())
def test_case_accents_and_blanks_do_not_count(glossary: Glossary, data: st.DataObject) -> None:
    """A term would be found or not by how somebody's keyboard writes it."""
    term = data.draw(st.sampled_from([*glossary.lexicon.terms.values()]))
    name = data.draw(st.sampled_from([term.label, *term.synonyms]))
    written = "  ".join(data.draw(st.sampled_from([str.upper, str.title, str.swapcase]))(name).split(" "))
    accented = unicodedata.normalize("NFC", "".join(f"{one}\u0301" if one in "eoE" else one for one in written))
    assert term.iri in {hit.term.iri for hit in glossary.index.search(accented) if hit.how in EXACT}


@pytest.mark.parametrize(
    ("slip", "name"),
    [
        ("cathter kink", "CatheterKink"),
        ("pump stoped", "PumpStopped"),
        ("hyperthermai", "Hyperthermia"),
        ("meningits", "MeningitisDiagnosis"),
        ("serotonine syndrom", "SerotoninSyndromeDiagnosis"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(glossary: Glossary, slip: str, name: str) -> None:
    """A letter too few would end in nothing."""
    assert name in names(glossary, slip)[:5]
    assert {row.how for row in glossary.search(slip).terms} == {"spelling"}


def test_exact_comes_before_prefix_before_words(glossary: Glossary) -> None:
    """The term that is meant would stand below others that only contain its name."""
    found = glossary.search("pump").terms
    assert found[0].name == "Pump"
    ranks = [0 if row.how in EXACT else ("prefix", "words").index(str(row.how)) + 1 for row in found]
    assert ranks == sorted(ranks)
    assert {0, 1, 2} == set(ranks)


def test_words_are_found_in_any_order(glossary: Glossary) -> None:
    """Only who knows the order of the words in a label would find it."""
    assert "CatheterKink" in names(glossary, "kink cath")


@pytest.mark.parametrize(
    "text", ["Seizure", "itb:Seizure", "ITBKG:0002062", "itbkg:0002062", ONT + "Seizure", "SEIZURE"]
)
def test_every_identifier_names_the_term(glossary: Glossary, text: str) -> None:
    """An identifier copied from the graph would not lead back to its term."""
    assert glossary.search(text).exact == "Seizure"
    assert glossary.identify(text).name == "Seizure"


def test_names_that_differ_in_case_alone_are_told_apart(glossary: Glossary) -> None:
    """The class Route and the property route would be taken for each other."""
    assert (glossary.identify("Route").kind, glossary.identify("route").kind) == ("class", "property")
    with pytest.raises(NotFoundError):
        glossary.identify("ROUTE")


def test_no_two_terms_share_a_name(glossary: Glossary) -> None:
    """An address would lead to one of two terms."""
    listed = [term.name for term in glossary.lexicon.terms.values()]
    assert len(listed) == len(set(listed))


def test_a_label_names_a_term_before_another_ones_synonym(glossary: Glossary) -> None:
    """`itbkg terms withdrawal` would list instead of showing the event of that label."""
    assert glossary.search("withdrawal").exact == "Withdrawal"
    assert glossary.search("route").exact == "Route"


def test_a_word_for_several_terms_names_none(glossary: Glossary) -> None:
    """One of several meanings would be shown as if it were the only one."""
    found = glossary.search("pump removal")
    assert found.exact == ""
    assert {"PumpExplantation", "ExplantationCause"} <= {row.name for row in found.terms}


def test_an_exact_external_id_is_an_identifier_and_a_close_one_is_not(extended: Glossary) -> None:
    """Somebody would be led to a term that only resembles what the id means."""
    assert extended.identify("X:0000001").name == "InventedSign"
    assert extended.identify("https://example.org/x/1").name == "InventedSign"
    assert extended.identify("x:0000003").name == "InventedTwin"
    assert extended.search("X:0000002").terms[0].how == "mapping"
    with pytest.raises(NotFoundError) as raised:
        extended.identify("X:0000002")
    assert raised.value.nearest == ("InventedSign",)


def test_an_external_id_of_two_terms_names_both(extended: Glossary) -> None:
    """One of two terms with the same mapping would be chosen by chance."""
    with pytest.raises(NotFoundError) as raised:
        extended.identify("X:0000004")
    assert set(raised.value.nearest) == {"InventedTriplet", "InventedFourth"}


def test_what_is_no_longer_in_use_comes_after_what_is(extended: Glossary) -> None:
    """A curator would be led to a word that has been replaced."""
    found = extended.search("invented").terms
    assert found[-1].name == "InventedReplaced"
    assert found[-1].deprecated


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("\u0301", "empty"),
        ("x" * 201, "201 characters"),
        ("a" * 10_000, "10000 characters"),
        ("pump\x00", "U+0000"),
        ("pump\x1bstop", "U+001B"),
        ("pump\u202epots", "U+202E"),
        ("\ud800", "U+D800"),
    ],
)
def test_a_text_that_cannot_be_searched_for_is_refused(glossary: Glossary, text: str, said: str) -> None:
    """It would run long, or the refusal would not say why."""
    with pytest.raises(QueryError) as raised:
        glossary.index.search(text)
    assert said in str(raised.value)


@settings(deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_answered_or_refused(glossary: Glossary, text: str) -> None:
    """Some letter that nobody thought of would end in a trace."""
    try:
        hits = glossary.index.search(text)
    except QueryError:
        return
    assert len({hit.term.iri for hit in hits}) == len(hits)


@pytest.mark.parametrize(
    "text", ["🙂", "cathter " * 24, "abcdefgh" * 25, " ".join(f"pumq{n:03}" for n in range(24)), "a", "%", "("]
)
def test_no_search_takes_a_second(glossary: Glossary, text: str) -> None:
    """A reader would wait, or a stranger could keep the server busy."""
    glossary.index.search("warm")
    began = time.process_time()
    glossary.index.search(text[:200])
    assert time.process_time() - began < 1


def test_nothing_alike_names_nothing(glossary: Glossary) -> None:
    """The suggestions would be words that nobody can have meant."""
    assert glossary.search("qqqq zzzz").total == 0
    assert glossary.unknown("term", "qqqq zzzz").nearest == ()
    assert "catheter kink" in glossary.unknown("term", "katheder kinc").nearest


def test_a_branch_keeps_the_search_below_its_class(glossary: Glossary) -> None:
    """A search among the causes would bring findings."""
    within = glossary.search("pump", "Cause")
    below = glossary.hierarchy.below(ONT + "Cause")
    assert 0 < within.total < glossary.search("pump").total
    assert {row.iri for row in within.terms} <= below
    assert glossary.search(branch="cause").total == len(below) + 1
    with pytest.raises(NotFoundError, match="no known class"):
        glossary.search("pump", "causse")


def test_a_branch_of_two_meanings_is_refused_with_both(glossary: Glossary) -> None:
    """One of two classes would be searched, and nobody told which."""
    with pytest.raises(QueryError, match="PumpExplantation"):
        glossary.search("pump", "pump removal")


def test_pages_make_the_whole(glossary: Glossary) -> None:
    """A term would be on no page, or on two."""
    whole = glossary.search()
    pages = [glossary.search(limit=100, offset=offset).terms for offset in range(0, whole.total, 100)]
    assert [row for page in pages for row in page] == list(whole.terms)
    assert whole.total == len(glossary.lexicon.terms)


# --- place -----------------------------------------------------------------------------------


def edges(nodes: tuple[Node, ...], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield every (upper, lower) pair of a tree; a top is below nothing."""
    for node in nodes:
        yield above, node.iri
        yield from edges(node.below, node.iri)


def stated_places(ontology: Graph) -> dict[str, set[str]]:
    """Read the named superclasses of each class from the ontology's files."""
    places: defaultdict[str, set[str]] = defaultdict(set)
    for lower, upper in ontology.subject_objects(RDFS.subClassOf):
        if isinstance(lower, URIRef) and isinstance(upper, URIRef):
            places[str(lower)].add(str(upper))
    return places


def test_every_class_is_in_the_tree_below_each_of_its_parents_and_nowhere_else(
    glossary: Glossary, vocabulary: Vocabulary
) -> None:
    """A class would be lost in the tree, or stand where the ontology does not put it."""
    drawn: defaultdict[str, set[str]] = defaultdict(set)
    for upper, lower in edges(glossary.tree().tops):
        drawn[lower].add(upper)
    classes = {str(iri) for iri in vocabulary.graph.subjects(RDF.type, OWL.Class) if isinstance(iri, URIRef)}
    stated = stated_places(vocabulary.graph)
    replaced = {str(iri) for iri in vocabulary.graph.subjects(OWL.deprecated)}
    defined = {str(iri) for iri in vocabulary.graph.subjects(OWL.equivalentClass)}
    assert classes - replaced <= drawn.keys()
    for iri in classes - replaced - (defined - stated.keys()):
        assert drawn[iri] == (stated.get(iri) or {""}), iri


def test_a_defined_class_stands_below_what_follows_from_its_definition(glossary: Glossary) -> None:
    """Defined classes would hang in the air beside the branches."""
    account = glossary.show(glossary.identify("PreventableCause"))
    assert [[ref.name for ref in path] for path in account.paths] == [["Statement", "Cause"]]
    assert "missed refill" in {ref.label for ref in account.follows_below}
    missed = glossary.show(glossary.identify("MissedRefill"))
    assert "PreventableCause" in {ref.name for ref in missed.follows_above}


def test_a_class_with_several_parents_is_marked_in_each_place(extended: Glossary) -> None:
    """The reader would take one class for two."""
    twin = extended.tree("InventedTwin").tops[0]
    triplet = next(node for node in twin.below if node.name == "InventedTriplet")
    assert [ref.name for ref in triplet.also_below] == ["InventedSign"]


def test_values_stand_below_their_class(glossary: Glossary) -> None:
    """The lists that statements choose from would be empty."""
    route = glossary.tree("Route").tops[0]
    assert "oral" in {node.label for node in route.below}
    assert {node.kind for node in route.below} == {"value"}


def test_depth_says_what_it_leaves_out(glossary: Glossary) -> None:
    """A cut tree would look whole."""

    def size(tree: Tree) -> int:
        return len({lower for _, lower in edges(tree.tops)})

    cause = glossary.tree("Cause", 0).tops[0]
    assert cause.below == ()
    assert cause.left_out == size(glossary.tree("Cause")) - 1
    assert all(not node.below for node in glossary.tree("Cause", 1).tops[0].below)


def test_branches_count_what_is_in_them(glossary: Glossary) -> None:
    """The list of branches would lack one, or its numbers be wrong."""
    branches = {branch.name: branch for branch in glossary.branches()}
    assert {"Finding", "Cause", "Treatment", "Outcome", "DevicePart", "Route"} <= branches.keys()
    for name, branch in branches.items():
        kinds = [node.kind for node in walk(glossary.tree(name).tops)]
        assert len(kinds) == branch.classes + branch.values, name
    routes = branches["Route"]
    assert (routes.classes, routes.values) == (1, len(glossary.tree("Route").tops[0].below))


def walk(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """List every node of a tree once."""
    found = {node.iri: node for node in nodes}
    for node in nodes:
        found |= {one.iri: one for one in walk(node.below)}
    return tuple(found.values())


def test_what_is_no_longer_in_use_is_no_branch(extended: Glossary) -> None:
    """A replaced word would stand among the branches."""
    assert "InventedReplaced" not in {branch.name for branch in extended.branches()}
    account = extended.show(extended.identify("InventedReplaced"))
    assert account.deprecated
    assert [ref.name for ref in account.replaced_by] == ["InventedSign"]


def test_a_circle_is_walked_once(extended: Glossary) -> None:
    """Two classes below each other would never end."""
    hierarchy = extended.hierarchy
    sign, triplet = ONT + "InventedSign", ONT + "InventedTriplet"
    kept = hierarchy.parents[sign]
    hierarchy.parents[sign] = (triplet,)
    hierarchy._children[triplet].append(sign)
    try:
        assert hierarchy.paths(sign)
        assert len(walk(extended.tree("InventedSign").tops)) >= 2
    finally:
        hierarchy.parents[sign] = kept
        hierarchy._children[triplet].remove(sign)


# --- one term --------------------------------------------------------------------------------


def test_every_term_can_be_shown_and_says_what_the_files_say(glossary: Glossary, vocabulary: Vocabulary) -> None:
    """A term would fail to be shown, or lose a synonym, a source or an axiom on the way."""
    for term in glossary.lexicon.terms.values():
        account, iri = glossary.show(term), URIRef(term.iri)
        said = {
            name: {str(one) for one in vocabulary.graph.objects(iri, name)} for name in (SKOS.altLabel, DCTERMS.source)
        }
        assert set(account.synonyms) == said[SKOS.altLabel]
        assert {source.iri for source in account.sources} == said[DCTERMS.source]
        unnamed = [
            value
            for predicate in (RDFS.subClassOf, OWL.equivalentClass)
            for value in vocabulary.graph.objects(iri, predicate)
            if isinstance(value, BNode)
        ]
        own = [one for one in account.axioms or () if one.form in ("is", "has") and one.inherited_from is None]
        assert len(own) == len(unnamed), term.name


def test_axioms_read_as_words(glossary: Glossary) -> None:
    """A clinician would see no more than blank nodes."""

    def axioms(name: str) -> set[str]:
        return {str(axiom) for axiom in glossary.show(glossary.identify(name)).axioms or ()}

    assert "affects part: pump" in axioms("PumpCause")
    assert "affects part: pump (from cause at the pump)" in axioms("PumpStopped")
    assert "whatever is cause and (prevented by: preventive measure)" in axioms("PreventableCause")
    assert "whatever is case and (has treatment: oral baclofen and (has response: lack of benefit))" in axioms(
        "OralBaclofenFailureCase"
    )
    assert {"goes from: case", "goes to: patient"} <= axioms("hasPatient")


def test_classes_that_share_nothing_say_so_on_both_sides(extended: Glossary) -> None:
    """An axiom would be seen from one of its two classes alone."""
    for name, other in (("InventedTriplet", "invented relic"), ("InventedReplaced", "invented triplet")):
        axioms = extended.show(extended.identify(name)).axioms
        assert axioms is not None
        assert f"never a {other}" in {str(axiom) for axiom in axioms}


def test_measurements_have_bounds_and_rules(glossary: Glossary, vocabulary: Vocabulary) -> None:
    """Nobody could see why a value was refused or what it implies."""
    for iri, measure in vocabulary.measures.items():
        bounds = glossary.show(glossary.lexicon[str(iri)]).bounds
        assert bounds is not None
        assert bounds.unit == measure.unit
        ends = (measure.minimum, measure.maximum)
        assert tuple(float(end) if end else None for end in (bounds.minimum, bounds.maximum)) == tuple(
            None if end is None else float(end) for end in ends
        )
    temperature = {str(rule) for rule in glossary.show(glossary.identify("BodyTemperature")).rules}
    fever = {str(rule) for rule in glossary.show(glossary.identify("Fever")).rules}
    assert fever <= temperature
    assert fever == {"body temperature at least 38 Cel implies fever"}
    assert "heart rate at least 100 /min implies tachycardia, in adults" in {
        str(rule) for rule in glossary.show(glossary.identify("Tachycardia")).rules
    }


def test_a_rule_of_a_delay_is_told_in_hours(glossary: Glossary) -> None:
    """Why a delay counts as long would be told nowhere."""
    words = "delay to diagnosis at least 24 h implies long delay to diagnosis"
    for name in ("DiagnosticDelay", "LongDiagnosticDelay", "LongDiagnosticDelayRule"):
        assert words in {str(rule) for rule in glossary.show(glossary.identify(name)).rules}


def test_every_rule_of_the_ontology_is_shown_at_what_it_reads_and_implies(
    glossary: Glossary, vocabulary: Vocabulary
) -> None:
    """A rule by which the build adds a finding would be told nowhere."""
    for rule in vocabulary.rules:
        for iri in (rule.iri, rule.measurement, rule.finding):
            named = [one.rule.iri for one in glossary.show(glossary.lexicon[str(iri)]).rules if one.rule]
            assert str(rule.iri) in named
    for measure in vocabulary.measures.values():
        for implied in filter(None, (measure.above_range, measure.below_range)):
            shown = glossary.show(glossary.lexicon[str(implied)]).rules
            assert str(measure.iri) in [one.of.iri for one in shown if one.rule is None]


def test_mappings_are_told_exact_first(extended: Glossary) -> None:
    """A broad match would look like the same thing."""
    mappings = extended.show(extended.identify("InventedSign")).mappings
    assert [(one.match, one.id, one.label) for one in mappings] == [
        ("exact", "X:0000001", "Invented sign of others"),
        ("close", "X:0000002", "Nearly invented"),
        ("broad", "X:0000003", "Broadly invented"),
        ("narrow", "X:0000000", "Narrowly invented"),
    ]


# --- cases -----------------------------------------------------------------------------------


def test_present_stated_and_absent_are_told_apart(glossary: Glossary) -> None:
    """Absent would be counted as not reported, or what a value implies as what the report says."""
    fever = glossary.show(glossary.identify("Fever")).usage
    assert "moe-1904/1" in fever.stated  # the report names fever
    assert "doe-1901/1" in {*fever.present} - {*fever.stated}  # 39.0 degrees imply it
    assert "poe-1903/1" in fever.stated_absent
    seizure = glossary.show(glossary.identify("Seizure")).usage
    assert "doe-1901/1" in {*seizure.absent} - {*seizure.present}
    assert "poe-1903/2" in seizure.stated


def test_presence_goes_up_and_absence_down(glossary: Glossary) -> None:
    """A class above would not know the cases of those below it, or one below not what is excluded above."""
    above = glossary.show(glossary.identify("FullBlownWithdrawalSign")).usage
    assert "poe-1903/2" in {*above.present} - {*above.stated}
    below = glossary.show(glossary.identify("StatusEpilepticus")).usage
    assert "doe-1901/1" in {*below.absent} - {*below.stated_absent}


def test_what_came_and_went_is_present_and_absent_and_is_counted_once(extended: Glossary) -> None:
    """A case that tells two times would be subtracted twice from those that did not report it."""
    usage = extended.show(extended.identify("IncreasedSpasticity")).usage
    assert "doe-1901/1" in {*usage.present} & {*usage.absent}
    assert usage.not_reported == usage.of - len({*usage.present, *usage.absent})


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("CatheterKink", "poe-1903/2"),
        ("Withdrawal", "doe-1901/1"),
        ("CerebralPalsy", "doe-1901/1"),
        ("Oral", "doe-1901/1"),
        ("Route", "doe-1901/1"),
        ("unit:degree-celsius", "doe-1901/1"),
        ("severity", "doe-1901/1"),
        ("PreventableCase", "doe-1901/1"),
        ("Publication", "doe-1901/1"),
        ("LackOfBenefit", "doe-1901/1"),
    ],
)
def test_every_kind_of_term_knows_its_cases(glossary: Glossary, name: str, case: str) -> None:
    """A cause, condition, route, unit, property, defined class or response would seem unused."""
    assert case in glossary.show(glossary.identify(name)).usage.present


def test_numbers_of_cases_add_up(glossary: Glossary, store: Store) -> None:
    """The three states would not make all cases, or the tree count other cases than the term lists."""
    counted = counts(store)
    for place, term in enumerate(glossary.lexicon.terms.values()):
        if place % 8 and term.iri not in counted:
            continue
        usage = glossary.show(term).usage
        assert usage.of == store.manifest.cases
        assert {*usage.stated} <= {*usage.present}
        assert {*usage.stated_absent} <= {*usage.absent}
        if usage.not_reported is not None:
            assert usage.not_reported == usage.of - len({*usage.present, *usage.absent})
        if term.kind != "property":
            count = counted.get(term.iri)
            assert (len(usage.present), len(usage.absent)) == ((count.present, count.absent) if count else (0, 0))


# --- RDF -------------------------------------------------------------------------------------


def bounded(ontology: Graph, iri: URIRef) -> Graph:
    """Gather all triples about a term and about the blank nodes that they reach, by rdflib."""
    description = Graph()
    ahead: list[URIRef | BNode] = [iri]
    while ahead:
        for triple in ontology.triples((ahead.pop(), None, None)):
            description.add(triple)
            if isinstance(triple[2], BNode):
                ahead.append(triple[2])
    return description


@pytest.mark.parametrize(
    "name", ["PumpCause", "PreventableCause", "OralBaclofenFailureCase", "FullBlownWithdrawalCase"]
)
@pytest.mark.parametrize("form", FORMS)
def test_the_rdf_of_a_term_is_all_that_the_files_say_of_it(
    glossary: Glossary, vocabulary: Vocabulary, name: str, form: GraphFormat
) -> None:
    """A class expression would be lost on the way into RDF."""
    written = Graph().parse(data=glossary.describe(glossary.identify(name), form), format=FORMS[form])
    expected = bounded(vocabulary.graph, URIRef(ONT + name))
    assert any(isinstance(value, BNode) for value in expected.objects())
    assert isomorphic(written, expected)


def test_the_rdf_of_every_term_has_as_many_triples_as_the_files(glossary: Glossary, vocabulary: Vocabulary) -> None:
    """One term in a thousand would lose a triple."""
    for term in glossary.lexicon.terms.values():
        lines = glossary.describe(term, "ntriples").splitlines()
        assert len(lines) == len(bounded(vocabulary.graph, URIRef(term.iri))), term.name


def test_blank_nodes_of_two_files_are_told_apart(tmp_path: Path) -> None:
    """Two files that use one label for a blank node would mix up what they say."""
    for name in ("First", "Second"):
        text = f"<{ONT}{name}> <{RDFS.subClassOf}> _:one . _:one <{OWL.onProperty}> <{ONT}of{name}> ; "
        (tmp_path / f"{name}.ttl").write_text(f"{text}<{OWL.someValuesFrom}> <{ONT}Thing> .", "utf-8")
    expressions = Expressions.read(tmp_path)
    assert expressions.above(f"{ONT}First") == (Some(f"{ONT}ofFirst", f"{ONT}Thing"),)
    assert expressions.above(f"{ONT}Second") == (Some(f"{ONT}ofSecond", f"{ONT}Thing"),)


def test_what_the_words_have_no_form_for_is_refused(tmp_path: Path) -> None:
    """An axiom would be told as another one, or a broken file as an empty one."""
    union = f"<{ONT}A> <{RDFS.subClassOf}> [ <{OWL.unionOf}> ( <{ONT}B> <{ONT}C> ) ] ."
    (tmp_path / "union.ttl").write_text(union, "utf-8")
    with pytest.raises(OntologyError, match="neither an intersection nor"):
        Expressions.read(tmp_path).above(f"{ONT}A")
    (tmp_path / "broken.ttl").write_text("this is no Turtle", "utf-8")
    with pytest.raises(OntologyError, match=r"broken\.ttl: not Turtle"):
        Expressions.read(tmp_path)


def test_the_same_term_gives_the_same_bytes(store: Store, corpus: Corpus) -> None:
    """A cache would take the same description for a new one each time the server starts."""
    first, second = (Glossary(store, corpus.ontology) for _ in range(2))
    for name in ("FullBlownWithdrawalCase", "OralBaclofenFailureCase"):
        assert first.describe(first.identify(name), "turtle") == second.describe(second.identify(name), "turtle")


def test_axioms_of_other_files_than_the_graphs_are_not_told(
    store: Store, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A graph would be explained by an ontology that it was not built from."""
    other = extend(corpus, tmp_path_factory.mktemp("other"))
    glossary = Glossary(store, other.ontology)
    assert glossary.show(glossary.identify("PumpCause")).axioms is None
    with pytest.raises(BuildFolderError, match="another version of these files"):
        glossary.describe(glossary.identify("PumpCause"), "turtle")
