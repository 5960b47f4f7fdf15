"""A parameter that there is not is refused: misspelt and passed over, it would choose too much."""

from difflib import get_close_matches

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from itbkg.errors import ParameterError, did_you_mean


def known_parameters(request: Request) -> None:
    """Refuse a request with a parameter that its route does not take; ParameterError names those that are like it."""
    route = request.scope["route"]
    names = _names(route.dependant) if isinstance(route, APIRoute) else []
    for name in request.query_params:
        if name not in names:
            raise _unknown(name, names)


def _names(dependant: Dependant) -> list[str]:
    own = [field.alias for field in dependant.query_params]
    return [*own, *(name for further in dependant.dependencies for name in _names(further))]


def _unknown(name: str, names: list[str]) -> ParameterError:
    there_is = f"; there is {', '.join(names)}" if names else "; there is none"
    error = ParameterError(f"'{name}' is no parameter here{did_you_mean(get_close_matches(name, names)) or there_is}")
    error.parameter = name
    return error
