"""The product `formats`: a Markdown page of what can be exported, made from the table."""

from collections.abc import Iterator
from pathlib import Path

from itbkg.exports.markdown import plain, table
from itbkg.exports.table import TABLE
from itbkg.writing import make_folder, write_whole

PAGE = Path("exports.md")
#: The first line of the page.
MARK = "<!-- Made from the table of formats by 'itbkg export formats'; edit itbkg/exports, not this page. -->"
_ABOUT = """\
For research and teaching, not for treatment decisions. Ontology and data are under CC BY 4.0 (`LICENSE-DATA`).

```sh
itbkg export                                                   # this list
itbkg export nquads itbkg.nq                                   # the whole graph
itbkg export graphml part.graphml --cases doe-1901/1,doe-1901/2
itbkg export csv tables --where "event = withdrawal and not sex = male"
itbkg export turtle part.ttl --cause "human error" --year 2000..2010    # the options of 'itbkg cases'
itbkg export turtle own.ttl --construct query.rq               # the triples of a CONSTRUCT
itbkg export --all release                                     # everything, with manifest and descriptions
```

* **A part** brings along the publications of its cases, what was inferred of them, and the words that they use with
  label, definition, kinds and mappings: it can be read without the rest.
* **Over HTTP** the same is at `/api/v1/exports/{format}`, with `cases`, `where`, `construct` and the parameters of
  `/api/v1/cases`. A format of several files comes as a zip.
* **Loss.** Every export says what its format cannot hold, with counts: on standard error, in `--json`, in
  `losses.json` of a release, and where the `Link` header with `rel="describedby"` leads.
* **Profiles.** *full*: all that the format has a place for. *simple*: scalars only, as Gephi and igraph want.
* **The same graph gives the same bytes.** A file or folder is written aside and renamed when it is whole.
* **Numbers** stand as the graph holds them: 39 for 39.0. How a record writes a value stands beside it as text.
* **Spreadsheets.** In CSV and TSV a text that a spreadsheet would take for a formula has a `'` before it; what the
  SPARQL endpoint answers is exact.
"""
_RELEASE = """\
`itbkg export --all OUTDIR` makes a new folder:

| file | what it is |
| --- | --- |
| `graph/`, `ontology/`, `pages/` | every format below; the ontology's forms; the words and the corpus as pages |
| `manifest.json` | version, licence, counts, and size and SHA-256 of every file |
| `losses.json` | what each format cannot hold, with counts |
| `ro-crate-metadata.json` | RO-Crate 1.1 |
| `croissant.json` | Croissant 1.0, with the CSV tables as sets of records |
| `datapackage.json` | Frictionless Data Package 1.0, with the columns of the tables |
| `dcat.ttl`, `void.ttl` | DCAT and VoID |
| `CITATION.cff` | how to cite it |
"""


def write_guide(out: Path) -> list[Path]:
    """Write the page below `out`; ExportError where that fails. Returns what it wrote, by path below `out`."""
    make_folder(out)
    write_whole(out / PAGE, make_guide().encode("utf-8"))
    return [PAGE]


def make_guide() -> str:
    """Return the text of the page."""
    return "\n".join([MARK, "", "# Exports", "", _ABOUT, *_formats(), "", "## A release", "", _RELEASE])


def _formats() -> Iterator[str]:
    for product in dict.fromkeys(row.product for row in TABLE):
        yield from (f"## {product.capitalize()}", "")
        rows = [
            (
                f"`{row.name}`",
                plain(row.title),
                row.profile,
                f"`{row.media_type}`",
                " ".join(f"`{one}`" for one in row.endings),
            )
            for row in TABLE
            if row.product == product
        ]
        yield from table(("format", "what it is", "profile", "media type", "ending"), rows)
        yield ""
