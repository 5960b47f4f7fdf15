"""From a record to triples: what a case states, and nothing else."""

from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, XSD, Literal, URIRef

from itbkg.curation import read_publication
from itbkg.namespaces import CASE, ITB, PUBLICATION
from itbkg.records import Publication
from itbkg.triples import Triple, case_triples, decimal, publication_triples
from itbkg.vocabulary import Vocabulary
from itbkg.vocabulary.ages import AgeGroup
from tests.conftest import FICTIONAL

DOE = CASE["doe-1901/1"]
ONT = "https://w3id.org/itbkg/ont/"


@pytest.fixture(scope="module")
def record(vocabulary: Vocabulary) -> Publication:
    """Read the short fictional record."""
    return read_publication(FICTIONAL / "doe-1901.yaml", vocabulary)


@pytest.fixture(scope="module")
def triples(record: Publication, vocabulary: Vocabulary) -> frozenset[Triple]:
    """Make the triples of its case and of its publication."""
    case = case_triples("doe-1901", record.cases[0], vocabulary)
    return frozenset(case) | frozenset(publication_triples("doe-1901", record, vocabulary))


def node(name: str) -> URIRef:
    """Name a node of the case."""
    return CASE[f"doe-1901/1/{name}"]


def values(triples: frozenset[Triple], subject: URIRef, predicate: URIRef) -> set[URIRef | Literal]:
    """Return what a node has under a property."""
    return {value for found, prop, value in triples if (found, prop) == (subject, predicate)}


def texts(triples: frozenset[Triple], subject: URIRef, *predicates: URIRef) -> list[str]:
    """Return the one value under each property as text."""
    return [str(value) for predicate in predicates for value in values(triples, subject, predicate)]


def test_no_node_is_blank(triples: frozenset[Triple]) -> None:
    """Two builds of one record could not be compared."""
    assert {type(term) for triple in triples for term in triple} == {URIRef, Literal}


def test_the_same_record_gives_the_same_triples(record: Publication, vocabulary: Vocabulary) -> None:
    """Two builds of one record would differ."""
    once, again = (list(case_triples("doe-1901", record.cases[0], vocabulary)) for _ in range(2))
    assert once == again


def test_a_present_finding_is_a_typed_individual(triples: frozenset[Triple]) -> None:
    """A sign could not be counted."""
    sign = node("finding/increased-spasticity-0-h")
    assert (DOE, ITB.hasFinding, sign) in triples
    assert values(triples, sign, RDF.type) == {URIRef(ONT + "IncreasedSpasticity")}
    assert values(triples, sign, ITB.severity) == {URIRef(ONT + "Severe")}


def test_an_absent_finding_is_a_statement_about_its_class(triples: frozenset[Triple]) -> None:
    """An absent sign would be counted among the present ones."""
    statement, seizure = node("absence/seizure-0-6-h"), URIRef(ONT + "Seizure")
    assert (DOE, ITB.hasAbsence, statement) in triples
    assert values(triples, statement, ITB.absentClass) == {seizure}
    assert values(triples, statement, RDF.type) == {ITB.AbsenceStatement}
    assert not [subject for subject, predicate, value in triples if (predicate, value) == (RDF.type, seizure)]


def test_what_is_not_reported_is_neither(triples: frozenset[Triple]) -> None:
    """A sign of which the report says nothing would count as absent."""
    assert not [triple for triple in triples if triple[2] == URIRef(ONT + "Rhabdomyolysis")]


def test_every_statement_has_its_place(triples: frozenset[Triple]) -> None:
    """A reader could not find the sentence behind a statement."""
    kinds = {ITB.hasFinding, ITB.hasAbsence, ITB.hasMeasurement, ITB.hasTreatment, ITB.hasInvestigation, ITB.hasCause}
    kinds |= {ITB.considered, ITB.hasDelay, ITB.hasOutcome, ITB.hasEvent, ITB.hasCausalAssertion, ITB.hasCondition}
    kinds |= {ITB.hasPatient, ITB.hasTherapy, ITB.hasResponse}
    stated = {value for _, predicate, value in triples if predicate in kinds}
    assert len(stated) > 20
    assert [found for found in stated if not values(triples, URIRef(found), ITB.statedAt)] == []


