"""The index: sets obey their laws, every field answers as SPARQL and as a plain closure do, and its file is whole."""

import hashlib
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itbkg.building import Built, write_folder
from itbkg.errors import BuildFolderError, ParameterError
from itbkg.index import ABSENT, FIELDS, Bits, CaseIndex, read_index
from itbkg.index.builder import Record, build_index
from itbkg.index.file import IndexFile, parse_index, write_index
from itbkg.index.hierarchy import Hierarchy
from itbkg.index.reading import ask_index, make_index_file
from itbkg.store import Store
from itbkg.store.folder import CURRENT
from itbkg.store.manifest import INDEX, FileDigest, digest_bytes
from itbkg.store.remote import RemoteStore
from tests.serving import served_by_oxigraph

SIZE = 70_000  # more than one block of 65,536 positions
POSITIONS = st.frozensets(st.one_of(st.integers(0, 40), st.integers(SIZE - 40, SIZE - 1)), max_size=30)
ITB = "https://w3id.org/itbkg/ont/"


@given(POSITIONS, POSITIONS)
def test_bits_are_sets(one: frozenset[int], two: frozenset[int]) -> None:
    """An operation on bits gives another set than Python's own, or another size, order, equality or hash."""
    a, b = Bits(one, SIZE), Bits(two, SIZE)
    assert [set(a & b), set(a | b), set(a - b)] == [one & two, one | two, one - two]
    assert (len(a), a.overlap(b), list(a), bool(a)) == (len(one), len(one & two), sorted(one), bool(one))
    assert (a == b) == (one == two)
    assert a != one
    assert hash(a | b) == hash(b | a)
    assert all(position in a for position in one)
    assert not any(outside in a for outside in (-1, SIZE, "0"))


@given(POSITIONS, POSITIONS, POSITIONS)
def test_bits_obey_the_laws(one: frozenset[int], two: frozenset[int], three: frozenset[int]) -> None:
    """The complement reaches beyond the cases or misses one, or a law of sets does not hold."""
    a, b, c = (Bits(positions, SIZE) for positions in (one, two, three))
    assert ~~a == a
    assert ~(a & b) == ~a | ~b
    assert a - b == a & ~b
    assert a & (b | c) == (a & b) | (a & c)
    assert len(a) + len(~a) == SIZE
    assert a | ~a == Bits.full(SIZE)
    assert Bits.union((a, b, c), SIZE) == a | b | c


@given(POSITIONS, POSITIONS)
def test_equal_bits_are_equal_bytes(one: frozenset[int], two: frozenset[int]) -> None:
    """The way in which a set was made gets into its bytes, or a set is another one when it is read back."""
    a, b = Bits(one, SIZE), Bits(two, SIZE)
    detour = ~(~a - b) - (b - a)
    assert detour == a
    assert detour.to_bytes() == a.to_bytes()
    assert Bits.from_bytes(a.to_bytes(), SIZE) == a


def test_bytes_do_not_tell_how_a_set_was_made() -> None:
    """Even and odd positions joined are other bytes than all of them: a block of bits where a run is shorter."""
    joined = Bits(range(0, 9_000, 2), SIZE) | Bits(range(1, 9_000, 2), SIZE)
    assert joined.to_bytes() == Bits(range(9_000), SIZE).to_bytes()


@pytest.mark.parametrize("positions", [[5], [-1], [2**40], range(6)])
def test_positions_outside_are_refused(positions: list[int]) -> None:
    """A set holds a case that there is none of, so that a complement or a count is wrong."""
    with pytest.raises(ValueError, match="position"):
        Bits(positions, 5)


@pytest.mark.parametrize("joined", [Bits.__and__, Bits.__or__, Bits.__sub__, Bits.overlap])
def test_sets_of_two_indexes_do_not_mix(joined: Callable[[Bits, Bits], object]) -> None:
    """Cases of one graph are silently held against those of another."""
    with pytest.raises(ValueError, match="two indexes"):
        joined(Bits.full(5), Bits.full(6))


def test_no_cases_at_all() -> None:
    """Zero cases break an operation."""
    assert ~Bits.none(0) == Bits.full(0)
    assert not Bits.union((), 0)


