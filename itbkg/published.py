"""Published numbers in a graph: what a source counted, of how many, in whom, and in which cohort."""

from dataclasses import dataclass

from itbkg.cases.names import nearest
from itbkg.cases.rows import named_rows, number, whole
from itbkg.errors import NotFoundError
from itbkg.namespaces import PUBLISHED
from itbkg.store import PREFIX_LINES, Store

_OBSERVATIONS = f"""{PREFIX_LINES}
SELECT ?observation ?measure ?source ?title ?year ?doi ?reading ?review ?cohort ?numerator ?denominator ?percent
       ?value ?minimum ?maximum ?unit ?comparator ?population ?period ?detail ?discrepancy ?place WHERE {{
  ?observation a itb:PublishedObservation ; itb:measure ?measure ; itb:reportedIn ?publication ;
               itb:cohort/rdfs:label ?cohort ; itb:statedAt/rdfs:label ?place .
  ?publication rdfs:label ?source ; itb:title ?title ; itb:readAs/rdfs:label ?reading .
  OPTIONAL {{ ?publication itb:year ?year }}
  OPTIONAL {{ ?publication itb:doi ?doi }}
  OPTIONAL {{ ?publication itb:reviewStatus/rdfs:label ?review }}
  OPTIONAL {{ ?observation itb:numerator ?numerator }}
  OPTIONAL {{ ?observation itb:denominator ?denominator }}
  OPTIONAL {{ ?observation itb:percent ?percent }}
  OPTIONAL {{ ?observation itb:valueText ?value }}
  OPTIONAL {{ ?observation itb:minimumValue ?minimum }}
  OPTIONAL {{ ?observation itb:maximumValue ?maximum }}
  OPTIONAL {{ ?observation itb:unit/rdfs:label ?unit }}
  OPTIONAL {{ ?observation itb:comparator ?comparator }}
  OPTIONAL {{ ?observation itb:population ?population }}
  OPTIONAL {{ ?observation itb:period ?period }}
  OPTIONAL {{ ?observation itb:detail ?detail }}
  OPTIONAL {{ ?observation itb:discrepancy ?discrepancy }}
}} ORDER BY ?source ?observation
"""

_CLASSES = f"""{PREFIX_LINES}
SELECT DISTINCT ?observation ?part ?label WHERE {{
  VALUES (?property ?part) {{ (itb:countsClass "counts") (itb:alongClass "along") (itb:amongClass "among") }}
  ?observation a itb:PublishedObservation ; ?property ?thing .
  ?thing rdfs:label ?label .
}} ORDER BY ?observation ?part ?label
"""


@dataclass(frozen=True, slots=True)
class PublishedNumber:
    """One number of a source; what the source does not say is empty or None.

    `value` is as printed; `percent` too, and never computed. `counts` names what was counted, `along` what with it, and
    `among` in which of the people, by the words of the cases. Numbers of one cohort count the same people.
    """

    id: str
    iri: str
    measure: str
    numerator: int | None
    denominator: int | None
    percent: float | None
    value: str
    minimum: float | None
    maximum: float | None
    unit: str
    comparator: str
    counts: tuple[str, ...]
    along: tuple[str, ...]
    among: tuple[str, ...]
    population: str
    period: str
    cohort: str
    source: str
    source_title: str
    source_year: int | None
    source_doi: str
    source_read_as: str
    source_review: str
    detail: str
    discrepancy: str
    place: str


@dataclass(frozen=True, slots=True)
class NumberList:
    """Published numbers by source and name, `total` chosen `of` all there are, of which these are from `offset` on."""

    total: int
    of: int
    offset: int
    numbers: tuple[PublishedNumber, ...]


def list_numbers(store: Store) -> tuple[PublishedNumber, ...]:
    """List all published numbers, by source and name."""
    classes: dict[tuple[str, str], list[str]] = {}
    for row in named_rows(store, _CLASSES):
        classes.setdefault((row["observation"], row["part"]), []).append(row["label"])
    rows = {row["observation"]: row for row in named_rows(store, _OBSERVATIONS)}
    return tuple(_number(row, classes) for row in rows.values())


def choose_numbers(numbers: tuple[PublishedNumber, ...], source: str, words: str) -> tuple[PublishedNumber, ...]:
    """Choose those of a source, and those whose measure has all the words; an empty text chooses all.

    NotFoundError, with ids of like spelling, where no source of numbers has the id.
    """
    sources = sorted({one.source for one in numbers})
    if source and source not in sources:
        raise NotFoundError("source of numbers", source, nearest(source, sources))
    asked = words.casefold().split()
    return tuple(
        one for one in numbers if source in ("", one.source) and all(word in one.measure.casefold() for word in asked)
    )


def tell_number(store: Store, source: str, name: str) -> PublishedNumber:
    """Tell one number; NotFoundError, with ids of like spelling, where there is none."""
    known = {one.id: one for one in list_numbers(store)}
    asked = f"{source}/{name}"
    if asked not in known:
        raise NotFoundError("published number", asked, nearest(asked, known))
    return known[asked]


def _number(row: dict[str, str], classes: dict[tuple[str, str], list[str]]) -> PublishedNumber:
    iri = row["observation"]
    counts, along, among = (tuple(classes.get((iri, part), ())) for part in ("counts", "along", "among"))
    return PublishedNumber(
        id=iri.removeprefix(str(PUBLISHED)),
        iri=iri,
        measure=row["measure"],
        numerator=whole(row["numerator"]),
        denominator=whole(row["denominator"]),
        percent=number(row["percent"]),
        value=row["value"],
        minimum=number(row["minimum"]),
        maximum=number(row["maximum"]),
        unit=row["unit"],
        comparator=row["comparator"],
        counts=counts,
        along=along,
        among=among,
        population=row["population"],
        period=row["period"],
        cohort=row["cohort"],
        source=row["source"],
        source_title=row["title"],
        source_year=whole(row["year"]),
        source_doi=row["doi"],
        source_read_as=row["reading"],
        source_review=row["review"],
        detail=row["detail"],
        discrepancy=row["discrepancy"],
        place=row["place"],
    )
