"""The guard: what must not run is refused wherever it hides, and what only looks like it passes."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itbkg.errors import QueryRefusedError, QuerySyntaxError
from itbkg.store import Store
from itbkg.store.guard import DEFAULTS, Form, guard, read_tokens
from itbkg.store.plain import plain_form

CALL = "<http://127.0.0.1:9/>"
CALLS = [
    f"SELECT * {{ SERVICE {CALL} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service{CALL}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ SeRvIcE SILENT {CALL} {{ ?s ?p ?o }} }}",
    "SELECT * { ?s ?p ?o . SERVICE ?s { ?a ?b ?c } }",
    f"SELECT * {{ FILTER EXISTS {{ SERVICE {CALL} {{ ?s ?p ?o }} }} }}",
    f"SELECT * {{ # SERVICE\nSERVICE {CALL} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ # SERVICE\rSERVICE {CALL} {{ ?s ?p ?o }} }}",
    f"ASK {{ BIND('a' AS ?z) SERVICE {CALL} {{ ?s ?p 'b' }} }}",
    f"ASK {{ BIND('''a''' AS ?z) SERVICE {CALL} {{ ?s ?p '''b''' }} }}",
    f"ASK {{ BIND('\\'' AS ?z) SERVICE {CALL} {{ ?s ?p '\\'' }} }}",
]
#: The engine reads characters, not tokens; each of these calls out, or did in some version of a guard.
HIDDEN_CALLS = [
    f"PREFIX : {CALL} SELECT * {{ SERVICE:x {{ ?s ?p ?o }} }}",
    f"PREFIX : {CALL} SELECT * {{ ?z ?p 1.SERVICE:x {{ ?s ?p ?o }} }}",
    f"PREFIX : {CALL} SELECT * {{ SERVICESILENT:x {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?z ?p 1SERVICE{CALL} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?z ?p 1e5SERVICE{CALL} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?z ?p trueSERVICE{CALL} {{ ?s ?p ?o }} }}",
    f"PREFIX ex: {CALL} SELECT * {{ ?z ?p ex:.SERVICE{CALL} {{ ?s ?p ?o }} }}",
    f"PREFIX ex: {CALL} SELECT * {{ VALUES ?z {{ ex:a\\#b }} SERVICE {CALL} {{ ?s ?p ?o }} }}",
    f"PREFIX ex: {CALL} SELECT * {{ VALUES ?z {{ ex:\\' }} SERVICE {CALL} {{ ?s ?p ?o }} VALUES ?y {{ ex:\\' }} }}",
    f"SELECT * {{ BIND({CALL} AS ?x) FILTER(1<2)SERVICE?x#>\n{{ ?s ?p ?o }} }}",
    f"SELECT * {{ FILTER(1<'>')SERVICE {CALL} {{ ?s ?p '' }} }}",
    f"SELECT * {{ FILTER(1<2#>'''\n)SERVICE {CALL} {{ ?s ?p ?o }} #'''\n}}",
    f"SELECT * {{ VALUES ?x {{ '''a' #\\q\n}} SERVICE {CALL} {{ ?s ?p ?o }} #'''\n}}",
    f"SELECT * {{ <http://a'\\u0041> ?p ?o SERVICE {CALL} {{ ?s ?p <http://a'b> }} }}",
]
HARMLESS = [
    "SELECT * { ?s ?p 'SERVICE' }",
    'SELECT * { ?s ?p "a \\" SERVICE <http://x> {" }',
    "SELECT * { ?s ?p '''it's\nSERVICE''' }",
    "SELECT * { ?s ?p '\\u0041' } # SERVICE <http://x> { INSERT",
    "SELECT * { ?s <http://example.org/SERVICE#(1)> ?o }",
    "PREFIX ex: <http://example.org/> SELECT * { ?s ex:SERVICE ?o ; ex:customer-service ?x }",
    "PREFIX : <http://example.org/> SELECT * { ?s :service ?o }",
    "SELECT ?service $SERVICE { ?service ?p $SERVICE }",
    "PREFIX ex: <http://example.org/> SELECT * { ?s ex:it\\'s ?o }",
    "SELECT * { ?s ?p ?o FILTER(?s < ?o && ?o > 2) }",
    "SELECT * { ?s <urn:service:1> ?o }",
    "SELECT (COUNT(*) AS ?insert) { ?s ?p 'DELETE' }",
]
UPDATES = [
    "INSERT DATA { <a:a> <a:b> 1 }",
    "delete where { ?s ?p ?o }",
    "PREFIX a: <http://a/> WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <http://example.org/>",
    "# SELECT\nDROP ALL",
    "CLEAR ALL",
    "CREATE GRAPH <http://g>",
    "COPY DEFAULT TO <http://g>",
    "MOVE DEFAULT TO <http://g>",
    "ADD DEFAULT TO <http://g>",
]
#: Pieces of plain queries, and what makes them others.
PIECES = (
    *("SELECT", "ask", "PREFIX", "WHERE", "service", "INSERT", "with", "a", "ex:", "ex:b", ":c", "1", "2.5", "?x"),
    *("<http://a/>", "<urn:a>", "'x'", '"y"', "''", "#", "\n", " ", "<", "<=", ">", "*", ".", "-", "\\", *"{}()[];,?"),
)
PLAIN = [
    "SELECT ?title ?event { <http://a/case/1> <http://a/ont/title> ?title ; <http://a/has> ?it . ?it a ?event } #12",
    "PREFIX ex: <http://example.org/>\nselect (COUNT(DISTINCT *) AS ?n) WHERE { ?s ex:p 'x' ; a ex:Case } # all",
    'ASK { ?s ?p ?o FILTER(?o >= 2.5 && ?o < 10 || STR(?s) = "it") }',
    "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 10",
]
FRAGMENTS = ("SELECT", "SERVICE", "'''", '"""', "ex:", *"\"'\\<>#\n:.{}(1 ")


