"""The API's description, OpenAPI 3.1: what FastAPI makes of the routes, with every error, bound and example."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from itbkg.namespaces import BASE
from itbkg_api.around.sieve import UNSEEN_ECMA, VALUE_CHARACTERS
from itbkg_api.examples import ANSWERS, PARAMETERS, TAKES
from itbkg_api.problems import MEDIA_TYPE

Node = dict[str, Any]

_PROBLEM: Node = {
    "type": "object",
    "description": f"An error (RFC 9457); `type` leads to what it means, below {BASE}problems/",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string", "description": "The parameter that was given wrongly"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {
                    "parameter": {"type": "string"},
                    "in": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
        "nearest": {"type": "array", "items": {"type": "string"}, "description": "Known names most like it"},
        "line": {"type": "integer"},
        "column": {"type": "integer"},
        "limit": {"type": "string", "description": "The limit that a query met"},
    },
}
_ANY = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
#: Errors that every operation may answer with.
_EVERYWHERE = {
    "400": "an address or parameter that cannot be taken",
    "default": "any other error",
}
#: A path is bounded as a whole; so many characters of each part of it are described.
_PATH_PART = 200


def operation_id(route: APIRoute) -> str:
    """Name an operation after its function: `one_case` is oneCase."""
    first, *rest = route.name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def install(app: FastAPI) -> None:
    """Have an application describe itself so; it is written once, when it is first asked for."""
    written = app.openapi

    def described() -> Node:
        return app.openapi_schema or _complete(written())

    app.openapi = described  # type: ignore[method-assign] # FastAPI's documented way to extend it


def _complete(document: Node) -> Node:
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = _PROBLEM
    for operation in _operations(document):
        _tell_errors(operation)
        _tell_forms(operation)
        _tell_parameters(operation)
        for media_type, example in ANSWERS.get(operation["operationId"], {}).items():
            operation["responses"]["200"]["content"][media_type]["example"] = example
    return document


def _operations(document: Node) -> Iterator[Node]:
    return (operation for path in document["paths"].values() for operation in path.values())


def _tell_errors(operation: Node) -> None:
    responses = operation["responses"]
    for status, description in _EVERYWHERE.items():
        responses.setdefault(status, {"description": description})
    if "422" in responses:
        responses["422"]["description"] = responses["422"]["description"].replace(
            "Validation Error", "a wrong kind of value"
        )
    for status, response in responses.items():
        if status == "default" or int(status) >= 400:  # noqa: PLR2004 - errors begin there
            response.update(_ANY)


def _tell_forms(operation: Node) -> None:
    """Say of each form that has no schema that it is text, or an object of its own vocabulary."""
    for media_type, form in operation["responses"].get("200", {}).get("content", {}).items():
        if not form.get("schema"):
            form["schema"] = {"type": "object"} if media_type.endswith("json") else {"type": "string"}


def _tell_parameters(operation: Node) -> None:
    """Leave out Accept, which OpenAPI tells by the media types, and tell the bounds and an example of the others."""
    named = [one for one in operation.get("parameters", ()) if one["name"].lower() != "accept"]
    if "parameters" in operation:
        operation["parameters"] = named
    for one in named:
        own = f"{operation['operationId']}.{one['name']}"
        taken = TAKES.get(own, TAKES.get(one["name"], {}))
        for schema in _texts(one["schema"]) if "SPARQL" not in operation["tags"] else ():
            schema.update(taken or _bounds(one["in"]))
        example = PARAMETERS.get(own, PARAMETERS.get(one["name"]))
        if example is not None:
            one["example"] = example


def _bounds(where: str) -> Node:
    most = _PATH_PART if where == "path" else VALUE_CHARACTERS
    return {"pattern": f"^[^{UNSEEN_ECMA}]*$", "maxLength": most}


def _texts(schema: Node) -> Iterator[Node]:
    """Find the texts in the schema of a parameter."""
    if schema.get("type") == "string" and "enum" not in schema:
        yield schema
    for part in (*schema.get("anyOf", ()), *filter(None, [schema.get("items")])):
        yield from _texts(part)
