"""What the alarms of a pump mean, as guidance documents say it, and what each demands and how soon."""

from dataclasses import dataclass

from itbkg.cases.rows import named_rows, number
from itbkg.store import PREFIX_LINES, Store

_MEANINGS = f"""{PREFIX_LINES}
SELECT ?statement ?meaning ?document ?within ?every ?condition ?detail ?discrepancy ?place WHERE {{
  ?statement a itb:AlarmMeaning ; rdfs:label ?meaning ; itb:inDocument/rdfs:label ?document ;
             itb:statedAt/rdfs:label ?place .
  OPTIONAL {{ ?statement itb:actWithinHours ?within }}
  OPTIONAL {{ ?statement itb:interval ?every }}
  OPTIONAL {{ ?statement itb:condition ?condition }}
  OPTIONAL {{ ?statement itb:detail ?detail }}
  OPTIONAL {{ ?statement itb:discrepancy ?discrepancy }}
}} ORDER BY ?document ?meaning ?statement ?within ?every ?condition ?detail ?discrepancy ?place
"""

#: A tone is what stands directly below `alarm`: how it is heard is the first thing that alarms differ in.
_PARTS = f"""{PREFIX_LINES}
SELECT DISTINCT ?statement ?part ?label WHERE {{
  {{
    ?statement a itb:AlarmMeaning ; ?property ?thing .
    VALUES (?property ?part) {{
      (itb:advisesClass "demands") (itb:actor "by") (itb:consequenceClass "otherwise")
    }}
  }} UNION {{
    ?statement a itb:AlarmMeaning ; itb:concernsClass ?thing .
    BIND(IF(EXISTS {{ ?thing rdfs:subClassOf itb:Alarm }}, "alarms", "concerns") AS ?part)
  }} UNION {{
    ?statement a itb:AlarmMeaning ; itb:concernsClass/rdfs:subClassOf? ?thing .
    ?thing rdfs:subClassOf itb:Alarm .
    FILTER NOT EXISTS {{
      ?thing rdfs:subClassOf ?between . ?between rdfs:subClassOf itb:Alarm . FILTER(?between != ?thing)
    }}
    BIND("tones" AS ?part)
  }}
  ?thing rdfs:label ?label .
}} ORDER BY ?statement ?part ?label
"""


@dataclass(frozen=True, slots=True)
class AlarmMeaning:
    """What one document says of an alarm; what it does not say is empty or None.

    `tones` is how the alarm is heard, `concerns` what else it tells of, `every` the time between two soundings,
    `demands` what is to be done, `by` whom, `within_hours` (0 is at once), and `otherwise` what follows.
    """

    iri: str
    meaning: str
    alarms: tuple[str, ...]
    tones: tuple[str, ...]
    every: str
    concerns: tuple[str, ...]
    condition: str
    demands: tuple[str, ...]
    by: tuple[str, ...]
    within_hours: float | None
    otherwise: tuple[str, ...]
    detail: str
    discrepancy: str
    document: str
    place: str


@dataclass(frozen=True, slots=True)
class AlarmList:
    """Alarm meanings in order of document and meaning, `total` in all, of which these are those from `offset` on."""

    total: int
    offset: int
    alarms: tuple[AlarmMeaning, ...]


def list_alarms(store: Store) -> tuple[AlarmMeaning, ...]:
    """List what the documents say of alarms."""
    parts: dict[tuple[str, str], list[str]] = {}
    for row in named_rows(store, _PARTS):
        parts.setdefault((row["statement"], row["part"]), []).append(row["label"])
    rows = {row["statement"]: row for row in named_rows(store, _MEANINGS)}
    return tuple(
        _meaning(row, {part: tuple(labels) for (of, part), labels in parts.items() if of == iri})
        for iri, row in rows.items()
    )


def _meaning(row: dict[str, str], parts: dict[str, tuple[str, ...]]) -> AlarmMeaning:
    return AlarmMeaning(
        iri=row["statement"],
        meaning=row["meaning"],
        alarms=parts.get("alarms", ()),
        tones=parts.get("tones", ()),
        every=row["every"],
        concerns=parts.get("concerns", ()),
        condition=row["condition"],
        demands=parts.get("demands", ()),
        by=parts.get("by", ()),
        within_hours=number(row["within"]),
        otherwise=parts.get("otherwise", ()),
        detail=row["detail"],
        discrepancy=row["discrepancy"],
        document=row["document"],
        place=row["place"],
    )
