"""The SPARQL of a table gives the table's counts: on generated corpora, and over the real one."""

from collections import Counter
from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itbkg.index.reading import ask_index
from itbkg.links import CaseData, LinkTable, link_query, links
from itbkg.links.sparql import told_by
from itbkg.links.table import ask
from itbkg.namespaces import CASE
from itbkg.store import Store
from tests.planting import Planted, Report, plant

LAWS = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

EVENTS = ("withdrawal", "underdose", "overdose", "infection event")
CAUSES = ("catheter kink", "motor stall", "programming error", "empty reservoir", "pocket fill")
FINDINGS = ("seizure", "fever", "coma", "status epilepticus", "increased spasticity")
OUTCOMES = ("death", "recovery", "recovery to baseline", "improved outcome", "discharged home")
TREATED = (("oral baclofen", "unchanged"), ("lorazepam", "improved"), ("oral baclofen", "resolved"))
MEASURED = (("creatine kinase", "900 U/L"), ("creatine kinase", "500..1500 U/L"), ("creatine kinase", ">1000 U/L"))
AGES = ("", "9 a", "16..18 a", "<18 a", "40 a", ">89 a")

VARIABLES = (
    *("cause", "cause@2", "cause@all", "cause:cause at the catheter@all", "finding", "outcome@all", "event"),
    *("cause@defined", "outcome", "outcome=discharged home, death"),
    *("treatment", "response", "response to oral baclofen", "considered", "condition", "age_group", "sex", "read_as"),
    *("year", "decade", "delay", "clock", "finding=seizure", "finding=fever, seizure", "sex=female", "outcome=death"),
    *(
        "creatine kinase > 1000 U/L",
        "creatine kinase <= 900 U/L",
        "body temperature >= 39 Cel",
        "age_group=adult, child",
    ),
    *("time of finding=fever < 24 h", "time of outcome=recovery > 2 d", "delay to diagnosis < 2 d", "decade=1990s"),
    *("interruption-to-diagnosis < 48 h", "cause=catheter kink, motor stall", "year=1985..1995"),
)
CONDITIONS = (
    *("event = withdrawal", "cause = human error", "finding = seizure", "finding != seizure", "finding != fever, coma"),
    *("finding = seizure not reported", "finding = seizure reported", "outcome not reported", "cause != motor stall"),
    *("outcome != death", "outcome != recovery, discharged home"),
    *(
        "sex = male",
        "sex != male",
        "age_group = adult not reported",
        "age_group != child",
        "year = 1990..",
        "year reported",
    ),
    *(
        "creatine kinase > 1 kU/L not reported",
        "creatine kinase > 1000 U/L",
        "response to oral baclofen = lack of benefit",
    ),
    *("read_as = abstract", "decade = 1990s", "finding not reported", "sex = female, male", "delay reported"),
)
ATOMS = st.sampled_from([one for one in CONDITIONS if "kU" not in one])
FILTERS = st.one_of(
    st.just(""),
    st.recursive(
        ATOMS,
        lambda inner: st.one_of(
            inner.map(lambda one: f"not ({one})"),
            st.tuples(inner, inner).map(lambda two: f"({two[0]}) and ({two[1]})"),
            st.tuples(inner, inner).map(lambda two: f"({two[0]}) or ({two[1]})"),
        ),
        max_leaves=4,
    ),
)


