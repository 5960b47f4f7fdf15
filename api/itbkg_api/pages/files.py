"""The files of the pages, and how long a browser may keep them.

What stands at an address that is made of its content never changes there, so that it may be kept for good; of anything
else a browser asks each time whether it still holds.
"""

import hashlib
import os
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from itbkg_api.caching import FOR_GOOD
from itbkg_api.pages.islands import BUILT

STATIC = Path(__file__).resolve().parent / "static"
ASKED_FOR = "no-cache"
_DIGITS = 12


class Files(StaticFiles):
    """A folder of files with one rule of how long they are kept; a folder that is not there has no file."""

    def __init__(self, folder: Path, kept: str) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._kept = kept

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with a file."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = self._kept
        return response


@cache
def static_path() -> str:
    """Return where style sheets and pictures stand for good: the path has a digest of them all."""
    digest = hashlib.sha256()
    for path in sorted(one for one in STATIC.iterdir() if one.is_file()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"/static/{digest.hexdigest()[:_DIGITS]}"


def folders() -> tuple[tuple[str, Files], ...]:
    """Return each path with the files below it; the islands are none where the package was built without them."""
    return (
        ("/built/assets", Files(BUILT / "assets", FOR_GOOD)),
        ("/built", Files(BUILT, ASKED_FOR)),
        (static_path(), Files(STATIC, FOR_GOOD)),
        ("/static", Files(STATIC, ASKED_FOR)),
    )
