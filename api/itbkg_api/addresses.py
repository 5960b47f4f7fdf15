"""Where everything stands: under /api/v1, and a short address that leads there.

What stands under /api/v1 keeps its meaning; what would change it goes under /api/v2. A short address leads to the
newest.
"""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.types import Scope

API = "/api/v1"
#: Below it and the name of a release everything stands that stands at the root.
RELEASE = "/release/"
#: What has a short address.
SHORT = (
    *("alarms", "cases", "comparison", "exports", "facets", "guidance", "links", "network", "ontology", "publications"),
    *("published", "questions", "service-info", "teaching", "terms", "times", "version"),
)

router = APIRouter()


def path_within(scope: Scope) -> str:
    """Return the path of a request within the application, wherever that is mounted."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def lead(request: Request) -> Response:
    """Lead from a short address to the long one, with all that was asked."""
    asked = f"?{request.url.query}" if request.url.query else ""
    return see(request, f"{API}{path_within(request.scope)}", asked, HTTPStatus.TEMPORARY_REDIRECT)


def see(request: Request, path: str, asked: str = "", status: HTTPStatus = HTTPStatus.SEE_OTHER) -> Response:
    """Lead to an address of ours, wherever the application is mounted."""
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}{quote(path, safe='/:')}{asked}", status)


for name in SHORT:
    router.add_api_route(f"/{name}{{rest:path}}", lead, include_in_schema=False)
