"""Mappings: the table is SSSOM, each id means what its label says, and the module says the same as the table."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from itbkg.errors import OntologyError
from itbkg.namespaces import ITB
from itbkg.reasoning import infer, read_axioms
from itbkg.store import Store
from itbkg.vocabulary import Vocabulary
from itbkg.vocabulary.mappings import (
    CHECKED,
    MODULE,
    PREDICATES,
    SSSOM,
    Mapping,
    faults,
    mapping_graph,
    read_checked,
    read_mappings,
    write_module,
)
from tests.conftest import PROJECT

ONTOLOGY = PROJECT / "ontology"
MAPPINGS = read_mappings(ONTOLOGY)
CHECKED_TERMS = read_checked(ONTOLOGY)
#: The form of an id in each vocabulary that is mapped to, by its publisher's rules.
IDS = {
    **dict.fromkeys(("HP", "MAXO", "MONDO"), r"\d{7}"),
    **dict.fromkeys(("CHEBI", "RXNORM"), r"[1-9]\d*"),
    "LOINC": r"\d{1,7}-\d",
    "NCIT": r"C\d+",
    "IMDRF": r"[A-G](\d\d){1,3}|G\d{5}",
}
ONTOLOGY_HEADER = URIRef("https://w3id.org/itbkg/ont")


@pytest.fixture
def sssom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Read the table with the reader of its consumers, which on import makes a folder in the home, or here."""
    monkeypatch.setenv("PYSTOW_HOME", str(tmp_path))
    import sssom_pydantic  # noqa: PLC0415

    return sssom_pydantic


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the ontology, to be spoilt."""
    return Path(shutil.copytree(ONTOLOGY, tmp_path / "ontology"))


def mapping(subject: str, predicate: str, object_id: str) -> Mapping:
    """Find a mapping of the table."""
    found = [each for each in MAPPINGS if (each.subject, each.object_id) == (ITB._NS[subject], object_id)]
    assert [each.predicate for each in found] == [SKOS[f"{predicate}Match"]]
    return found[0]


SEIZURE = mapping("Seizure", "exact", "HP:0001250")


# --- the table ---


def test_the_table_is_sssom(sssom: Any) -> None:
    """A consumer's reader would refuse lines, or take them for others than we do."""
    rows, *_, errors = sssom.read(ONTOLOGY / SSSOM, return_errors=True)
    assert errors == []
    assert [(row.subject.name, row.object.curie, row.object.name, row.comment or "") for row in rows] == [
        (each.subject_label, each.object_id, each.object_label, each.comment) for each in MAPPINGS
    ]
    assert {row.justification.curie for row in rows} == {"semapv:ManualMappingCuration"}
    assert {(row.object_source.prefix, row.object.prefix.lower()) for row in rows} == {
        ("bioregistry", row.object_source.identifier) for row in rows
    }


def test_the_table_and_the_module_say_the_same(sssom: Any) -> None:
    """Table and module would differ in a triple; the table is expanded here by its consumers' reader."""
    read = sssom.read(ONTOLOGY / SSSOM)
    rows, expand = read.mappings, read.converter.expand_reference
    module = Graph().parse(ONTOLOGY / MODULE)
    said = {triple for predicate in PREDICATES.values() for triple in module.triples((None, predicate, None))}
    assert said == {tuple(URIRef(expand(part)) for part in (row.subject, row.predicate, row.object)) for row in rows}
    assert set(module) == set(mapping_graph(MAPPINGS))


def test_the_table_says_whose_it_is(sssom: Any, vocabulary: Vocabulary) -> None:
    """The table would go out under another licence or version than the ontology."""
    header = sssom.read(ONTOLOGY / SSSOM).mapping_set
    assert str(header.id) == "https://w3id.org/itbkg/mappings"
    assert URIRef(str(header.license)) == vocabulary.graph.value(ONTOLOGY_HEADER, DCTERMS.license)
    assert Literal(header.version) == vocabulary.graph.value(ONTOLOGY_HEADER, OWL.versionInfo)


@pytest.mark.parametrize("name", [SSSOM, CHECKED, MODULE])
def test_lines_end_alike(name: str) -> None:
    """An editor on another system would show every line as changed."""
    data = (ONTOLOGY / name).read_bytes()
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")


def test_the_tables_are_sorted() -> None:
    """Two people would add the same mapping at two places, and a change of one line show as a change of many."""
    keys = [(each.subject, each.predicate, each.object_id) for each in MAPPINGS]
    assert keys == sorted(keys)
    assert list(CHECKED_TERMS) == sorted(CHECKED_TERMS)


def test_all_vocabularies_and_kinds_of_match_are_there() -> None:
    """A whole vocabulary, annex or kind of match was lost."""
    assert {each.source for each in MAPPINGS} == IDS.keys()
    assert {each.predicate for each in MAPPINGS} == set(PREDICATES.values())
    assert {each.object_id[:7] for each in MAPPINGS if each.source == "IMDRF"} >= {f"IMDRF:{annex}" for annex in "ADG"}


