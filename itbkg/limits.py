"""What a query from outside may use; each limit is a setting with a default, and is told to the client."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from itbkg.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the public SPARQL endpoint; each is set by ITBKG_LIMIT_ and its name in capitals.

    `seconds` a query may run, `wait_seconds` it may wait for a worker; `result_bytes` of an answer; `memory_bytes`
    that a worker may take beyond the graph; `query_characters`, `query_tokens` and `query_depth` of a query's text;
    `request_bytes` of a body; `workers` run at once, and `waiting` queries may stand in line for them; `kept_bytes`
    of answers are kept for those who ask the same again. A client may take `head_seconds` over the head of a request,
    and `read_seconds` over its body, or without reading any of an answer; so many `connections` may be open at once.
    What is no query may be at work for `rest_seconds`.
    """

    seconds: int = 10
    wait_seconds: int = 10
    result_bytes: int = 16_777_216
    memory_bytes: int = 536_870_912
    query_characters: int = 50_000
    query_tokens: int = 2_000
    query_depth: int = 40
    request_bytes: int = 200_000
    workers: int = 4
    waiting: int = 64
    kept_bytes: int = 67_108_864
    head_seconds: int = 10
    read_seconds: int = 20
    connections: int = 2_000
    rest_seconds: int = 60

    def items(self) -> tuple[tuple[str, int], ...]:
        """Return each limit by name, in the order in which they are told."""
        return tuple((field.name, getattr(self, field.name)) for field in fields(self))


def read_limits(environment: Mapping[str, str]) -> Limits:
    """Read the limits that are set; SettingsError, naming the variable, for one that is no positive whole number."""
    names = {field.name: f"ITBKG_LIMIT_{field.name.upper()}" for field in fields(Limits)}
    given = {name: environment[variable] for name, variable in names.items() if variable in environment}
    for name, text in given.items():
        if not (text.isascii() and text.isdecimal() and 0 < int(text) < 10**12):
            raise SettingsError(f"{names[name]}='{text}' is no limit; give a whole number above 0")
    return Limits(**{name: int(text) for name, text in given.items()})
