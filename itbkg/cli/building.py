"""`itbkg build`."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from itbkg.building import build, check_with_hermit, write_folder
from itbkg.cli.output import note, progress, say, say_json, say_table, settings
from itbkg.store import Store
from itbkg.store.manifest import Manifest
from itbkg.summary import Standing, Summary, shares_text, summarize


def run(out: Path | None, *, hermit: bool, as_json: bool) -> None:
    """Build, write where asked, and print the counts."""
    corpus = settings().corpus
    with progress() as bar:
        built = build(corpus, bar)
        if out is not None:
            write_folder(built, out)
    if hermit:
        note(f"HermiT agrees on the types of {check_with_hermit(corpus)} individuals and classes")
    manifest, summary = built.manifest, summarize(Store.in_memory(built.nquads, built.manifest))
    if as_json:
        say_json(asdict(manifest) | {"summary": asdict(summary)})
        return
    for what, found in (*_counts(manifest, summary), *_trust(summary.case_reports), *_dataset(manifest)):
        say(f"{what:13} {found}")
    say(f"{'written to':13} {out}" if out else f"{'written':13} nothing; name a folder with --out to keep it")
    untold = summary.not_reported.items()
    say("")
    say_table(("not reported", "cases", "of"), [(what, str(share.n), str(share.of)) for what, share in untold])


def _counts(manifest: Manifest, summary: Summary) -> Iterator[tuple[str, str]]:
    yield "publications", str(manifest.publications)
    yield "cases", f"{summary.cases}, of {summary.patients} patients"
    yield "statements", f"{summary.statements}, with a place in the source {summary.placed}"
    yield "causes", str(summary.causes)
    yield "outcomes", str(summary.outcomes)
    yield "guidance", f"{manifest.guidance_statements} statements of {manifest.guidance_documents} documents"
    yield "numbers", f"{manifest.published_observations} of {manifest.published_sources} sources"


def _trust(reports: Standing) -> Iterator[tuple[str, str]]:
    """Say how far the publications with cases can be trusted."""
    yield "review", shares_text(reports.review)
    yield "citation", shares_text(reports.citation)
    yield "read as", shares_text(reports.reading)
    yield "since then", shares_text(reports.status)


def _dataset(manifest: Manifest) -> Iterator[tuple[str, str]]:
    yield "triples", f"{manifest.triples}, in {manifest.graphs} named graphs"
    yield "dataset", f"sha256 {manifest.digest}"
