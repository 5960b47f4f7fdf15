"""Guidance: its format with what can be wrong in it, its triples, and what it says beside a case."""

import re
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Literal, URIRef

from itbkg.building import Built
from itbkg.building.dataset import make_dataset
from itbkg.building.nquads import to_nquads
from itbkg.curation import read_records
from itbkg.errors import NotFoundError, Problem, RecordError
from itbkg.guidance import beside_guidance, list_documents, recommendations_for, tell_document
from itbkg.namespaces import CASE, GUIDANCE, ITB
from itbkg.records import Guidance
from itbkg.store import Store
from itbkg.triples import Triple
from itbkg.triples.guidance import guidance_triples
from itbkg.vocabulary import Vocabulary
from tests.conftest import FICTIONAL, PROJECT

CARD = FICTIONAL / "guidance" / "zoe-1906.yaml"
ONT = "https://w3id.org/itbkg/ont/"
LEAFLET = """format: 1
document:
  title: An invented leaflet
  citation: verified
  read_as: full text
  review: entered
  kind: patient information document
statements:
  - recommendation: benzodiazepines
    for: withdrawal
    step: 3
    condition: Severe course
    do: lorazepam
    dose: 4..8 mg
    every: 4 h
    route: intravenous
    by: [clinician, ITB clinician]
    within: 1..2 h
    where: Page, 1
  - adverse_reaction: drug adverse event
    names: hypotonia
    percent: 20.0 %
    n: 2
    of: 10
    population: Invented people
    where: Page, 2
  - {look_alikes: withdrawal, names: [sepsis, meningitis], where: Page}
"""

#: What is replaced in the leaflet, by what, the text whose line is at fault, field, message and mend.
Break = tuple[str, str, str, str, str, str]
BREAKS: dict[str, Break] = {
    "misspelt class": (
        "recommendation: benzodiazepines", "recommendation: benzodiazepins", "recommendation: benzodiazepins",
        "statements[1].recommendation", "'benzodiazepins' is no known recommendation; did you mean", "",
    ),
    "class of another kind": (
        "recommendation: benzodiazepines", "warning: benzodiazepines", "warning:", "statements[1].warning",
        "'benzodiazepines' is no known warning", "",
    ),
    "unknown kind of statement": (
        "- recommendation:", "- recomendation:", "- recomendation", "statements[1]",
        "this line says none of recommendation, alarm,", "Begin it with the one that it states.",
    ),
    "unknown key": (
        "condition: Severe", "conditon: Severe", "conditon", "statements[1].conditon",
        "'conditon' is no known key here; did you mean 'condition'", "Rename or remove it.",
    ),
    "situation that is no word": (
        "for: withdrawal", "for: witdrawal", "for: witdrawal", "statements[1].for",
        "'witdrawal' is no known event of therapy or", "",
    ),
    "python name in place of the key": (
        "for: withdrawal", "situation: withdrawal", "situation:", "statements[1].situation",
        "'situation' is no known key here", "Rename or remove it.",
    ),
    "act that is no act": (
        "do: lorazepam", "do: catheter kink", "do: catheter", "statements[1].do",
        "'catheter kink' is no known treatment or investigation or preventive measure", "",
    ),
    "advised and advised against": (
        "do: lorazepam", "do: lorazepam\n    avoid: ativan", "avoid:", "statements[1].avoid",
        "'ativan' is advised and advised against in one line.", "Make two statements of it.",
    ),
    "time in no unit of time": (
        "within: 1..2 h", "within: 2 mg", "within: 2 mg", "statements[1].within", "'mg' is no unit of time.", "Use h",
    ),
    "deadline without an end": (
        "within: 1..2 h", "within: '>2 h'", "within:", "statements[1].within", "'>2 h' has no end.", "Give the time",
    ),
    "step out of range": ("step: 3", "step: 0", "step: 0", "statements[1].step", "0 is too low.", "Give at least 1."),
    "percentage in another unit": (
        "20.0 %", "20.0 mg", "percent", "statements[2].percent", "'mg' is no percentage.", "Write it like '34.7 %'.",
    ),
    "percentage that is not that of the counts": (
        "  n: 2", "  n: 3", "n: 3", "statements[2].n",
        "3 of 10 is 30.00 %, and 20.0 % is printed.", "Correct it, or say",
    ),
    "more than all": ("  n: 2", "  n: 12", "n: 12", "statements[2].n", "12 of 10 is more than all.", "Look at the"),
    "one frequency for two effects": (
        "names: hypotonia", "names: [hypotonia, nausea]", "names: [hypotonia", "statements[2].names",
        "a frequency is given for several effects at once.", "Write a line for each of them.",
    ),
    "two statements of one name": (
        "names: [sepsis, meningitis]", "names: [sepsis, sepsis]", "- {look_alikes", "statements[3]",
        "an earlier line already states 'look-alike-of-withdrawal-sepsis'.", "Remove one, or tell them apart",
    ),
    "empty list of signs": (
        "names: [sepsis, meningitis]", "names: []", "- {look_alikes", "statements[3].names",
        "the list is empty.", "Give at least 1.",
    ),
    "no place": (
        ", where: Page}", "}", "- {look_alikes", "statements[3].where", "'where' is missing.", "Add it.",
    ),
    "document of no kind": (
        "  kind: patient information document\n", "", "document:", "document.kind", "'kind' is missing.", "Add it.",
    ),
}  # fmt: skip


