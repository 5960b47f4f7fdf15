"""The pages of words and of guidance: counts that agree with the library, and ways on to cases and links."""

import re
from collections import Counter

import pytest
from fastapi.testclient import TestClient

from itbkg.guidance import list_alarms, list_documents, recommendations_for, tell_document
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.terms import Glossary
from itbkg_api.app import create_app
from itbkg_api.site.fields import touches, touches_by_label
from itbkg_api.site.guidance import _situations
from tests.reading_pages import BROWSER, Page, page_of

HTML = {"Accept": BROWSER}


@pytest.fixture(scope="module")
def real_client(real_store: Store, corpus: Corpus) -> TestClient:
    """Talk to an application over the whole corpus, which has numbers and steps of many documents."""
    return TestClient(create_app(real_store, corpus.questions))


def links(page: Page) -> list[str]:
    """List where a page leads."""
    return [str(held["href"]) for tag, held in page.tags if tag == "a"]


def test_the_tree_holds_all_below_a_class_with_all_names(client: TestClient, glossary: Glossary) -> None:
    """A word would be missing from the tree, or a filter not find it by its synonym."""
    page, top = page_of(client, "/words?branch=Cause"), glossary.find_class("Cause")
    below = {glossary.lexicon[iri].name for iri in glossary.hierarchy.below(top.iri)}
    assert below <= {one.removeprefix("/words/") for one in links(page)}
    names = [str(held["data-names"]) for tag, held in page.tags if tag == "li" and held.get("data-names")]
    kink = glossary.identify("CatheterKink")
    assert "; ".join(kink.synonyms) in names


@pytest.mark.parametrize("name", ["Seizure", "Hyperthermia", "CatheterKink", "Death"])
def test_a_word_leads_to_its_cases_and_to_what_goes_with_it(client: TestClient, glossary: Glossary, name: str) -> None:
    """A number would lead to other cases than it counts."""
    term = glossary.identify(name)
    page, usage = page_of(client, f"/words/{name}"), glossary.show(term).usage
    [cases] = [one for one in links(page) if one.startswith("/cases?")]
    listed = client.get(cases.replace("/cases?", "/api/v1/cases?")).json()
    assert {one["id"] for one in listed["cases"]} == {*usage.present}
    [beside] = [one for one in links(page) if one.startswith("/links?")]
    assert client.get(beside, headers=HTML).status_code == 200


def test_a_word_that_no_case_has_leads_to_none(client: TestClient) -> None:
    """A link would lead to an empty list."""
    assert not [one for one in links(page_of(client, "/words/InventedSign")) if one.startswith(("/cases?", "/links?"))]


def test_the_bar_shows_the_numbers_beside_it(client: TestClient, glossary: Glossary) -> None:
    """A picture would say something else than its text."""
    usage = glossary.show(glossary.identify("Seizure")).usage
    bars = {held["class"]: held for tag, held in page_of(client, "/words/Seizure").tags if tag == "rect"}
    assert bars["none"]["width"] == str(usage.of)
    assert bars["present"]["width"] == str(len(usage.present))
    assert int(str(bars["absent"]["width"])) == usage.of - len(usage.present) - (usage.not_reported or 0)


def test_every_touch_counts_what_the_cases_count(client: TestClient, opened: Store) -> None:
    """A number of cases on a page of guidance would not be that of the list of cases."""
    every = [one for some in touches(opened).values() for one in some]
    assert every
    for one in every[::7]:
        counted = client.get("/api/v1/cases", params={one.field: one.label}).json()["total"]
        assert counted == one.n, one


# --- guidance --------------------------------------------------------------------------------------------------------


def test_every_statement_of_a_kind_stands_on_its_page(client: TestClient, opened: Store) -> None:
    """An adverse reaction or a contraindication would be found nowhere."""
    told = [one for row in list_documents(opened) for one in tell_document(opened, row.id).statements]
    kinds = Counter(one.kind for one in told)
    index = page_of(client, "/guidance")
    assert len([one for one in links(index) if "?kind=" in one]) == len(kinds)
    for address in [one for one in links(index) if "?kind=" in one]:
        page = page_of(client, address)
        kind = next(name for name in kinds if page.text.find(f"{kinds[name]} statements in") > 0 and name in page.text)
        assert [tag for tag, _ in page.tags].count("h2") == kinds[kind] + 1


def test_a_number_stands_with_what_it_is_out_of_and_with_whom(real_client: TestClient, real_store: Store) -> None:
    """A percentage would stand without its population, or be computed."""
    kind = "adverse reaction statement"
    told = [one for row in list_documents(real_store) for one in tell_document(real_store, row.id).statements]
    numbered = [one for one in told if one.kind == kind and one.percent is not None]
    assert numbered
    listed = re.sub(r"\s+", " ", page_of(real_client, f"/guidance?kind={kind}").text)
    for one in numbered:
        assert f"{one.percent:g} %" in listed
        assert one.population in listed
        assert f"{one.percent:g} %" in page_of(real_client, f"/guidance/{one.document}").text


def test_steps_come_in_their_order_with_alternatives_together(real_client: TestClient, real_store: Store) -> None:
    """Who reads would take the third step before the first, or miss one."""
    page, numbers = page_of(real_client, "/guidance"), []
    for situation in _situations(real_store):
        told = [one for advice in situation.advice for _, rows in advice.steps for one in rows]
        told += [one for advice in situation.advice for one in advice.more]
        assert {*told} == {*recommendations_for(real_store, situation.label)}
        for advice in situation.advice:
            steps = [step for step, _ in advice.steps]
            assert steps == sorted({*steps})
            assert all(one.step == step for step, rows in advice.steps for one in rows)
            numbers += steps
    assert numbers
    assert [int(str(held["value"])) for tag, held in page.tags if tag == "li" and "value" in held] == numbers


def test_each_alarm_says_what_to_do_and_how_soon(client: TestClient, opened: Store) -> None:
    """An alarm would be told without what it demands."""
    text = re.sub(r"\s+", " ", page_of(client, "/guidance").text)
    for one in list_alarms(opened):
        assert one.meaning.removeprefix("alarm meaning: ").capitalize() in text
        assert all(demand in text for demand in one.demands)
        if one.within_hours is not None:
            assert ("at once" if not one.within_hours else f"within {one.within_hours:g} h") in text


def test_an_act_leads_to_the_cases_that_tell_of_it(client: TestClient, opened: Store) -> None:
    """What was advised could not be laid beside what was done."""
    counts, page = touches_by_label(opened), page_of(client, "/guidance/zoe-1906")
    touched = {
        label
        for one in tell_document(opened, "zoe-1906").statements
        for label in (*one.advises, *one.advises_against, *one.consequences)
        if label in counts
    }
    assert touched
    assert {counts[label].cases for label in touched} <= {*links(page)}


def test_an_unknown_kind_or_document_is_answered_with_the_nearest(client: TestClient) -> None:
    """A reader would not find what is spelt otherwise."""
    for path in ("/guidance?kind=contraindicatoin", "/guidance/zoe-1905"):
        answered = client.get(path, headers=HTML)
        assert answered.status_code == 404
        assert "Did you mean" in answered.text