def test_a_place_leads_to_heading_paragraph_and_publication(triples: frozenset[Triple]) -> None:
    """A place could not be read or traced to its publication."""
    place = PUBLICATION["doe-1901/place/case/4"]
    assert texts(triples, place, RDFS.label, ITB.section, ITB.paragraph) == ["Case, 4", "Case", "4"]
    assert values(triples, place, ITB.placeIn) == {PUBLICATION["doe-1901"]}


def test_a_response_names_what_responded_and_how(triples: frozenset[Triple]) -> None:
    """Whether a treatment helped, and against what, would be lost."""
    treatment = node("treatment/oral-baclofen-2-h")
    [response] = values(triples, treatment, ITB.hasResponse)
    own = URIRef(response)
    assert values(triples, own, RDF.type) == {URIRef(ONT + "Unchanged")}
    assert values(triples, own, ITB.aboutClass) == {URIRef(ONT + "IncreasedSpasticity")}
    assert values(triples, own, ITB.responseOf) == {node("finding/increased-spasticity-0-h")}


def test_a_response_is_of_the_finding_told_before_it(record: Publication, vocabulary: Vocabulary) -> None:
    """A drug would seem to have acted on a sign that came after it."""
    case = record.cases[0]
    later = case.course[0].model_validate(case.course[0].model_dump() | {"at": "20 h"})
    changed = case.model_copy(update={"course": (*case.course, later)})
    made = frozenset(case_triples("doe-1901", changed, vocabulary))
    own = node("treatment/oral-baclofen-2-h/response/increased-spasticity")
    assert values(made, own, ITB.responseOf) == {node("finding/increased-spasticity-0-h")}


def test_a_treatment_keeps_dose_interval_and_route(triples: frozenset[Triple]) -> None:
    """How much was given, how often and by which way would be lost."""
    treatment = node("treatment/oral-baclofen-2-h")
    assert texts(triples, treatment, ITB.valueText, ITB.interval) == ["20 mg", "6 h"]
    assert values(triples, treatment, ITB.route) == {URIRef(ONT + "Oral")}


def test_the_text_of_a_number_is_kept(triples: frozenset[Triple]) -> None:
    """39.0 would come back as 39, and the precision of the report be lost."""
    temperature = node("measurement/body-temperature-6-h")
    assert texts(triples, temperature, ITB.valueText, ITB.minimumValue, ITB.maximumValue) == ["39.0 Cel", "39", "39"]
    assert texts(triples, temperature, ITB.printedText) == ["39.0 °C"]


def test_a_value_stands_in_its_canonical_unit_too(triples: frozenset[Triple]) -> None:
    """Values of two reports could not be compared."""
    delay = node("delay/delay-to-diagnosis")
    assert texts(triples, delay, ITB.canonicalMinimum, ITB.canonicalMaximum) == ["12", "12"]
    assert texts(triples, node("measurement/body-temperature-6-h"), ITB.canonicalMaximum) == ["39"]


def test_a_foreign_unit_is_converted(record: Publication, vocabulary: Vocabulary) -> None:
    """107 degrees Fahrenheit would be compared as if they were Celsius."""
    case = record.cases[0]
    line = case.course[3].model_validate(case.course[3].model_dump() | {"value": "107 [degF]"})
    made = frozenset(case_triples("doe-1901", case.model_copy(update={"course": (line,)}), vocabulary))
    temperature = node("measurement/body-temperature-6-h")
    assert texts(made, temperature, ITB.minimumValue, ITB.canonicalMinimum) == ["107", "41.666667"]


def test_an_open_bound_has_no_value(vocabulary: Vocabulary) -> None:
    """'less than 400' would count as 400."""
    case = read_publication(FICTIONAL / "roe-1902.yaml", vocabulary).cases[0]
    made = frozenset(case_triples("roe-1902", case, vocabulary))
    output = CASE["roe-1902/1/measurement/urine-output-day-2"]
    assert texts(made, output, ITB.comparator, ITB.minimumValue, ITB.maximumValue) == ["<", "400"]
    assert texts(made, output, ITB.canonicalMinimum, ITB.canonicalMaximum) == ["400"]


