"""The page of a case: what stands beside its story, and what can be taken along."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from itbkg.cases import Reference, list_cases, tell_case
from itbkg.cases.citing import to_bibtex, to_csl, to_ris
from itbkg.exports import FORMATS
from itbkg.guidance import beside_guidance
from itbkg.network.similar import similar_cases
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from itbkg_api.site.advice import by_act
from itbkg_api.site.course import implied_findings, moments

HTML = {"Accept": "text/html"}
CASE = "doe-1901/1"


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application without a socket."""
    with TestClient(create_app(store, corpus.questions)) as talking:
        yield talking


@pytest.fixture(scope="module")
def page(client: TestClient) -> str:
    """Read the page of a case, its letters as they are shown."""
    return unescape(client.get(f"/cases/{CASE}", headers=HTML).text)


@pytest.fixture(scope="module")
def reference(store: Store) -> Reference:
    """Take a publication."""
    return tell_case(store, CASE).reference


def test_the_timeline_stands_beside_its_table(client: TestClient, page: str) -> None:
    """A reader without scripts would miss what the chart tells, or the chart ask for what is not there."""
    spec = re.search(r'data-spec="([^"]+timeline[^"]+)"', page)
    assert spec
    drawn = client.get(spec[1], params={"width": 390}).json()
    told = {row["row"] for row in drawn["datasets"]["table"]}
    assert {"fever", "missed refill"} <= told
    assert page.index("data-spec") < page.index("Course of the case, line by line")


def test_similar_cases_say_what_they_share_and_what_differs(store: Store, page: str) -> None:
    """A likeness without its reasons would have to be believed, or silence would look like a difference."""
    alike = similar_cases(store, CASE, limit=5)
    for one in alike.cases:
        assert f"/cases/{one.id}" in page
        assert all(f"{shared.label} <span" in page for shared in one.shared[:6])
    assert any(one.contradicted for one in alike.cases)
    assert "stated absent there or the other way" in page
    assert "the other report may only not say it" in page


def test_a_case_can_be_taken_in_every_format(client: TestClient, page: str) -> None:
    """A format would be missing, or its link lead to the whole graph."""
    named = set(re.findall(rf"/api/v1/exports/([\w-]+)\?cases={CASE.replace('/', '%2F')}", page))
    assert named == FORMATS.keys() - {"jsonld-context", "jsonld-frame"}
    taken = client.get("/api/v1/exports/turtle", params={"cases": CASE}).text
    assert "doe-1901/1" in taken
    assert "poe-1903/2" not in taken


def test_what_is_not_reported_stands_apart_from_what_was_done(store: Store, page: str) -> None:
    """Silence of the report would be read as an omission of the doctors."""
    beside = beside_guidance(store, CASE)
    acts = {(one.act, one.sense): one.state for one in beside}
    silent = [*acts.values()].count("not reported")
    assert 0 < silent < len(acts) <= len(beside)
    assert f"{silent} of {len(acts)} advised acts are not reported: they may have been done or not" in page
    assert all(f"/guidance/{one.document}" in page for one in beside)


def test_a_case_leads_to_its_teaching_case(store: Store, corpus: Corpus, tmp_path: Path) -> None:
    """An educator would not learn that there is one, or be led to one that there is not."""
    (tmp_path / "ontology").symlink_to(corpus.ontology, target_is_directory=True)
    (tmp_path / "data" / "teaching").mkdir(parents=True)
    (tmp_path / "data" / "teaching" / "doe-1901-1.yaml").touch()
    with TestClient(create_app(store, tmp_path / "ontology" / "questions")) as client:
        assert 'href="/teach/doe-1901-1"' in client.get("/cases/doe-1901/1", headers=HTML).text
        assert "/teach/poe" not in client.get("/cases/poe-1903/1", headers=HTML).text


def test_the_page_of_every_case_is_there(store: Store, client: TestClient) -> None:
    """A case that tells little would break its page."""
    for row in list_cases(store):
        assert client.get(f"/cases/{row.id}", headers=HTML).status_code == 200, row.id


