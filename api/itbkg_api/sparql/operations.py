"""The endpoint's part of the OpenAPI document."""

from typing import Any

from itbkg_api.sparql.forms import GRAPHS, TABLES
from itbkg_api.sparql.request import DIRECT, FORM

_PROBLEM = {"application/problem+json": {"schema": {"type": "object"}}}
_QUERY = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_DATASET = [
    {
        "name": name,
        "in": "query",
        "description": f"The IRI of a graph of the query's dataset, as in {clause}",
        "schema": {"type": "array", "items": {"type": "string"}},
    }
    for name, clause in (("default-graph-uri", "FROM"), ("named-graph-uri", "FROM NAMED"))
]
_FORMAT = {
    "name": "format",
    "in": "query",
    "description": "For links, which choose no Accept header: the form of the answer by its name. A name that no form "
    "of the answer to such a query has is passed over",
    "schema": {"type": "string", "examples": list(dict.fromkeys((*TABLES.values(), *GRAPHS.values())))},
}
_RESPONSES = {
    "200": {
        "description": "The whole answer, in the form that Accept likes best",
        "content": {media_type: {} for media_type in (*TABLES, *GRAPHS)},
    },
    "304": {"description": "The client has the answer already"},
    "400": {"description": "No SPARQL query, with line and column where one was read", "content": _PROBLEM},
    "403": {"description": "An update, SERVICE, or a query beyond the limits of its text", "content": _PROBLEM},
    "405": {"description": "No such method", "content": _PROBLEM},
    "406": {"description": "No form of the answer is acceptable", "content": _PROBLEM},
    "413": {"description": "The body is too large", "content": _PROBLEM},
    "415": {"description": "The body is of a kind that is not read", "content": _PROBLEM},
    "422": {"description": "The answer would be too large", "content": _PROBLEM},
    "503": {
        "description": "Out of time, of memory or of workers; Retry-After says when to ask again",
        "content": _PROBLEM,
    },
}


def _operation(name: str, summary: str, **more: Any) -> dict[str, Any]:
    return {"tags": ["SPARQL"], "operationId": name, "summary": summary, "responses": _RESPONSES} | more


_BODY = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "properties": {
                    "query": {"type": "string"},
                    "default-graph-uri": {"type": "array", "items": {"type": "string"}},
                    "named-graph-uri": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["query"],
            },
            "example": {"query": _QUERY},
        },
        DIRECT: {"schema": {"type": "string"}, "example": _QUERY},
    },
}

OPERATIONS: dict[str, Any] = {
    "get": _operation(
        "getSparql",
        "Answer a SPARQL query given in the address; describe the service where none is given",
        parameters=[
            {"name": "query", "in": "query", "schema": {"type": "string"}, "example": _QUERY},
            *_DATASET,
            _FORMAT,
        ],
    ),
    "post": _operation(
        "postSparql",
        "Answer a SPARQL query given as a form or as the body itself",
        parameters=_DATASET,
        requestBody=_BODY,
    ),
}
