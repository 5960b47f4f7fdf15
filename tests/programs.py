"""Programs of the machine that tests run: a browser, an office, PDF tools; `scripts/programs` installs them."""

import os
import shutil

import pytest


def program(name: str) -> str:
    """Return the path of a program; without it the test is skipped, or fails where ITBKG_TESTS=complete."""
    path = shutil.which(name)
    if path is None:
        missing = f"{name} is not on this machine; scripts/programs installs it"
        if os.environ.get("ITBKG_TESTS") == "complete":
            pytest.fail(missing)
        pytest.skip(missing)
    return path
