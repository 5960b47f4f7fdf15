"""The islands that were built: which scripts a page loads."""

import json
from functools import cache
from pathlib import Path

BUILT = Path(__file__).resolve().parent / "built"
#: The entry of api/web/vite.config.ts that every page loads.
_ENTRY = "src/site.ts"


@cache
def scripts() -> tuple[str, ...]:
    """Name the scripts of every page, below /built; none where the package was built without them."""
    manifest = BUILT / "manifest.json"
    if not manifest.is_file():
        return ()
    return (json.loads(manifest.read_text("utf-8"))[_ENTRY]["file"],)
