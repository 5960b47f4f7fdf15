"""Checks of a built graph: the ontology's profile, the shapes of the cases, and rules of quality over the whole."""

from itbkg.checks.results import Finding, Kind, Result
from itbkg.checks.run import run_checks

__all__ = ["Finding", "Kind", "Result", "run_checks"]
