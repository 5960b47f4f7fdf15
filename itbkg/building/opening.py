"""Open the graph that a door serves: a build folder, or the corpus that comes with the package."""

import hashlib
from pathlib import Path

from itbkg.building import Progress, build_folder, build_in_memory, record_files
from itbkg.errors import BuildBusyError, BuildFolderError
from itbkg.settings import PACKAGE, Corpus, Settings
from itbkg.store import Store
from itbkg.store.manifest import digest_inputs
from itbkg.vocabulary.ontology import module_paths


def open_graph(settings: Settings, folder: Path | None, progress: Progress | None = None) -> Store:
    """Open a build folder, or without one the corpus, built once and kept in the cache.

    Raises BuildFolderError for a folder that cannot be used, and what `build` raises.
    """
    if folder is not None:
        return Store.open(folder)
    kept = settings.cache / corpus_digest(settings.corpus)[:16]
    try:
        return Store.open(kept)
    except BuildFolderError:
        return _build_and_keep(settings.corpus, kept, progress)


def corpus_digest(corpus: Corpus) -> str:
    """Digest every file that a build reads, and the code that reads them."""
    code = sorted(PACKAGE.rglob("*.py"))
    inputs = digest_inputs(corpus.root, [*module_paths(corpus.ontology), *record_files(corpus), *code])
    return hashlib.sha256(repr(sorted(inputs.items())).encode()).hexdigest()


def _build_and_keep(corpus: Corpus, kept: Path, progress: Progress | None) -> Store:
    """Fall back to memory where the cache cannot be written or another process is writing it just now."""
    try:
        build_folder(corpus, kept, progress)
        return Store.open(kept)
    except (OSError, BuildFolderError, BuildBusyError):
        return build_in_memory(corpus, progress)