def test_checked_ids_have_the_form_of_their_vocabulary() -> None:
    """An id lost a digit or bears another vocabulary's prefix."""
    parts = {each: each.partition(":")[::2] for each in CHECKED_TERMS}
    assert [each for each, (prefix, name) in parts.items() if not re.fullmatch(IDS.get(prefix, ".+"), name)] == []


def test_checked_terms_say_how_they_were_checked() -> None:
    """A label stands in the table that nobody can trace."""
    terms = CHECKED_TERMS.values()
    assert {term.status for term in terms} <= {"current", "released", "quoted", "obsolete"}
    assert [term for term in terms if not (term.label.strip() == term.label != "" and term.read_in)] == []


# --- what it says ---


def test_every_mapping_holds_against_ontology_and_checked_terms(vocabulary: Vocabulary) -> None:
    """An id is unchecked, obsolete or means something else, or a term of ours is gone, deprecated or renamed."""
    assert faults(MAPPINGS, CHECKED_TERMS, vocabulary.graph) == []


PLANTED = [
    ("is no term of ours", replace(SEIZURE, subject=ITB._NS["Siezure"])),
    ("is not labelled 'seizures'", replace(SEIZURE, subject_label="seizures")),
    ("HP:0099999 is unchecked", replace(SEIZURE, object_id="HP:0099999")),
    ("HP:0001250 means 'Seizure', not 'Seizures'", replace(SEIZURE, object_label="Seizures")),
    ("HP:0001257 means 'Spasticity', not 'Seizure'", replace(SEIZURE, object_id="HP:0001257")),
]


@pytest.mark.parametrize(("message", "planted"), PLANTED, ids=[message for message, _ in PLANTED])
def test_a_wrong_mapping_is_told(message: str, planted: Mapping, vocabulary: Vocabulary) -> None:
    """An id with the wrong meaning, the commonest mistake, would go out."""
    (fault,) = faults([planted], CHECKED_TERMS, vocabulary.graph)
    assert message in fault


def test_an_obsolete_id_is_told(vocabulary: Vocabulary) -> None:
    """An id that its vocabulary has given up would go out."""
    checked = {**CHECKED_TERMS, "HP:0001250": replace(CHECKED_TERMS["HP:0001250"], status="obsolete")}
    assert faults([SEIZURE], checked, vocabulary.graph) == ["HP:0001250 is obsolete; map what replaces it"]


def test_a_deprecated_term_is_told(vocabulary: Vocabulary) -> None:
    """A term that we have given up would be offered to others."""
    spoilt = vocabulary.graph + Graph().add((SEIZURE.subject, OWL.deprecated, Literal(True)))
    (fault,) = faults([SEIZURE], CHECKED_TERMS, spoilt)
    assert "is deprecated; map what replaces it" in fault


def test_two_terms_do_not_share_an_exact_match(vocabulary: Vocabulary) -> None:
    """Two terms of ours would be the same to whoever follows the mappings."""
    other = replace(SEIZURE, subject=ITB._NS["Coma"], subject_label="coma")
    (fault,) = faults([SEIZURE, other], CHECKED_TERMS, vocabulary.graph)
    assert fault == "HP:0001250 is the exact match of 2 terms; it can be that of one"


def test_a_term_has_one_exact_match_in_a_vocabulary(vocabulary: Vocabulary) -> None:
    """Two terms of theirs would be the same to whoever follows the mappings."""
    other = replace(SEIZURE, object_id="HP:0001259", object_label="Coma")
    (fault,) = faults([SEIZURE, other], CHECKED_TERMS, vocabulary.graph)
    assert fault == f"<{SEIZURE.subject}> has 2 exact matches in HP; it can have one"


def test_a_pair_is_mapped_once(vocabulary: Vocabulary) -> None:
    """A pair would be exact and broad at once, which SKOS rules out."""
    (fault,) = faults([SEIZURE, replace(SEIZURE, predicate=SKOS.broadMatch)], CHECKED_TERMS, vocabulary.graph)
    assert fault == f"<{SEIZURE.subject}> is mapped to HP:0001250 2 times; keep one"


def parts_affected(graph: Graph, cause: URIRef) -> set[Node | None]:
    """Name the parts that a class of causes affects, and all parts that these are kinds of."""
    above = set(graph.transitive_objects(cause, RDFS.subClassOf))
    held = {node for node in above if node and graph.value(node, OWL.onProperty) == ITB.affectsPart}
    parts = {part for node in held for part in graph.objects(node, OWL.someValuesFrom)}
    return {node for part in parts for node in graph.transitive_objects(part, RDFS.subClassOf)}


def test_a_device_problem_leads_to_its_component(vocabulary: Vocabulary) -> None:
    """A problem of pump or catheter could not be given to IMDRF, which wants problem and component apart."""
    parts = {each.subject for each in MAPPINGS if each.object_id.startswith("IMDRF:G")}
    tops = {ITB._NS[name] for name in ("PumpCause", "CatheterCause", "ReservoirCause", "ProgrammingCause")}
    problems = {
        each.subject
        for each in MAPPINGS
        if each.object_id.startswith("IMDRF:A") and tops & vocabulary.words.ancestors(each.subject)
    }
    assert len(problems) > 20
    assert [cause for cause in problems if not parts_affected(vocabulary.graph, cause) & parts] == []


