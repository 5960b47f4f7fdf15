"""What schemathesis needs to be told: how a SPARQL query is sent as a body."""

from typing import Any

import schemathesis


@schemathesis.serializer("application/sparql-query")
def sparql(_: Any, value: Any) -> bytes:
    """Send a query as it is."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