@dataclass(frozen=True)
class World:
    """A generated hierarchy with cases."""

    hierarchy: Hierarchy
    cases: int
    records: tuple[Record, ...]

    def index(self) -> CaseIndex:
        """Build the index."""
        return build_index(self.hierarchy, self.names(), self.records)

    def names(self) -> tuple[str, ...]:
        """Name the cases."""
        return tuple(f"urn:case:{number:03}" for number in range(self.cases))

    def above(self, term: int) -> set[int]:
        """Walk upward, as one would by hand: until nothing is new."""
        met = {term}
        while new := {other for one in met for other in self.hierarchy.above[one]} - met:
            met |= new
        return met

    def having(self, term: int) -> set[int]:
        """Name the cases that state the term or one below it."""
        return {case for case, present, _ in self.records if any(term in self.above(one) for one in present)}

    def lacking(self, term: int) -> set[int]:
        """Name the cases that state the term or one above it to be absent."""
        return {case for case, _, absent in self.records if self.above(term) & {*absent}}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw two fields of terms with any relations among them, circles too, and records in any order."""
    fields = draw(st.lists(st.sampled_from(["finding", "outcome"]), min_size=1, max_size=12))
    count, cases = len(fields), draw(st.integers(1, 9))

    def among(field: str) -> st.SearchStrategy[tuple[int, ...]]:
        own = [number for number, name in enumerate(fields) if name == field]
        return st.lists(st.sampled_from(own), max_size=3).map(tuple) if own else st.just(())

    above = tuple(draw(among(field)) for field in fields)
    terms = st.lists(st.integers(0, count - 1), max_size=4).map(tuple)
    record = st.tuples(st.integers(0, cases - 1), terms, among("finding"))
    hierarchy = Hierarchy(tuple(f"urn:{n:02}" for n in range(count)), tuple(fields), above, frozenset({"finding"}))
    return World(hierarchy, cases, tuple(draw(st.lists(record, max_size=12))))


@given(worlds())
def test_index_is_the_plain_closure(world: World) -> None:
    """Presence does not reach a class above, absence one below, or one of them a class that it must not."""
    index = world.index()
    for number, (term, name) in enumerate(zip(world.hierarchy.terms, world.hierarchy.fields, strict=True)):
        column = index.column(name)
        assert set(column.present(term)) == world.having(number)
        assert set(column.absent(term)) == world.lacking(number)
        told = world.having(number) | world.lacking(number)
        assert set(column.not_reported(term)) == set(range(world.cases)) - told
        assert (term in column.terms) == bool(told)


@given(worlds(), st.data())
def test_contingency_counts_each_case_once(world: World, data: st.DataObject) -> None:
    """A cell of the contingency is not the number of cases that a look at each one finds."""
    index = world.index()
    rows, columns = (index.columns[data.draw(st.sampled_from(sorted(index.columns)))] for _ in range(2))
    cohort = data.draw(st.sets(st.integers(0, world.cases - 1)))
    terms = [*rows.terms, "urn:unknown"], [*columns.terms, "urn:unknown"]
    found = index.contingency(rows, columns, Bits(cohort, world.cases), *terms)
    expected = np.zeros((len(terms[0]), len(terms[1]), 3, 3), int)
    for row, ours in enumerate(terms[0]):
        for column, theirs in enumerate(terms[1]):
            for case in cohort:
                place = row, column, _state(rows.present(ours), rows.absent(ours), case)
                expected[(*place, _state(columns.present(theirs), columns.absent(theirs), case))] += 1
    assert (found.counts == expected).all()
    assert found.total == len(cohort)


def _state(present: Collection[int], absent: Collection[int], case: int) -> int:
    if case in present:
        return 0
    return 1 if case in absent else 2


@given(worlds())
@settings(max_examples=50)
def test_file_round_trip(world: World) -> None:
    """An index is another one when it is read back, or has other bytes when records come in another order."""
    index = world.index()
    assert parse_index(write_index(index, "query")) == IndexFile(index, "query")
    turned = World(world.hierarchy, world.cases, world.records[::-1]).index()
    assert write_index(turned) == write_index(index)


def test_records_beyond_one_reading() -> None:
    """Records after the first lot are lost, or are given to other cases."""
    size = 150_000
    hierarchy = Hierarchy(("urn:a", "urn:b"), ("finding", "finding"), ((), (0,)), frozenset({"finding"}))
    records = ((n, (1,) if n % 3 == 0 else (), (0,) if n % 3 == 1 else ()) for n in range(size))
    index = build_index(hierarchy, [f"urn:{n:06}" for n in range(size)], records)
    column = index.column("finding")
    assert column.present("urn:a") == Bits(range(0, size, 3), size)
    assert column.absent("urn:b") == Bits(range(1, size, 3), size)
    assert index.nbytes < size


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ((2, (0,), ()), "names case 2; there are 2"),
        ((-1, (0,), ()), "names case -1"),
        ((0, (7,), ()), "names term 7; there are 2"),
        ((0, (), (-1,)), "names term -1"),
        ((1, (), (1,)), "case 1 states <urn:b> to be absent, which nothing of 'outcome' can be"),
    ],
)
def test_records_that_cannot_be(record: Record, said: str) -> None:
    """A wrong number lands in another case or class, or an absence is stated of what has none."""
    hierarchy = Hierarchy(("urn:a", "urn:b"), ("finding", "outcome"), ((), ()), frozenset({"finding"}))
    with pytest.raises(ValueError, match=re.escape(said)):
        build_index(hierarchy, ("urn:1", "urn:2"), [record])


@pytest.mark.parametrize(
    ("fields", "above", "said"),
    [
        (("finding",), ((), ()), "2 terms, 1 fields, 2 lists"),
        (("finding", "finding"), ((), (2,)), "above <urn:b> stands term 2; there are 2"),
        (("finding", "outcome"), ((), (0,)), "of its own field only"),
    ],
)
def test_hierarchies_that_cannot_be(fields: tuple[str, ...], above: tuple[tuple[int, ...], ...], said: str) -> None:
    """A hierarchy that does not fit together gives classes the cases of others."""
    with pytest.raises(ValueError, match=said):
        Hierarchy(("urn:a", "urn:b"), fields, above)


@pytest.mark.parametrize("graph", ["store", "real_store"])
@pytest.mark.parametrize("name", FIELDS)
def test_index_answers_as_sparql(graph: str, name: str, request: pytest.FixtureRequest) -> None:
    """A field of the index has another case, or a class that no case has, than the field's SPARQL gives."""
    store: Store = request.getfixturevalue(graph)
    index = _INDEXES.setdefault(id(store), ask_index(store))
    column = index.column(name)
    present = FIELDS[name].all_cases(store)
    absent = ABSENT.all_cases(store) if name == "finding" else {}
    assert {term: {*index.names(bits)} for term, bits in column.presents.items()} == present
    assert {term: {*index.names(bits)} for term, bits in column.absents.items()} == absent
    assert column.terms == tuple(sorted({*present, *absent}))
    assert column.can_be_absent == (name == "finding")
    assert {*index.names(column.reported)} == {
        case for sets in (present, absent) for of in sets.values() for case in of
    }


