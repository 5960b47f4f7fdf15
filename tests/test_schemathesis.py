"""The committed description against a server: what it promises is held, and what it forbids is refused.

By hand, with more examples:
`schemathesis --config-file tests/schemathesis.toml run docs/openapi.json --url http://127.0.0.1:8000 -n 200`.
"""

import os
import subprocess
import sys
from pathlib import Path

from itbkg.building import Built, write_folder
from tests.conftest import PROJECT
from tests.serving import served
from tests.test_openapi import COMMITTED, OPERATIONS

#: Two dozen conditions at the edges of what each takes are many slow requests; the suite leaves them to a run by hand.
BRIEFLY = """
[[operations]]
include-operation-id = ["cases", "casesFile", "facets"]
phases.coverage.enabled = false
"""


def test_schemathesis_finds_nothing(built: Built, tmp_path: Path) -> None:
    """An answer would not be as described, a wrong request be taken, a right one refused, or the server fail."""
    write_folder(built, tmp_path / "graph")
    settings = tmp_path / "schemathesis.toml"
    settings.write_text((PROJECT / "tests" / "schemathesis.toml").read_text("utf-8") + BRIEFLY, "utf-8")
    run = [
        sys.executable,
        "-m",
        "schemathesis.cli",
        "--config-file",
        str(settings),
        "run",
        str(COMMITTED),
        "--no-color",
    ]
    drawn = ["--phases", "examples,coverage,fuzzing", "-n", "3", "--seed", "1"]
    with served(tmp_path / "graph") as (host, port):
        done = subprocess.run(
            [*run, *drawn, "--url", f"http://{host}:{port}"],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            timeout=300,
        )
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    assert f"Tested: {len(OPERATIONS)}" in done.stdout