def test_a_range_keeps_the_reports_own_reference(triples: frozenset[Triple]) -> None:
    """The report's own judgement of a value would be lost."""
    enzyme = node("measurement/creatine-kinase-6-12-h")
    expected = ["25..235 U/L", "25", "235"]
    assert texts(triples, enzyme, ITB.referenceText, ITB.referenceLow, ITB.referenceHigh) == expected


@pytest.mark.parametrize(
    ("name", "window"),
    [
        ("finding/increased-spasticity-0-h", ["0", "0"]),
        ("absence/seizure-0-6-h", ["0", "6"]),
        ("outcome/recovery-3-d", ["72", "72"]),
        ("delay/delay-to-diagnosis", []),
    ],
)
def test_a_time_is_a_window_in_hours(name: str, window: list[str], triples: frozenset[Triple]) -> None:
    """The order of events could not be asked for."""
    assert texts(triples, node(name), ITB.earliestHours, ITB.latestHours) == window


@pytest.mark.parametrize(("day", "window"), [(1, ["0", "24"]), (2, ["0", "48"]), (3, ["24", "72"])])
def test_a_hospital_day_is_a_window_from_admission(day: int, window: list[str], vocabulary: Vocabulary) -> None:
    """A value of the third day would float without a time."""
    case = read_publication(FICTIONAL / "roe-1902.yaml", vocabulary).cases[0]
    line = case.course[1].model_copy(update={"hospital_day": day})
    made = frozenset(case_triples("roe-1902", case.model_copy(update={"course": (line,)}), vocabulary))
    scale = CASE[f"roe-1902/1/measurement/glasgow-coma-scale-day-{day}"]
    assert texts(made, scale, ITB.hospitalDay, ITB.earliestHours, ITB.latestHours) == [str(day), *window]


def test_a_hospital_day_floats_where_the_clock_is_another(record: Publication, vocabulary: Vocabulary) -> None:
    """Hours from the first symptom would be made up from days in hospital."""
    line = record.cases[0].course[0].model_copy(update={"at": None, "hospital_day": 2})
    case = record.cases[0].model_copy(update={"course": (line,)})
    made = frozenset(case_triples("doe-1901", case, vocabulary))
    sign = node("finding/increased-spasticity-day-2")
    assert texts(made, sign, ITB.hospitalDay, ITB.earliestHours) == ["2"]


def test_the_chain_has_a_short_way_and_an_evidenced_one(triples: frozenset[Triple]) -> None:
    """What led to what, how sure that is and on what it rests would be lost."""
    cause, event = node("cause/empty-reservoir"), node("event/withdrawal")
    assertion = node("assertion/empty-reservoir--withdrawal")
    assert (node("cause/missed-refill"), ITB.leadsTo, cause) in triples
    assert (cause, ITB.leadsTo, event) in triples
    assert values(triples, assertion, ITB.certainty) == {URIRef(ONT + "Certain")}
    assert len(values(triples, assertion, ITB.basis)) == 2


def test_an_investigation_shows_a_link_of_the_chain(triples: frozenset[Triple]) -> None:
    """How the cause was found would be lost."""
    shown = values(triples, node("investigation/pump-interrogation-12-h"), ITB.shows)
    assert shown == {node("cause/empty-reservoir")}


def test_an_investigation_that_excludes_shows_an_absence(vocabulary: Vocabulary) -> None:
    """A normal result would be lost, or stand as a finding."""
    case = read_publication(FICTIONAL / "roe-1902.yaml", vocabulary).cases[0]
    made = frozenset(case_triples("roe-1902", case, vocabulary))
    [shown] = values(made, CASE["roe-1902/1/investigation/eeg-day-2"], ITB.shows)
    assert values(made, URIRef(shown), ITB.absentClass) == {URIRef(ONT + "EpileptiformEEG")}