_INDEXES: dict[int, CaseIndex] = {}


def test_index_has_every_case(real_store: Store) -> None:
    """A case of which nothing is told in any field is missing, so that N is too small; or the cases are not sorted."""
    index = read_index(real_store)
    asked = [case for (case,) in real_store.select(f"SELECT ?case {{ ?case a <{ITB}Case> }} ORDER BY ?case").texts()]
    assert list(index.cases) == sorted(asked)
    assert len(index.all) == real_store.manifest.cases
    assert index.names(index.bits(asked[:3])) == tuple(asked[:3])


def test_absence_spreads_downward_and_presence_upward(real_store: Store) -> None:
    """Who has no seizure may have a febrile one, or who has a febrile one has none."""
    column = read_index(real_store).column("finding")
    subclasses = f"SELECT ?below ?above {{ ?below {_BELOW} ?above . ?above {_BELOW}? <{ITB}Finding> }}"
    pairs = [(below, above) for below, above in real_store.select(subclasses).texts() if below != above]
    assert any(column.absent(above) for _, above in pairs)
    assert not [pair for pair in pairs if column.absent(pair[1]) - column.absent(pair[0])]
    assert not [pair for pair in pairs if column.present(pair[0]) - column.present(pair[1])]


_BELOW = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


def test_empty_cohort_gives_zeros(store: Store) -> None:
    """A cohort without cases divides by zero or fails."""
    index = read_index(store)
    found = index.contingency(index.column("finding"), index.column("outcome"), Bits.none(len(index.cases)))
    assert found.counts.shape[:2] == (len(found.rows), len(found.columns))
    assert found.total == 0
    assert not found.counts.any()


