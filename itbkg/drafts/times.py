"""Times of a Phenopacket as a record writes them; what tells a date is left where it stands."""

from itbkg.drafts.draft import Part
from itbkg.drafts.tree import Node
from itbkg.exports.health.times import FROM, read_age_code, read_duration, read_interval_code, read_time_code


def age(node: Node) -> str:
    """Read a TimeElement as an age: `24 a`, `16..18 a`, `<18 a`, `>89 a`; empty where it is none of one unit."""
    one = read_duration(str(node.key("age").key("iso8601duration").value))
    if one:
        node.take()
        return one.text
    ends = [read_duration(str(node.key("ageRange").key(end).key("iso8601duration").value)) for end in ("start", "end")]
    start, end = ends
    if start and end and (start.unit == end.unit or not start.minimum):
        node.take()
        low, high = start.text.split()[0], end.text.split()[0]
        return f"{low}..{high} {end.unit}" if start.minimum else f"<{end.text}"
    code = read_age_code(str(node.key("ontologyClass").key("id").value))
    if code:
        node.take()
    return code or ""


def moment(node: Node) -> tuple[Part, str]:
    """Read a TimeElement as the keys of a line, and the clock that it counts from; nothing where it is none of ours."""
    element = node.key("ontologyClass")
    found = read_time_code(str(element.key("id").value))
    if found is None:
        return {}, ""
    node.take()
    return found, str(element.key("label").value or "").partition(FROM)[2]


def interval(node: Node) -> str:
    """Read the time between doses; empty where it is none of ours."""
    found = read_interval_code(str(node.key("id").value))
    if found:
        node.take()
    return found or ""