# --- in the graph ---


def test_terms_of_others_stay_annotations(vocabulary: Vocabulary) -> None:
    """A reasoner would take another vocabulary's term for an individual or a class of ours."""
    graph = vocabulary.graph
    others = {each.object for each in MAPPINGS}
    allowed = {*PREDICATES.values(), SKOS.prefLabel, SKOS.notation}
    assert {kind for prop in allowed for kind in graph.objects(prop, RDF.type)} == {OWL.AnnotationProperty}
    assert {p for s, p, o in graph if s in others or o in others} == allowed
    followed = infer(read_axioms(graph), [(each.subject, each.predicate, each.object) for each in MAPPINGS])
    assert [triple for triple in followed if others & set(triple)] == []


def test_labels_of_others_are_no_words(vocabulary: Vocabulary) -> None:
    """A record could use a word that no definition of ours covers."""
    assert vocabulary.words.find("Hyperhidrosis", ("Finding",)) == vocabulary.words.find("diaphoresis", ("Finding",))
    assert vocabulary.words.find("Tako-tsubo cardiomyopathy", ("Finding", "Diagnosis")) is None
    assert not [each for each in MAPPINGS if (each.object, RDFS.label, None) in vocabulary.graph]


def test_a_term_is_found_by_another_vocabularys_id(store: Store) -> None:
    """Whoever knows HP:0001250 could not find the cases with a seizure."""
    query = """
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?term ?label { ?term skos:exactMatch ?other . ?other skos:notation "HP:0001250" ; skos:prefLabel ?label }
    """
    assert list(store.select(query).texts()) == [(str(SEIZURE.subject), "Seizure")]


# --- reading and writing ---


def edit(path: Path, old: str, new: str) -> None:
    """Replace the only occurrence of a text in a file."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


ROW = "itb:Seizure\tseizure\tskos:exactMatch\tHP:0001250\tSeizure\t"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (ROW.replace("exactMatch", "relatedMatch"), "'skos:relatedMatch' is none of skos:exactMatch, "),
        (ROW.replace("HP:", "HPO:"), "'HPO:0001250' has no prefix of the header's curie_map"),
        (ROW.replace("HP:", "HP_"), "'HP_0001250' has no prefix"),
        (ROW.replace("itb:Seizure", "itb:"), "'itb:' has no prefix"),
        (ROW.replace("seizure\t", "seizure"), "not 8 columns"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(row: str, message: str, folder: Path) -> None:
    """A slip in the table would be passed over, or end in a stack trace."""
    edit(folder / SSSOM, ROW, row)
    line = (folder / SSSOM).read_text("utf-8").partition(row)[0].count("\n") + 1
    with pytest.raises(OntologyError, match=re.escape(f"{SSSOM}:{line}: {message}")):
        read_mappings(folder)


@pytest.mark.parametrize(
    ("name", "column", "read"), [(SSSOM, "object_label", read_mappings), (CHECKED, "read_in", read_checked)]
)
def test_a_missing_column_is_named(name: str, column: str, read: Callable[[Path], object], folder: Path) -> None:
    """A table with a renamed column would end in a stack trace."""
    edit(folder / name, f"\t{column}\t", "\tother\t")
    with pytest.raises(OntologyError, match=f"{name}:\\d+: the table lacks the columns {column}"):
        read(folder)


def test_an_id_is_checked_once(folder: Path) -> None:
    """Two labels of one id would both count as checked."""
    with (folder / CHECKED).open("a", encoding="utf-8") as file:
        file.write("HP:0001250\tFit\tcurrent\tnowhere\t\n")
    with pytest.raises(OntologyError, match=r"checked-terms.tsv:\d+: HP:0001250 stands here twice"):
        read_checked(folder)


def test_the_module_is_written_from_the_table(folder: Path) -> None:
    """A mapping that was added to the table would not reach the graph."""
    edit(folder / SSSOM, ROW, ROW.replace("exact", "close"))
    write_module(folder)
    module = Graph().parse(folder / MODULE)
    assert (SEIZURE.subject, SKOS.closeMatch, SEIZURE.object) in module
    assert (SEIZURE.subject, SKOS.exactMatch, SEIZURE.object) not in module


def test_no_module_is_written_from_a_wrong_table(folder: Path) -> None:
    """A fault would be told only after it had gone into the graph."""
    edit(folder / SSSOM, ROW, ROW.replace("\tSeizure", "\tFit"))
    before = (folder / MODULE).read_bytes()
    with pytest.raises(OntologyError, match=r"sssom.tsv: HP:0001250 means 'Seizure', not 'Fit'"):
        write_module(folder)
    assert (folder / MODULE).read_bytes() == before


@given(st.permutations(MAPPINGS[:40]))
def test_the_order_of_the_table_does_not_count(shuffled: list[Mapping]) -> None:
    """The module would change although nothing in it did."""
    assert mapping_graph(shuffled).serialize() == mapping_graph(MAPPINGS[:40]).serialize()
