"""Write a release: fill a folder aside with every format and description, then rename it: it is whole or not there."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from itbkg.exports.corpus import write_corpus
from itbkg.exports.delivery import write_format
from itbkg.exports.format import FolderFormat, Losses
from itbkg.exports.loss import loss_document
from itbkg.exports.ontology import ontology_document
from itbkg.exports.pages import write_words
from itbkg.exports.release import about, citation, croissant, dcat, package, rocrate
from itbkg.exports.release.parts import Part, folder_parts, one_part
from itbkg.exports.selection import Report, Selection, select_all
from itbkg.exports.table import FORMATS, PRODUCTS
from itbkg.exports.tables.parquet import load_pyarrow
from itbkg.store import Store
from itbkg.vocabulary import read_ontology
from itbkg.writing import write_folder_whole

MANIFEST, LOSSES = "manifest.json", "losses.json"

#: What describes a release for others: each file with its media type and writer.
DESCRIPTIONS: Mapping[str, tuple[str, Callable[[Store, Sequence[Part]], str]]] = {
    "CITATION.cff": ("application/yaml", citation.write),
    "croissant.json": ("application/ld+json", croissant.write),
    "datapackage.json": ("application/json", package.write),
    "dcat.ttl": ("text/turtle", dcat.write_dcat),
    "ro-crate-metadata.json": ("application/ld+json", rocrate.write),
    "void.ttl": ("text/turtle", dcat.write_void),
}


def write_release(store: Store, ontology: Path, out: Path, report: Report | None = None) -> Mapping[str, Any]:
    """Write every format of the whole graph, with losses, descriptions and manifest, into a new folder `out`.

    `ontology` is the folder of the ontology's modules. Returns the manifest. The same graph gives the same bytes.
    Raises ExportError where it cannot be written or something is at `out` already; that is then as it was. Raises
    MissingExtraError, before anything is written, where a library that a format needs is not installed.
    """
    load_pyarrow()
    release = _Release(store, ontology, report)
    return write_folder_whole(out, release.fill)


class _Release:
    """A release being written."""

    def __init__(self, store: Store, ontology: Path, report: Report | None) -> None:
        self._selection: Selection = select_all(store)
        self._ontology = ontology
        self._report = report or self._selection.report
        self._losses: dict[str, Losses] = {}

    def fill(self, root: Path) -> Mapping[str, Any]:
        """Write everything below a folder; return the manifest."""
        parts = [*self._graph(root), *self._words(root), *self._pages(root)]
        (root / LOSSES).write_bytes(_json({name: loss_document(losses) for name, losses in self._losses.items()}))
        parts.append(one_part(root, root / LOSSES, "losses", "what each format cannot hold", "application/json"))
        described = []
        for name, (media_type, write) in DESCRIPTIONS.items():
            (root / name).write_text(write(self._selection.store, parts), "utf-8")
            described.append(one_part(root, root / name, "description", name, media_type))
        manifest = _manifest(self._selection.store, [*parts, *described])
        (root / MANIFEST).write_bytes(_json(manifest))
        return manifest

    def _graph(self, root: Path) -> Iterator[Part]:
        (root / "graph").mkdir()
        for done, one in enumerate(FORMATS.values(), 1):
            self._report(f"exporting {one.name}", done, len(FORMATS) + 1)
            is_folder = isinstance(one, FolderFormat)
            path = root / "graph" / f"{about.NAME}{f'-{one.name}' if is_folder else one.ending}"
            self._losses[one.name] = write_format(one, self._selection, path)
            if is_folder:
                yield from folder_parts(root, path, one.name, one.title)
            else:
                yield one_part(root, path, one.name, one.title, one.media_type)

    def _words(self, root: Path) -> Iterator[Part]:
        (root / "ontology").mkdir()
        document = ontology_document(read_ontology(self._ontology))
        for form in PRODUCTS["ontology"]:
            path = root / "ontology" / f"{about.NAME}-ontology{form.endings[0]}"
            path.write_bytes(form.write(document))
            yield one_part(root, path, f"ontology-{form.name}", f"the ontology, {form.title}", form.media_type)

    def _pages(self, root: Path) -> Iterator[Part]:
        pages = root / "pages"
        written = [*write_words(self._ontology, pages), *write_corpus(self._selection.store, pages)]
        for page in sorted(written):
            yield one_part(root, pages / page, "pages", f"page {page.stem}", "text/markdown")


def _manifest(store: Store, parts: Sequence[Part]) -> dict[str, Any]:
    told = store.manifest
    return {
        "format": 1,
        "name": about.NAME,
        "title": about.TITLE,
        "version": about.VERSION,
        "released": about.RELEASED,
        "licence": about.LICENCE_NAME,
        "dataset_sha256": told.digest,
        "versions": dict(told.versions),
        "counts": {
            name: getattr(told, name)
            for name in (
                *("publications", "cases", "guidance_documents", "guidance_statements", "published_sources"),
                *("published_observations", "quads", "triples", "graphs"),
            )
        },
        "files": {
            one.path: {"bytes": one.bytes, "sha256": one.sha256, "format": one.format, "media_type": one.media_type}
            for one in sorted(parts, key=lambda one: one.path)
        },
    }


def _json(document: Any) -> bytes:
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()
