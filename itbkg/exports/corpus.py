"""The product `corpus`: a Markdown page that lists the publications and says what their cases tell and leave untold."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from itbkg.cases import CaseRow, Facets, PublicationAccount, Reference, count_cases, list_publications
from itbkg.exports.markdown import address, plain, table
from itbkg.store import Store
from itbkg.summary import Summary, shares_text, summarize
from itbkg.writing import make_folder, write_whole

PAGE = Path("corpus.md")
#: The first line of the page.
MARK = "<!-- Made from data/cases/*.yaml by 'itbkg export corpus'; edit the records, not this page. -->"
#: What fewer cases tell is left to `itbkg cases --facets`.
LEAST = 5
NOT_REPORTED = "not reported"

_ABOUT = """\
Every case of the graph comes from a publication of this list. Reported cases are a chosen few: their numbers are no
frequencies in patients. A number stands with the number of cases that it is out of, and what a report does not tell is
*not reported*: that is neither present nor absent.

For research and teaching, not for treatment decisions. How to add a report: [CONTRIBUTING.md](../CONTRIBUTING.md).
"""
_FINDINGS = f"""\
A finding counts where the report names it or a kind of it, or a measured value implies it; stated absent is also what
belongs to a wider finding that is stated absent. A case that tells two times may be among both. Listed is what at least
{LEAST} cases tell; `itbkg cases --facets finding` counts all.
"""


def write_corpus(store: Store, out: Path) -> list[Path]:
    """Write the page below `out`; ExportError where that fails. Returns what it wrote, by path below `out`."""
    make_folder(out)
    write_whole(out / PAGE, make_corpus(store).encode("utf-8"))
    return [PAGE]


def make_corpus(store: Store) -> str:
    """Return the text of the page."""
    told, summary = list_publications(store), summarize(store)
    parts = (_numbers(summary, told), _map(store, summary), _list(told))
    lines = [MARK, "", "# The corpus", "", _ABOUT, *(line for part in parts for line in (*part, ""))]
    return "\n".join(lines)


def _numbers(summary: Summary, told: Sequence[PublicationAccount]) -> Iterator[str]:
    reports = summary.case_reports
    years = [one.reference.year for one in told if one.reference.year is not None]
    events = Counter(event for one in told for row in one.cases for event in row.events)
    yield from ("## In numbers", "")
    yield f"* {reports.publications} publications tell {summary.cases} cases of {summary.patients} patients."
    if years:
        unknown = f"the year is not known of {len(told) - len(years)} of {len(told)}"
        yield f"* They appeared from {min(years)} to {max(years)}; {unknown}."
    yield f"* Read: {plain(shares_text(reports.reading))}."
    yield f"* Records: {plain(shares_text(reports.review))}; checked is what a second reading confirmed."
    yield f"* Citations: {plain(shares_text(reports.citation))}."
    yield f"* Since they appeared: {plain(shares_text(reports.status))}."
    yield f"* Events, of which a case may have several: {_ranked(events, summary.cases)}."
    yield f"* Statements: {summary.statements}, with their place in the publication {summary.placed}."


def _ranked(counts: Counter[str], of: int) -> str:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{plain(value)} {count} of {of}" for value, count in ranked)


def _map(store: Store, summary: Summary) -> Iterator[str]:
    yield from ("## What is reported and what is not", "")
    untold = summary.not_reported.items()
    rows = ([plain(what), *map(str, (share.of - share.n, share.n, share.of))] for what, share in untold)
    yield from table(("what a case can tell", "cases that report it", NOT_REPORTED, "of"), rows)
    yield from ("", "### Findings", "", _FINDINGS)
    yield from _findings(count_cases(store, "finding"))
    for field in ("cause", "outcome"):
        counted = count_cases(store, field)
        silent = f"{counted.total - counted.reported} of {counted.total} cases report none"
        yield from ("", f"### {field.capitalize()}s", "")
        yield f"{silent}. Listed is what at least {LEAST} cases have, kinds and kinds of kinds alike;"
        yield f"`itbkg cases --facets {field}` counts all."
        yield ""
        yield from _present(counted)


def _findings(counted: Facets) -> Iterator[str]:
    rows = (
        [plain(one.label), *map(str, (one.present, one.absent, one.not_reported, counted.total))]
        for one in counted.counts
        if one.present + (one.absent or 0) >= LEAST
    )
    yield from table(("finding", "present", "stated absent", NOT_REPORTED, "of"), rows)


def _present(counted: Facets) -> Iterator[str]:
    rows = ([plain(one.label), str(one.present), str(counted.total)] for one in counted.counts if one.present >= LEAST)
    yield from table((counted.field, "cases", "of"), rows)


def _list(told: Sequence[PublicationAccount]) -> Iterator[str]:
    yield from ("## The publications", "")
    yield "A title leads to the publication; `itbkg case` with the id, such as `mohammed-2004/1`, tells a case."
    yield ""
    columns = ("id", "publication", "read", "record", "event", "causes", "outcomes")
    yield from table(columns, map(_cells, told))


def _cells(told: PublicationAccount) -> Iterator[str]:
    about = told.reference
    yield plain(about.id)
    yield _cited(about)
    yield plain(about.read_as)
    yield plain("; ".join(part for part in (about.review, f"citation {about.citation}", about.status) if part))
    yield _each(told.cases, _event)
    yield _each(told.cases, lambda row: [" → ".join(path[:-1]) for path in row.causal_paths])
    yield _each(told.cases, lambda row: row.outcomes)


def _cited(about: Reference) -> str:
    authors = about.authors.split(", ")
    first = f"{authors[0]} et al." if len(authors) > 1 else authors[0]
    where = " ".join(part for part in (about.journal, str(about.year or "")) if part)
    title = plain(about.title)
    link = _link(about)
    said = (plain(first.removesuffix(".")), f"[{title}]({address(link)})" if link else title, plain(where))
    return ". ".join(part for part in said if part)


def _link(about: Reference) -> str:
    if about.doi:
        return f"https://doi.org/{about.doi}"
    return f"https://pubmed.ncbi.nlm.nih.gov/{about.pmid}/" if about.pmid else about.address


def _event(row: CaseRow) -> Iterator[str]:
    yield ", ".join(row.events)
    yield from (f"the same patient as {other}" for other in row.same_patient_as)
    yield from (f"told again in {other}" for other in row.told_again_in)


def _each(rows: Sequence[CaseRow], say: Callable[[CaseRow], Iterable[str]]) -> str:
    """Say something of each case, on a line of its own and behind its id where there are several."""
    said = (plain("; ".join(dict.fromkeys(say(row))) or NOT_REPORTED) for row in rows)
    if len(rows) == 1:
        return next(said)
    return "<br>".join(f"{row.id.rpartition('/')[2]}: {text}" for row, text in zip(rows, said, strict=True))