def write(folder: Path, text: str) -> Path:
    """Write a guidance record."""
    path = folder / "leaflet.yaml"
    path.write_text(text, "utf-8")
    return path


def problems_of(path: Path, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Read a record that must fail and return what is wrong with it."""
    with pytest.raises(RecordError) as caught:
        read_records([path], vocabulary)
    return caught.value.problems


@pytest.fixture(scope="module")
def leaflet(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Guidance:
    """Read the leaflet as it should be."""
    path = write(tmp_path_factory.mktemp("guidance"), LEAFLET)
    return read_records([path], vocabulary).guidance["leaflet"]


@pytest.fixture(scope="module")
def triples(leaflet: Guidance, vocabulary: Vocabulary) -> frozenset[Triple]:
    """Make its triples."""
    return frozenset(guidance_triples("leaflet", leaflet, vocabulary))


def values(triples: frozenset[Triple], subject: URIRef, predicate: URIRef) -> set[str]:
    """Return what a node has under a property, terms of the ontology by their name."""
    return {str(value).removeprefix(ONT) for found, prop, value in triples if (found, prop) == (subject, predicate)}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS.keys())
def test_a_broken_record_says_where_and_how_to_mend(broken: Break, tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A curator would hunt for the mistake if file, line, field, message or mend were off."""
    old, new, at, field, message, mend = broken
    assert old in LEAFLET
    text = LEAFLET.replace(old, new, 1)
    path = write(tmp_path, text)
    found = [problem for problem in problems_of(path, vocabulary) if problem.message.startswith(message)]
    line = text[: text.index(at)].count("\n") + 1
    assert [(problem.path, problem.line, problem.field) for problem in found] == [(str(path), line, field)]
    assert found[0].mend.startswith(mend)


def test_a_printed_percentage_may_be_wrong_where_the_record_says_so(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A slip of the source could not be recorded."""
    path = write(tmp_path, LEAFLET.replace("  n: 2", "  n: 3\n    discrepancy: The counts give 30 %"))
    [line] = read_records([path], vocabulary).guidance["leaflet"].statements[1:2]
    assert line.discrepancy == "The counts give 30 %"


def test_a_statement_tells_situation_act_dose_actor_and_time(triples: frozenset[Triple]) -> None:
    """What to do, when, how much and by whom would be lost."""
    node = GUIDANCE["leaflet/recommendation-benzodiazepines"]
    told = {
        ITB.inDocument: {str(GUIDANCE["leaflet"])},
        RDF.type: {"BenzodiazepineRecommendation"},
        ITB.statedClass: {"BenzodiazepineRecommendation"},
        RDFS.label: {"recommendation of benzodiazepines"},
        ITB.concernsClass: {"Withdrawal"},
        ITB.advisesClass: {"Lorazepam"},
        ITB.step: {"3"},
        ITB.condition: {"Severe course"},
        ITB.doseText: {"4..8 mg every 4 h"},
        ITB.valueText: {"4..8 mg"},
        ITB.minimumValue: {"4"},
        ITB.maximumValue: {"8"},
        ITB.interval: {"4 h"},
        ITB.route: {"Intravenous"},
        ITB.actor: {"ClinicianActor", "ITBClinicianActor"},
        ITB.actWithinHours: {"2"},
        ITB.statedAt: {str(GUIDANCE["leaflet/place/page/1"])},
    }
    assert {predicate: values(triples, node, predicate) for predicate in told} == told


def test_an_adverse_reaction_keeps_its_numbers_apart(triples: frozenset[Triple]) -> None:
    """A percentage would stand without numerator, denominator and population."""
    node = GUIDANCE["leaflet/adverse-reaction-hypotonia"]
    numbers = (ITB.numerator, ITB.denominator, ITB.percent, ITB.population, ITB.concernsClass)
    assert [values(triples, node, number) for number in numbers] == [
        {"2"},
        {"10"},
        {"20"},
        {"Invented people"},
        {"Hypotonia"},
    ]


def test_each_look_alike_is_a_statement_of_its_own(triples: frozenset[Triple]) -> None:
    """A single look-alike could not be cited, or would lose its event."""
    for name, diagnosis in (("sepsis", "SepsisDiagnosis"), ("meningitis", "MeningitisDiagnosis")):
        node = GUIDANCE[f"leaflet/look-alike-of-withdrawal-{name}"]
        assert values(triples, node, RDF.type) == {"LookAlikeStatement"}
        assert values(triples, node, ITB.concernsClass) == {"Withdrawal", diagnosis}


def test_a_document_can_be_found(triples: frozenset[Triple]) -> None:
    """A statement could not be traced to what it stands in."""
    document = GUIDANCE["leaflet"]
    assert values(triples, document, RDF.type) == {"PatientInformation"}
    assert values(triples, document, ITB.title) == {"An invented leaflet"}
    assert values(triples, GUIDANCE["leaflet/place/page/1"], ITB.placeIn) == {str(document)}


def test_no_node_is_blank_and_the_same_record_gives_the_same(leaflet: Guidance, vocabulary: Vocabulary) -> None:
    """Two builds of one record would differ."""
    once, again = (list(guidance_triples("leaflet", leaflet, vocabulary)) for _ in range(2))
    assert once == again
    assert {type(term) for triple in once for term in triple} == {URIRef, Literal}


def test_a_document_has_its_named_graph(store: Store) -> None:
    """A document could not be had alone, and its statements would not be counted."""
    asked = (
        "SELECT (COUNT(?s) AS ?n) { GRAPH <https://w3id.org/itbkg/graph/guidance/zoe-1906> { ?s itb:inDocument ?d } }"
    )
    counted = int(next(store.with_prefixes().select(asked).texts())[0])
    assert counted == store.manifest.guidance_statements
    assert store.manifest.guidance_documents == 1


def test_documents_are_listed_with_their_kind(store: Store) -> None:
    """A reader could not tell a card from a label."""
    [row] = list_documents(store)
    assert (row.id, row.kind, row.year) == ("zoe-1906", "emergency procedure document", 1974)
    assert row.statements == len(tell_document(store, "zoe-1906").statements) == store.manifest.guidance_statements


@pytest.mark.parametrize("situation", ["withdrawal", "ITB withdrawal", "full-blown withdrawal", " Withdrawal "])
def test_advice_comes_in_the_order_of_its_steps(situation: str, store: Store) -> None:
    """A step would be told before the one that goes before it, or advice for the wider event be missed."""
    found = recommendations_for(store, situation)
    assert [(one.step, one.advises, one.advises_against) for one in found] == [
        (1, ("contact with an ITB physician",), ()),
        (2, ("restoration of intrathecal baclofen",), ()),
        (None, (), ("oral baclofen",)),
    ]
    assert found[0].within_hours == 0


@pytest.mark.parametrize(
    ("ask", "name"), [(tell_document, "zoe-1905"), (recommendations_for, "withdrawl"), (beside_guidance, "doe-1901/2")]
)
def test_an_unknown_name_suggests_the_nearest(ask: object, name: str, store: Store) -> None:
    """A slip of the finger would look like an empty answer."""
    assert callable(ask)
    with pytest.raises(NotFoundError, match="did you mean"):
        ask(store, name)


def states(store: Store, case: str) -> dict[tuple[str, str], str]:
    """Return the state of each act beside a case, by sense and act."""
    return {(one.sense, one.act): one.state for one in beside_guidance(store, case)}


def test_done_and_not_reported_are_told_apart(store: Store) -> None:
    """What a report does not mention would count as left undone."""
    laid = {one.act: one for one in beside_guidance(store, "doe-1901/1")}
    assert laid["restoration of intrathecal baclofen"].state == "done"
    [deed] = laid["restoration of intrathecal baclofen"].deeds
    assert (deed.earliest_hours, deed.place) == (14, "Case, 4")
    assert laid["contact with an ITB physician"].state == "not reported"
    assert (laid["oral baclofen"].sense, laid["oral baclofen"].state) == ("advised against", "done")


def test_only_what_is_stated_counts_as_not_done(built: Built) -> None:
    """An omission that the report states would be lost, or one that it does not state be made up."""
    case, act = CASE["doe-1901/1"], URIRef(ONT + "ContactItbPhysician")
    absence, place = URIRef(f"{case}/absence/call"), URIRef("https://w3id.org/itbkg/publication/doe-1901/place/case/4")
    more = [(case, ITB.hasAbsence, absence), (absence, ITB.absentClass, act), (absence, ITB.statedAt, place)]
    nquads = built.nquads + to_nquads((*triple, None) for triple in more)
    told = states(Store.in_memory(nquads, built.manifest), "doe-1901/1")
    assert told["advised", "contact with an ITB physician"] == "stated as not done"


def test_nothing_is_laid_beside_another_event(store: Store) -> None:
    """A case of overdose would be judged by the advice for withdrawal."""
    assert states(store, "roe-1902/1") == {}


@pytest.fixture(scope="module")
def pittsburgh(built: Built, vocabulary: Vocabulary) -> Store:
    """Put the Pittsburgh case beside the emergency card."""
    paths = [PROJECT / "data" / kind / f"{name}.yaml" for kind, name in
             (("cases", "mohammed-2004"), ("guidance", "emergency-procedure"))]  # fmt: skip
    records = read_records(paths, vocabulary)
    dataset = make_dataset(vocabulary, records.cases, records.guidance)
    return Store.in_memory(to_nquads(dataset.quads()), built.manifest)


def test_the_pittsburgh_case_beside_the_emergency_card(pittsburgh: Store) -> None:
    """The steps that were followed, and those of which nothing is said, could not be told."""
    told = states(pittsburgh, "mohammed-2004/1")
    assert told["advised", "benzodiazepine treatment"] == "done"
    assert told["advised", "restoration of intrathecal baclofen"] == "done"
    assert told["advised", "pump interrogation"] == "done"
    assert told["advised against", "oral baclofen"] == "done"
    assert told["advised", "refill of the reservoir"] == "not reported"
    assert "stated as not done" not in told.values()


DOCUMENTS = sorted((PROJECT / "data" / "guidance").glob("*.yaml"))
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])


@pytest.fixture(scope="module")
def guidance(vocabulary: Vocabulary) -> dict[str, Guidance]:
    """Read all guidance records of the corpus."""
    return read_records(DOCUMENTS, vocabulary).guidance


@each_document
def test_a_document_of_the_corpus_makes_triples_without_slips(
    path: Path, guidance: dict[str, Guidance], vocabulary: Vocabulary
) -> None:
    """A document of the corpus would be refused, or two of its statements become one."""
    made = list(guidance_triples(path.stem, guidance[path.stem], vocabulary))
    nodes = [subject for subject, predicate, _ in made if predicate == ITB.inDocument]
    assert nodes
    assert len(nodes) == len(set(nodes))


@each_document
def test_a_statement_that_orders_says_what_it_orders(path: Path, guidance: dict[str, Guidance]) -> None:
    """A step without act and without a word of its own would tell nobody what to do."""
    for line in guidance[path.stem].statements:
        acts = [getattr(line, key, ()) for key in ("do", "avoid", "leads_to")]
        assert getattr(line, "step", None) is None or any(acts) or line.detail or getattr(line, "dose_text", None) or (
            getattr(line, "dose", None)
        )  # fmt: skip


@each_document
def test_a_document_holds_no_calendar_date(path: Path) -> None:
    """A date of a patient could have slipped in."""
    months = "January|February|March|April|June|July|August|September|October|November|December"
    dates = rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b|\b\d{{1,2}} (?:{months})\b"
    assert re.findall(dates, path.read_text("utf-8")) == []


def test_the_five_documents_that_the_corpus_rests_on_are_there(guidance: dict[str, Guidance]) -> None:
    """A document that the ontology cites would have no statements."""
    needed = {"emergency-procedure", "therapy-management", "mohammed-2004", "pump-management", "patient-selection"}
    assert needed <= guidance.keys()
    assert sum(len(record.statements) for record in guidance.values()) > 250


def test_advice_of_a_publication_leads_to_a_record(guidance: dict[str, Guidance]) -> None:
    """A document would point to a publication that the graph does not hold."""
    known = {path.stem for kind in ("cases", "published") for path in (PROJECT / "data" / kind).glob("*.yaml")}
    named = {record.document.advice_of for record in guidance.values()} - {None}
    assert named
    assert named <= known