def test_two_words_for_one_cause_are_one_link(record: Publication, vocabulary: Vocabulary) -> None:
    """A chain would break where a synonym is used."""
    case = record.cases[0]
    kink = case.causes[0].model_copy(update={"cause": "Catheter kinking"})
    again = case.causes[0].model_copy(update={"cause": "catheter kink", "leads_to": "withdrawal"})
    made = frozenset(case_triples("doe-1901", case.model_copy(update={"causes": (kink, again)}), vocabulary))
    assert {node("cause/catheter-kink")} == {found for found, _, value in made if value == URIRef(ONT + "CatheterKink")}


def test_diagnoses_are_told_with_what_became_of_them(triples: frozenset[Triple]) -> None:
    """A rejected diagnosis would look like one that was made."""
    for name in ("diagnosis/sepsis-6-h", "diagnosis/meningitis-6-h"):
        assert (DOE, ITB.considered, node(name)) in triples
        assert values(triples, node(name), ITB.became) == {URIRef(ONT + "Rejected")}


def test_a_publication_can_be_found(triples: frozenset[Triple]) -> None:
    """A statement could not be cited."""
    own = PUBLICATION["doe-1901"]
    assert texts(triples, own, ITB.byline, ITB.year) == ["Doe J", "1971"]
    assert values(triples, DOE, ITB.reportedIn) == {own}


@given(st.decimals(-(10**12), 10**12, places=9, allow_nan=False))
def test_a_decimal_is_written_as_the_store_prints_it_back(value: Decimal) -> None:
    """The same triple would stand twice, once per spelling of its number."""
    written = decimal(value)
    store = ox.Store()
    one = ox.NamedNode("urn:one")
    store.add(ox.Quad(one, one, ox.Literal(str(written), datatype=ox.NamedNode(XSD.decimal))))
    [quad] = store
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == str(written)