def test_no_terms_give_no_pairs(store: Store) -> None:
    """A field of which no case tells anything breaks the count."""
    index = read_index(store)
    found = index.contingency(index.column("cause"), index.column("outcome"), row_terms=(), column_terms=())
    assert found.counts.shape == (0, 0, 3, 3)


def test_unknown_column_names_the_nearest(store: Store) -> None:
    """A misspelt field ends in a KeyError."""
    index = read_index(store)
    assert index.column("age-group") is index.column("age_group")
    with pytest.raises(ParameterError, match=r"did you mean.*outcome"):
        index.column("outcom")


def test_remote_graph_gives_the_same_index(built: Built, store: Store, tmp_path: Path) -> None:
    """The query of the index does not run elsewhere, or another engine's answer is read otherwise."""
    with served_by_oxigraph(tmp_path, built.nquads) as address:
        assert read_index(RemoteStore.connect(address)) == read_index(store)


@pytest.fixture
def folder(tmp_path: Path, built: Built) -> Path:
    """Write a build folder."""
    write_folder(built, tmp_path / "graph")
    return tmp_path / "graph"


def test_build_folder_carries_the_index(folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening a folder asks the graph for what stands ready beside it, or the file holds something else."""
    opened = Store.open(folder)
    monkeypatch.setattr(Store, "answer", lambda *_, **__: pytest.fail("asked"))
    kept = read_index(opened), read_index(opened.with_prefixes())
    monkeypatch.undo()
    assert kept == (ask_index(store), ask_index(store))
    assert opened.manifest.files[INDEX] == digest_bytes((folder / CURRENT / INDEX).read_bytes())
    opened.close()


def test_same_graph_same_bytes(built: Built, store: Store) -> None:
    """The order in which the engine answers gets into the file."""
    assert make_index_file(store) == built.index == make_index_file(Store.in_memory(built.nquads, built.manifest))


def test_index_of_an_earlier_version_is_passed_over(
    folder: Path, store: Store, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that was made by another query is taken for one that answers today's fields."""
    opened = Store.open(folder)
    older = write_index(CaseIndex((), {}), "another query")
    monkeypatch.setattr(opened, "kept", lambda name: (folder / name, older))
    assert read_index(opened) == parse_index(built.index).index == ask_index(store)
    opened.close()


@pytest.mark.parametrize("damage", [lambda old: old[:-1], lambda old: old[:-9] + b"x" + old[-8:], lambda _: b""])
def test_damaged_index_is_refused_on_opening(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    """A cut or changed index is opened, and counts what no case says."""
    path = folder / CURRENT / INDEX
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(BuildFolderError, match=r"index\.bin is not what the manifest says; build it again"):
        Store.open(folder)


def test_index_removed_while_open(folder: Path) -> None:
    """An index that vanished under a reader ends in a bare OSError."""
    opened = Store.open(folder)
    (folder / CURRENT / INDEX).unlink()
    with pytest.raises(BuildFolderError, match=r"index\.bin: it cannot be read"):
        read_index(opened)
    opened.close()


def _sealed(body: bytes) -> bytes:
    """Give content a first line that fits it."""
    return b"itbkg-index-1 %s\n%s" % (hashlib.sha256(body).hexdigest().encode(), body)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "begins with b'' and not with 'itbkg-index-1'"),
        (b"itbkg-index-2 0\n", "begins with"),
        (b"itbkg-index-1 0\n{}", "it was cut or changed"),
        (_sealed(b"{}\n"), "another way"),
        (_sealed(b"[]\n"), "another way"),
        (_sealed(b"no json\n"), "Expecting value"),
        (
            _sealed(
                b'{"query":"","cases":[],"columns":[{"name":"a","can_be_absent":false,"present":[["b",9]],"absent":[]}]}\n'
            ),
            "a set is missing",
        ),
    ],
)
def test_what_is_no_index_is_refused(written: bytes, said: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of another kind is read as an index without cases, or ends in an error that names no file."""
    with pytest.raises(ValueError, match=said):
        parse_index(written)
    opened = Store.open(folder)
    monkeypatch.setattr(opened, "kept", lambda name: (folder / name, written))
    with pytest.raises(BuildFolderError, match=rf"index\.bin: .*{said}.*; build it again"):
        read_index(opened)
    opened.close()


def test_folder_of_another_digest_has_no_file(store: Store) -> None:
    """A graph in memory, which has no folder, is asked for a file."""
    assert store.kept(INDEX) is None
    assert isinstance(store.manifest.files[INDEX], FileDigest)
