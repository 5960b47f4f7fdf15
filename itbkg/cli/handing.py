"""Writes what `itbkg export` is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from itbkg.building.opening import open_graph
from itbkg.cases import Wanted
from itbkg.cli.output import SAFETY, note, progress, say_json, say_table, settings
from itbkg.errors import ParameterError
from itbkg.exports import (
    TABLE,
    Choice,
    choose,
    choose_form,
    find_format,
    loss_document,
    loss_lines,
    ontology_document,
    write_corpus,
    write_format,
    write_guide,
    write_release,
    write_whole,
    write_words,
)
from itbkg.vocabulary import read_ontology


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be exported; `construct` is a file with a query."""

    ids: list[str]
    wanted: Wanted
    where: str
    construct: Path | None

    def choice(self) -> Choice:
        """Read the file, if there is one; ParameterError where it cannot be read."""
        try:
            query = "" if self.construct is None else self.construct.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            wrong = ParameterError(f"{self.construct} cannot be read: {error}")
            wrong.parameter = "construct"
            raise wrong from error
        return Choice(self.ids, self.wanted, self.where, query)

    @property
    def is_all(self) -> bool:
        """Say whether nothing is chosen."""
        return self == Asked([], Wanted(), "", None)


def run(
    name: str | None, out: Path | None, everything: Path | None, asked: Asked, form: str | None, graph: Path | None,
    *, as_json: bool,
) -> None:  # fmt: skip
    """List the formats, write a release, or write one format or product."""
    if everything is not None:
        _refuse(name is not None or not asked.is_all or form is not None, "--all writes everything; give it alone")
        _release(everything, graph, as_json=as_json)
    elif name is None:
        _list(as_json=as_json)
    else:
        if out is None:
            raise ParameterError(f"'{name}' is written to a file or folder; name it behind the format")
        _refuse(name in _PRODUCTS and not asked.is_all, f"'{name}' is written whole; no cases can be chosen for it")
        _refuse(
            name != "ontology" and form is not None, "--format is for the ontology alone; the name tells the format"
        )
        told = _PRODUCTS[name](out, form, graph) if name in _PRODUCTS else _format(name, out, asked, graph)
        if as_json:
            say_json(told)


def _list(*, as_json: bool) -> None:
    if as_json:
        say_json([asdict(row) for row in TABLE])
        return
    rows = [(row.product, row.name, row.title, row.profile, " ".join(row.endings), row.media_type) for row in TABLE]
    say_table(("product", "format", "what it is", "profile", "ending", "media type"), rows)
    note(SAFETY)


def _release(out: Path, graph: Path | None, *, as_json: bool) -> None:
    with progress() as bar:
        store = open_graph(settings(), graph, bar)
        manifest = write_release(store, settings().corpus.ontology, out, bar)
    note(f"wrote {out}: {len(manifest['files'])} files; what each format cannot hold stands in losses.json")
    note(SAFETY)
    if as_json:
        say_json({"folder": str(out), **manifest})


def _format(name: str, out: Path, asked: Asked, graph: Path | None) -> dict[str, Any]:
    chosen = find_format(name)
    with progress() as bar:
        selection = choose(open_graph(settings(), graph, bar), asked.choice()).watched(bar)
        losses = write_format(chosen, selection, out)
    what = (
        f"{len(selection.triples)} triples"
        if selection.triples
        else f"{len(selection.cases)} case{'' if len(selection.cases) == 1 else 's'}"
    )
    note(f"wrote {out}: {chosen.name}, {what}")
    for line in loss_lines(losses):
        note(line)
    note(SAFETY)
    return {
        "file": str(out),
        "format": chosen.name,
        "media_type": chosen.media_type,
        "cases": len(selection.cases),
        "whole": selection.whole,
        "losses": loss_document(losses),
    }


def _ontology(out: Path, form: str | None, graph: Path | None) -> dict[str, Any]:
    _refuse(graph is not None, "the ontology is written from its own files; --graph does nothing for it")
    chosen = choose_form("ontology", out, form)
    document = ontology_document(read_ontology(settings().corpus.ontology))
    content = chosen.write(document)
    write_whole(out, content)
    note(f"wrote {out}: {chosen.name}, {len(content)} bytes, {len(document)} triples")
    return {"file": str(out), "format": chosen.name, "bytes": len(content), "triples": len(document)}


def _words(out: Path, form: str | None, graph: Path | None) -> dict[str, Any]:
    _refuse(graph is not None, "the words are written from the ontology's own files; --graph does nothing for them")
    del form
    pages = write_words(settings().corpus.ontology, out)
    note(f"wrote {len(pages)} pages below {out}")
    return {"folder": str(out), "pages": [str(page) for page in pages]}


def _formats(out: Path, form: str | None, graph: Path | None) -> dict[str, Any]:
    _refuse(graph is not None, "the page of formats is not made from a graph; --graph does nothing for it")
    del form
    pages = write_guide(out)
    note(f"wrote {out / pages[0]}")
    return {"folder": str(out), "pages": [str(page) for page in pages]}


def _corpus(out: Path, form: str | None, graph: Path | None) -> dict[str, Any]:
    del form
    with progress() as bar:
        pages = write_corpus(open_graph(settings(), graph, bar), out)
    note(f"wrote {out / pages[0]}")
    return {"folder": str(out), "pages": [str(page) for page in pages]}


#: The products that are written whole, each by its writer.
_PRODUCTS: Mapping[str, Callable[[Path, str | None, Path | None], dict[str, Any]]] = {
    "ontology": _ontology,
    "words": _words,
    "formats": _formats,
    "corpus": _corpus,
}


def _refuse(wrong: bool, said: str) -> None:
    if wrong:
        raise ParameterError(said)
