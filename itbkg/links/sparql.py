"""The SPARQL that gives the same counts: it runs as it stands in any engine over the graph.

Each row of its answer is a pair of a row and a column with a state of each, and the number of cases: the nine numbers
of a pair from which its cells follow. A row or column is told by the IRI of its class, or by its key. States without a
case have no row.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from itbkg.cases.counted import COUNTED
from itbkg.links.asking import asks_denied, asks_telling
from itbkg.links.categories import Line
from itbkg.links.data import CaseData
from itbkg.links.parsing import parse_where
from itbkg.links.senses import Terms
from itbkg.links.table import Asked, ask
from itbkg.links.variables import VARIABLES
from itbkg.links.years import Years, asks_other_years, asks_years
from itbkg.store import PREFIX_LINES, Store


def link_query(
    graph: Store | CaseData,
    rows: str | Iterable[str] = "cause",
    columns: str | Iterable[str] = "outcome",
    where: str = "",
) -> str:
    """Write the query for a table; raises what `links` raises."""
    return write_query(ask(graph, rows, columns, where))


def told_by(line: Line) -> str:
    """Return by what the answer tells a line: the IRI of its class where it is one class, else its key."""
    return line.sense.terms[0] if _is_class(line) and isinstance(line.sense, Terms) else line.category.key


def write_query(asked: Asked) -> str:
    """Write the query for what was asked and resolved."""
    wanted = asked.filters.asks(parse_where(asked.chosen.cohort.where))
    return f"""{PREFIX_LINES}
SELECT ?row ?rowState ?column ?columnState (COUNT(?case) AS ?cases) WHERE {{
  {{ SELECT ?case WHERE {{
    {COUNTED}
    FILTER ({wanted})
  }} }}
  {{ SELECT ?case (?line AS ?row) (?state AS ?rowState) WHERE {{
{_lines(asked.data, asked.rows)}
  }} }}
  {{ SELECT ?case (?line AS ?column) (?state AS ?columnState) WHERE {{
{_lines(asked.data, asked.columns)}
  }} }}
}} GROUP BY ?row ?rowState ?column ?columnState ORDER BY ?row ?column ?rowState ?columnState
"""


def _lines(data: CaseData, lines: Sequence[Line]) -> str:
    """Write the state of each case for each line; years share a pattern, and lines of a field that are absent alike."""
    families: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    years, single = [], []
    for line in lines:
        if _is_class(line):
            families[line.category.variable, _asks_absent(data, line)].append(line)
        elif isinstance(line.sense, Years):
            years.append((line, line.sense))
        else:
            single.append(line)
    blocks = [_family(lines, absent) for (_, absent), lines in families.items()]
    blocks += [_years(years)] if years else []
    blocks += [_single(data, line) for line in single]
    return "\n    UNION\n".join(blocks) if blocks else "    FILTER (false)"


def _asks_absent(data: CaseData, line: Line) -> str:
    """Ask whether ?case says that it has not the class of ?line, for a line of one class."""
    field = VARIABLES[line.category.variable]
    denied = field.absence or field.kind == "value"
    return asks_denied(field, "?line") if denied else asks_telling(data, field, told_by(line))


def _family(lines: Sequence[Line], absent: str) -> str:
    field = VARIABLES[lines[0].category.variable]
    present = f"EXISTS {{ {field.pattern.replace('?term', '?line')} }}"
    terms = " ".join(f"<{told_by(line)}>" for line in lines)
    return f"    {{ ?case a itb:Case . VALUES ?line {{ {terms} }} {_state(present, absent)} }}"


def _years(lines: Sequence[tuple[Line, Years]]) -> str:
    spans = " ".join(f"({_text(told_by(line))} {years.first} {years.last})" for line, years in lines)
    state = _state(asks_years("?first", "?last"), asks_other_years("?first", "?last"))
    return f"    {{ ?case a itb:Case . VALUES (?line ?first ?last) {{ {spans} }} {state} }}"


def _single(data: CaseData, line: Line) -> str:
    told = told_by(line)
    state = _state(line.sense.asks_present(), line.sense.asks_absent(data))
    return f"    {{ ?case a itb:Case . BIND({_text(told)} AS ?line) {state} }}"


def _state(present: str, absent: str) -> str:
    return f'BIND(IF({present}, "present", IF({absent}, "absent", "not reported")) AS ?state)'


def _is_class(line: Line) -> bool:
    sense = line.sense
    return isinstance(sense, Terms) and len(sense.terms) == 1 and line.category.variable in VARIABLES


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
