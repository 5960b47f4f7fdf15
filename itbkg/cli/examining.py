"""`itbkg doctor`."""

import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

import typer

import itbkg
from itbkg.building import build
from itbkg.cli.exits import FAILED
from itbkg.cli.extras import Found, find_extras
from itbkg.cli.layout import table
from itbkg.cli.output import say, say_json, settings
from itbkg.errors import ItbkgError
from itbkg.settings import Settings
from itbkg.store import Store
from itbkg.summary import case_reports, shares_text

_PACKAGES = (
    *("rdflib", "pyoxigraph", "owlready2", "networkx", "numpy", "pyroaring", "pyshacl", "pydantic", "PyYAML"),
    *("typer", "fastapi", "uvicorn", "jinja2"),
)


_HERMIT = "'build --hermit' alone"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was looked at: `state` is ok, missing (something optional) or broken.

    `purpose` says of something optional what it is for.
    """

    what: str
    state: str
    found: str
    mend: str
    purpose: str = ""


def run(*, as_json: bool) -> None:
    """Print what was found; exit code 1 where something that is needed is broken."""
    signs = list(_signs(settings()))
    if as_json:
        say_json([asdict(sign) for sign in signs])
    else:
        rows = [(sign.what, sign.state, sign.found, sign.purpose, sign.mend) for sign in signs]
        say(table(("what", "state", "found", "for", "mend"), rows))
    if any(sign.state == "broken" for sign in signs):
        raise typer.Exit(FAILED)


def _signs(known: Settings) -> Iterator[Sign]:
    yield Sign("itbkg", "ok", itbkg.__version__, "")
    yield Sign("Python", "ok", platform.python_version(), "")
    yield from (_package(name) for name in _PACKAGES)
    yield from _corpus(known)
    yield _cache(known.cache)
    yield from map(_extra, find_extras())
    yield _java()
    yield _islands()


def _package(name: str) -> Sign:
    try:
        return Sign(name, "ok", version(name), "")
    except PackageNotFoundError:
        return Sign(name, "broken", "not installed", "install itbkg anew")


def _corpus(known: Settings) -> Iterator[Sign]:
    """Say whether the corpus builds, and how far its publications with cases can be trusted."""
    try:
        built = build(known.corpus)
    except ItbkgError as error:
        yield Sign("corpus", "broken", str(error).splitlines()[0], "mend it, or install itbkg anew")
        return
    yield Sign("corpus", "ok", f"{built.manifest.cases} cases build, in {known.corpus.root}", "")
    reports = case_reports(Store.in_memory(built.nquads, built.manifest))
    yield Sign("records", "ok", shares_text(reports.review), "")
    yield Sign("citations", "ok", shares_text(reports.citation), "")
    yield Sign("publications", "ok", shares_text(reports.status), "")


def _cache(folder: Path) -> Sign:
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if os.access(nearest, os.W_OK):
        return Sign("cache", "ok", str(folder), "")
    return Sign(
        "cache",
        "missing",
        f"{folder} cannot be written",
        "set ITBKG_CACHE; until then each command builds anew",
    )


def _extra(found: Found) -> Sign:
    """Tell of an extra; that it is missing is no failure."""
    extra, there = found.extra, ", ".join(found.versions)
    if not found.lacking:
        return Sign(f"extra {extra.name}", "ok", there, "", extra.purpose)
    mend = f"if wanted: pip install 'itbkg[{extra.name}]'"
    if there:
        return Sign(f"extra {extra.name}", "missing", there, found.lacking, extra.purpose)
    return Sign(f"extra {extra.name}", "missing", found.lacking, mend, extra.purpose)


def _islands() -> Sign:
    """Say whether the scripts of the pages were built with the package; the pages work without them."""
    found = entry_points(group="itbkg.doors", name="islands")
    names = next(iter(found)).load()() if found else ()
    if names:
        return Sign("islands of the pages", "ok", ", ".join(names), "")
    mend = "the pages work without charts, editor and drawing; install itbkg where Node or PyPI can be had"
    return Sign("islands of the pages", "missing", "not built", mend)


def _java() -> Sign:
    from itbkg.reasoning.hermit import find_java  # noqa: PLC0415

    java = find_java(os.environ)
    if java:
        return Sign("Java for HermiT", "ok", str(java), "", _HERMIT)
    return Sign("Java for HermiT", "missing", "not found", "if wanted: pip install 'itbkg[reasoner]'", _HERMIT)
