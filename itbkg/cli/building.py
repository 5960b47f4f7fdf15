"""`itbkg build`."""

from dataclasses import asdict
from pathlib import Path

from itbkg.build import build, check_with_hermit, write_folder
from itbkg.cli.output import note, progress, say, say_json, settings


def run(out: Path | None, *, hermit: bool, as_json: bool) -> None:
    """Build, write where asked, and print the counts."""
    corpus = settings().corpus
    with progress() as bar:
        built = build(corpus, bar)
        if out is not None:
            write_folder(built, out)
    if hermit:
        note(f"HermiT agrees on the types of {check_with_hermit(corpus)} individuals and classes")
    manifest = built.manifest
    if as_json:
        say_json(asdict(manifest))
        return
    say(f"publications  {manifest.publications}")
    say(f"cases         {manifest.cases}")
    say(f"triples       {manifest.triples}, in {manifest.graphs} named graphs")
    say(f"dataset       sha256 {manifest.digest}")
    say(f"written to    {out}" if out else "written       nothing; name a folder with --out to keep it")