def test_a_page_that_is_held_keeps_its_policy(client: TestClient) -> None:
    """A browser takes the headers of a 304 for the page it holds: styles and scripts would be refused."""
    first = client.get(f"/cases/{CASE}", headers=HTML)
    again = client.get(f"/cases/{CASE}", headers=HTML | {"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    assert "script-src 'self'" in again.headers["content-security-policy"]


def test_a_citation_can_be_copied_for_other_tools(page: str, reference: Reference) -> None:
    """Who writes a paper would type it anew."""
    assert to_bibtex(reference).splitlines()[0] in page
    assert json.loads(to_csl(reference))[0]["title"] == reference.title
    assert f"TI  - {reference.title}" in to_ris(reference).splitlines()


def test_names_are_parted_and_signs_escaped(reference: Reference) -> None:
    """A family name of two words would be cut, or an & break a LaTeX document."""
    odd = replace(reference, authors="Al Araj A, Doe JB, Study Group", title="Pumps & 5 % {risk}", pages="12-15")
    bibtex = to_bibtex(odd)
    assert "author = {Al Araj, A and Doe, JB and Study Group}" in bibtex
    assert r"title = {{Pumps \& 5 \% \{risk\}}}" in bibtex
    assert "pages = {12--15}" in bibtex
    assert to_ris(odd).splitlines()[1:4] == ["AU  - Al Araj, A", "AU  - Doe, JB", "AU  - Study Group"]
    assert json.loads(to_csl(odd))[0]["author"][2] == {"literal": "Study Group"}
    assert "SP  - 12\nEP  - 15" in to_ris(odd)


def test_what_is_not_known_is_left_out(reference: Reference) -> None:
    """An empty field would look like a value."""
    bare = replace(reference, authors="", year=None, volume="", issue="", pages="", doi="", pmid="", address="")
    assert not re.search(r"= \{\}", to_bibtex(bare))
    assert not re.search(r"^\w\w  - $", to_ris(bare).removesuffix("ER  - "), re.MULTILINE)
    assert not {"author", "issued", "DOI"} & json.loads(to_csl(bare))[0].keys()


def test_a_line_of_the_course_says_its_kind_once_and_its_time_once(store: Store) -> None:
    """A long course could not be read for repetition, or a statement be lost where lines are gathered."""
    told = tell_case(store, CASE)
    gathered = moments(told.course, "admission")
    lines = [line for moment in gathered for line in moment.lines]
    assert len(lines) > len(gathered) > 1
    assert all(one.when != other.when for one, other in pairwise(gathered))
    assert not [line for line in lines if line.text.startswith((f"{line.kind}: ", "no "))]
    shown = {label for entry in told.course for label in entry.shows}
    assert {entry.label for entry in told.course} - shown <= {
        entry.label for entry in told.course if any(entry.label.removeprefix("no ") in line.text for line in lines)
    }
    assert "0 h, admission" in {moment.when for moment in gathered}
    assert not [moment.when for moment in gathered if "-" in moment.when]


def test_what_is_implied_stands_once_with_all_its_times(store: Store) -> None:
    """A fever that was measured twice would look like two fevers."""
    entry = tell_case(store, CASE).implied[0]
    later = replace(entry, earliest_hours=48.0, latest_hours=48.0, hospital_day=None)
    (one,) = implied_findings([replace(entry, earliest_hours=0.0, latest_hours=0.0, hospital_day=None), later])
    assert (one.label, one.by, one.times) == (entry.label, entry.implied_by, ("0 h", "48 h"))


def test_an_act_stands_once_with_all_who_advise_it(store: Store) -> None:
    """The same advice would be read as often as documents give it, or advice for and against be one."""
    rows = beside_guidance(store, CASE)
    first = rows[0]
    other = replace(first, document="other")
    against = replace(first, sense="advised against" if first.sense != "advised against" else "advised")
    told = by_act([first, other, first, against])
    assert [len(one.sources) for one in told] == [2, 1]
    assert [one.against for one in told] == [first.sense == "advised against", against.sense == "advised against"]