def retold(tmp_path: Path, vocabulary: Vocabulary, *changes: tuple[str, str]) -> frozenset[Triple]:
    """Make the triples of the short record with some of its text replaced."""
    text = (FICTIONAL / "doe-1901.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "doe-1901.yaml"
    path.write_text(text, "utf-8")
    record = read_publication(path, vocabulary)
    publication = frozenset(publication_triples("doe-1901", record, vocabulary))
    return publication | frozenset(case_triples("doe-1901", record.cases[0], vocabulary))


def groups(triples: frozenset[Triple]) -> set[str]:
    """Name the age groups of the patient."""
    return {value.removeprefix(ONT) for value in values(triples, node("patient"), ITB.ageGroup)}


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        ("40 a", {"Adult", "YoungerAdult"}),
        ("8 mo", {"Minor", "YoungChild"}),
        ("17 a", {"Minor", "Adolescent"}),
        ("10..13 a", {"Minor"}),
        ("<18 a", {"Minor"}),
        ("<=18 a", set()),
        (">=18 a", {"Adult"}),
        (">89 a", {"Adult", "OlderAdult"}),
        ("60..69 a", {"Adult"}),
    ],
)
def test_an_age_is_in_every_group_that_holds_all_it_allows(
    age: str, expected: set[str], tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """A patient would be counted with people of another age, or with none although the report tells enough."""
    assert groups(retold(tmp_path, vocabulary, ("age: 40 a", f'age: "{age}"'))) == expected


@given(low=st.decimals(0, 120, places=2), width=st.decimals(0, 60, places=2), more=st.decimals(0, 60, places=2))
def test_a_wider_age_is_in_no_group_that_the_narrower_is_not_in(
    low: Decimal, width: Decimal, more: Decimal, vocabulary: Vocabulary
) -> None:
    """Telling less of an age would put the patient into more groups."""

    def holding(high: Decimal | None) -> set[AgeGroup]:
        return {group for group in vocabulary.age_groups if group.holds(low, high, below=False)}

    assert holding(low + width + more) <= holding(low + width)
    assert holding(None) <= holding(low + width)


def test_a_case_may_have_several_events_and_no_clock(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A withdrawal treated until it was an overdose could not be told as one case."""
    told = retold(
        tmp_path,
        vocabulary,
        ("    event: withdrawal\n", "    event: overdose\n    also: [withdrawal]\n"),
        (
            "    event_where: Abstract\n",
            "    event_where: Abstract\n    episodes: 3\n    circumstances: [after a refill]\n",
        ),
    )
    assert values(told, DOE, ITB.hasEvent) == {node("event/withdrawal"), node("event/overdose")}
    assert (node("cause/empty-reservoir"), ITB.leadsTo, node("event/withdrawal")) in told
    assert texts(told, DOE, ITB.episodes, ITB.circumstance) == ["3", "after a refill"]


def test_the_therapy_before_the_event_keeps_its_figures(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A dose could not be compared with that of another case."""
    told = retold(
        tmp_path,
        vocabulary,
        (
            "dose: 200 ug/d\n      benefit",
            "dose: 0.2 mg/d\n      concentration: 2 mg/mL\n      pump: SynchroMed II\n      benefit",
        ),
    )
    therapy = node("therapy")
    numbers = (ITB.canonicalMinimum, ITB.canonicalMaximum, ITB.concentrationMinimum, ITB.concentrationMaximum)
    assert texts(told, therapy, *numbers) == ["200", "200", "2000", "2000"]
    assert values(told, therapy, ITB.pumpModel) == {URIRef(ONT + "SynchroMedIIPump")}


def test_a_report_that_tells_nothing_of_the_therapy_has_none(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Silence about the therapy would look like a statement about it."""
    text = (FICTIONAL / "doe-1901.yaml").read_text("utf-8")
    therapy = text[text.index("    therapy:") : text.index("    event:")]
    assert not values(retold(tmp_path, vocabulary, (therapy, "")), DOE, ITB.hasTherapy)


def test_the_event_as_a_whole_may_respond(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """'Oral baclofen did not help' could not be recorded where the report names no finding."""
    told = retold(
        tmp_path,
        vocabulary,
        (
            "        response: {increased spasticity: unchanged}\n",
            "        approach: percutaneous\n        effect: unchanged\n",
        ),
    )
    act = node("treatment/oral-baclofen-2-h")
    response = node("treatment/oral-baclofen-2-h/response")
    assert (act, ITB.hasResponse, response) in told
    assert (response, RDF.type, URIRef(ONT + "Unchanged")) in told
    assert (response, ITB.aboutClass, URIRef(ONT + "Withdrawal")) in told
    assert values(told, act, ITB.approach) == {URIRef(ONT + "PercutaneousApproach")}


def test_a_publication_says_how_far_it_can_be_trusted(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A retracted report would be counted like any other."""
    told = retold(
        tmp_path,
        vocabulary,
        ("  citation: verified\n", "  citation: partly verified\n  status: retracted\n"),
        ("  review: checked\n", "  secondary_source: A review\n  review: checked\n  note: Seen in a table\n"),
    )
    publication = PUBLICATION["doe-1901"]
    assert values(told, publication, ITB.citationStatus) == {URIRef(ONT + "PartlyVerifiedCitation")}
    assert values(told, publication, ITB.publicationStatus) == {URIRef(ONT + "RetractedPublication")}
    assert texts(told, publication, ITB.secondarySource, ITB.note) == ["A review", "Seen in a table"]


def test_cases_of_one_person_point_to_each_other(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """One patient told of twice would be counted as two."""
    last = '      - {outcome: recovery, at: 3 d, where: "Case, 5"}\n'
    others = "    same_patient_as: roe-1902/1\n    distinct_from: [roe-1902/2]\n"
    told = retold(tmp_path, vocabulary, (last, last + others))
    assert (DOE, ITB.samePatientAs, CASE["roe-1902/1"]) in told
    assert (DOE, ITB.distinctFrom, CASE["roe-1902/2"]) in told


def test_a_rejected_diagnosis_is_one_for_the_reasoner_too(triples: frozenset[Triple]) -> None:
    """A sepsis that was thought of and rejected could not be told from one that was there."""
    sepsis = {s for s, p, o in triples if p == ITB.statedClass and o == URIRef(ONT + "SepsisDiagnosis")}
    assert {(node, RDF.type, URIRef(ONT + "RejectedDiagnosis")) for node in sepsis} <= triples
    assert sepsis