def _some(random: Random, words: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(random.sample(words, random.randint(0, most)))


def _planted(random: Random, again: str) -> Planted:
    present = _some(random, FINDINGS, 2)
    return Planted(
        event=random.choice(EVENTS),
        sex=random.choice(("", "male", "female")),
        age=random.choice(AGES),
        findings=present,
        absences=_some(random, FINDINGS, 2),
        causes=_some(random, CAUSES, 2),
        outcomes=_some(random, OUTCOMES, 2),
        treatments=random.sample(TREATED, random.randint(0, 1)),
        measured=random.sample(MEASURED, random.randint(0, 1)),
        same_patient_as=again,
    )


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Generate 60 reports of one or two cases; some are retracted, some tell the patient of another one again."""
    random = Random(20)
    reports: dict[str, Report] = {}
    for number in range(60):
        again = f"report-{random.randrange(20)}/1" if number >= 20 and random.random() < 0.15 else ""
        cases = [_planted(random, again), *([_planted(random, "")] if random.random() < 0.3 else [])]
        status = "retracted" if random.random() < 0.1 else ""
        year = random.choice((None, *range(1980, 2010)))
        reports[f"report-{number}"] = Report(cases, year, random.choice(("abstract", "full text")), status)
    return plant(tmp_path_factory.mktemp("generated"), reports)


@pytest.fixture(scope="module")
def lines(generated: Store) -> Mapping[str, list[bytes]]:
    """Part the generated graph into the quads of each case and, under an empty id, all others."""
    parted: dict[str, list[bytes]] = {}
    space = f"<{CASE}".encode()
    for line in generated.to_nquads().splitlines(keepends=True):
        case = line.removeprefix(space).split(b">", 1)[0] if line.startswith(space) else b""
        parted.setdefault("/".join(case.decode().split("/")[:2]), []).append(line)
    return parted


def by_query(store: Store, data: CaseData, rows: str, columns: str, where: str) -> Counter[tuple[str, str, str, str]]:
    """Answer the query of a table: the cases of each pair and states."""
    told = store.select(link_query(data, rows, columns, where)).texts()
    return Counter({(row, mine, column, yours): int(cases) for row, mine, column, yours, cases in told})


def by_table(
    data: CaseData, table: LinkTable, rows: str, columns: str, where: str
) -> Counter[tuple[str, str, str, str]]:
    """Lay out the counts of a table as its query does; the cases that do not report the row are told together."""
    asked = ask(data, rows, columns, where)
    names = {line.category.key: told_by(line) for line in (*asked.rows, *asked.columns)}
    found: Counter[tuple[str, str, str, str]] = Counter()
    for pair in table.pairs:
        row, column = names[pair.row.key], names[pair.column.key]
        for mine, cell in (("present", pair.group), ("absent", pair.others)):
            found[row, mine, column, "present"] = cell.n
            found[row, mine, column, "absent"] = cell.absent
            found[row, mine, column, "not reported"] = cell.not_reported
        found[row, "not reported", column, "any"] = pair.row_not_reported
    return +found


def held_equal(store: Store, data: CaseData, rows: str, columns: str, where: str) -> None:
    """Hold a table against its query."""
    asked: Counter[tuple[str, str, str, str]] = Counter()
    for (row, mine, column, yours), cases in by_query(store, data, rows, columns, where).items():
        asked[row, mine, column, "any" if mine == "not reported" else yours] += cases
    assert asked == by_table(data, links(data, rows, columns, where), rows, columns, where)


@LAWS
@given(data=st.data(), rows=st.sampled_from(VARIABLES), columns=st.sampled_from(VARIABLES), where=FILTERS)
def test_query_and_table_agree_on_generated_corpora(
    generated: Store, lines: Mapping[str, list[bytes]], data: st.DataObject, rows: str, columns: str, where: str
) -> None:
    """A state, a filter or the choice of who counts would mean one thing in Python and another in SPARQL."""
    cases = sorted(case for case in lines if case)
    left_out = data.draw(st.sets(st.sampled_from(cases), max_size=len(cases) // 2))
    nquads = b"".join(line for case, part in lines.items() if case not in left_out for line in part)
    store = Store.in_memory(nquads, generated.manifest)
    held_equal(store, CaseData(store, ask_index(store)), rows, columns, where)


@settings(LAWS, max_examples=10)
@given(rows=st.sampled_from(VARIABLES), columns=st.sampled_from(VARIABLES), where=FILTERS)
def test_query_and_table_agree_on_the_corpus(real_store: Store, rows: str, columns: str, where: str) -> None:
    """What agrees on invented cases would not on those that are published."""
    held_equal(real_store, links_data(real_store), rows, columns, where)


def links_data(store: Store) -> CaseData:
    """Read a store once for all examples."""
    return _READ.setdefault(id(store), CaseData(store))


_READ: dict[int, CaseData] = {}


@LAWS
@given(where=FILTERS)
def test_the_states_of_a_pair_are_the_whole_cohort(generated: Store, where: str) -> None:
    """A case would be in two states, or in none."""
    table = links(generated, "finding@all", "outcome@all", where)
    for pair in table.pairs:
        assert pair.group.of + pair.others.of + pair.row_not_reported == table.cohort.total
        for cell in (pair.group, pair.others):
            assert cell.bound_low is None or cell.risk is None or cell.bound_low <= cell.risk <= (cell.bound_high or 0)


def test_an_empty_table_has_a_query_too(store: Store) -> None:
    """A cohort of nobody would make a query that is none."""
    nobody = "sex = female and sex = male"
    assert not list(store.select(link_query(store, "cause", "outcome", nobody)).texts())