@pytest.mark.parametrize("query", CALLS)
def test_service_is_refused(query: str) -> None:
    """A query makes this machine call another."""
    with pytest.raises(QueryRefusedError, match=r"line \d+, column \d+: SERVICE would call"):
        guard(query)


@pytest.mark.parametrize("query", HIDDEN_CALLS)
def test_hidden_service_is_refused(query: str) -> None:
    """A SERVICE that only the engine sees gets through."""
    with pytest.raises(QueryRefusedError, match=r"line \d+, column \d+"):
        guard(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_harmless_words_pass(query: str, store: Store) -> None:
    """A word in a string, comment, IRI, variable or prefixed name is taken for the keyword."""
    assert guard(query).form == "SELECT"
    store.select(query)


@pytest.mark.parametrize("query", UPDATES)
def test_updates_are_refused(query: str) -> None:
    """An update is let through to the engine, or said to be bad SPARQL."""
    with pytest.raises(QueryRefusedError, match="is an update; this graph is read-only"):
        guard(query)


def test_place_of_what_is_refused() -> None:
    """The line and column point somewhere else."""
    with pytest.raises(QueryRefusedError, match="line 3, column 5"):
        guard("SELECT *\n{\n    SERVICE ?x {} }")


@pytest.mark.parametrize(("opening", "closing"), ["{}", "()", "[]"])
def test_depth(opening: str, closing: str) -> None:
    """The limit of nesting is off by one, or a kind of bracket does not count."""
    assert guard(opening * DEFAULTS.query_depth + closing * DEFAULTS.query_depth).form is None
    with pytest.raises(QueryRefusedError, match=f"more than {DEFAULTS.query_depth} deep"):
        guard(opening * (DEFAULTS.query_depth + 1))


def test_depth_counts_nesting_only() -> None:
    """Many groups beside each other, or brackets in a string, are taken for deep nesting."""
    many = 2 * DEFAULTS.query_depth
    assert guard("SELECT * {" + "{}" * many + "}").form == "SELECT"
    assert guard("SELECT * { ?s ?p '" + "{" * many + "' }").form == "SELECT"


def test_nesting_cannot_hide() -> None:
    """Brackets that the engine sees are hidden in what only the guard takes for a string."""
    with pytest.raises(QueryRefusedError):
        guard("SELECT * { FILTER(1<'>')" + "{" * 3000 + "}" * 3000 + "FILTER('' = '') }")


def test_length() -> None:
    """The limit of characters is off by one."""
    most = DEFAULTS.query_characters
    guard("#" * most)
    with pytest.raises(QueryRefusedError, match=f"{most + 1} characters, at most {most}"):
        guard("#" * (most + 1))


@pytest.mark.parametrize("token", ["?x ", "1 ", "ex:a ", "+", "'a'", "<http://a/>", "1-", "1."])
def test_tokens(token: str) -> None:
    """Some token does not count, so that a list or a chain can overflow the engine's stack."""
    guard(token * (DEFAULTS.query_tokens // 2))
    with pytest.raises(QueryRefusedError, match=f"more than {DEFAULTS.query_tokens} tokens"):
        guard(token * (DEFAULTS.query_tokens + 1))


def test_longest_list_does_not_overflow(store: Store) -> None:
    """The longest list that the guard lets through overflows the stack of the engine's parser and ends the process."""
    with pytest.raises(QuerySyntaxError):
        store.select("SELECT * { ?s ?p (" + "1 " * (DEFAULTS.query_tokens - 20) + ") } and what is no SPARQL")


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("PREFIX ask: <http://describe/> # construct\nselect * { ?s ask:construct 'DESCRIBE' }", "SELECT"),
        ("BASE <http://select/> ASK{}", "ASK"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("Describe<http://select/>", "DESCRIBE"),
        ("ASK { { SELECT * {} } }", "ASK"),
        ("", None),
        ("SELECTED", None),
        ("?select", None),
    ],
)
def test_form(query: str, form: Form | None) -> None:
    """A query is taken for one of another form."""
    assert guard(query).form == form


def passes_or_is_refused(text: str) -> None:
    """Hold that a text comes through unchanged or is refused, and nothing else happens."""
    with suppress(QueryRefusedError):
        assert guard(text).text == text


@given(st.text())
def test_any_text(text: str) -> None:
    """Some text is changed, or makes the guard fail."""
    passes_or_is_refused(text)


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_any_fragments(text: str) -> None:
    """Some run of quotes, brackets and backslashes is changed, or makes the guard fail."""
    passes_or_is_refused(text)


@pytest.mark.parametrize("query", PLAIN)
def test_plain_queries_are_known_at_a_glance(query: str, store: Store) -> None:
    """Every query would cost the walk from token to token."""
    assert plain_form(query, DEFAULTS) == read_tokens(query).form
    if query.startswith("SELECT"):
        store.select(query)


@pytest.mark.parametrize("query", [*CALLS, *HIDDEN_CALLS, *UPDATES])
def test_nothing_refused_is_plain(query: str) -> None:
    """The glance would let through what the guard refuses."""
    assert plain_form(query, DEFAULTS) is None


@pytest.mark.parametrize("opening", "{([")
def test_much_is_not_plain(opening: str) -> None:
    """The glance would let through what is too long or nests too deep."""
    limits = replace(DEFAULTS, query_tokens=100, query_depth=5)
    assert plain_form("ASK " + 5 * opening, limits)
    assert plain_form("ASK " + 6 * opening, limits) is None
    assert plain_form("ASK " + "+" * 96, limits)
    assert plain_form("ASK " + "+" * 97, limits) is None


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_the_glance_never_says_more_than_the_guard(text: str) -> None:
    """Some run of tokens would pass at a glance that the guard refuses, or takes for another form."""
    for query in (text, f"SELECT * {text}"):
        form = plain_form(query, DEFAULTS)
        assert form is None or read_tokens(query).form == form


@given(st.text(st.characters(exclude_characters="'\\\n\r", codec="utf-8")))
def test_any_string_passes(text: str) -> None:
    """Some text cannot be asked for, because of the words in it."""
    query = f"SELECT * {{ ?s ?p '{text}' }}"
    assert guard(query).text == query
