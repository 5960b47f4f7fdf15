"""The build: ontology and records in, one dataset out, in memory or as a folder."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import itbkg
from itbkg.building.dataset import Dataset, make_dataset
from itbkg.building.nquads import to_nquads
from itbkg.curation import Records, read_records
from itbkg.errors import Problem, ReasonerError, RecordError
from itbkg.index.reading import make_index_file
from itbkg.namespaces import ITB
from itbkg.settings import Corpus
from itbkg.store import Store, write_store
from itbkg.store.folder import generation
from itbkg.store.manifest import DATASET, FORMAT, INDEX, MANIFEST, Manifest, digest_bytes, digest_inputs
from itbkg.vocabulary import Vocabulary
from itbkg.vocabulary.ontology import module_paths

#: Called with what is being done, the steps done and the steps in all.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """The dataset as bytes, with its manifest and the file of its index, which is empty where none is to be kept."""

    nquads: bytes
    manifest: Manifest
    index: bytes = b""


def build(corpus: Corpus, progress: Progress | None = None) -> Built:
    """Read the corpus and make the dataset.

    Raises OntologyError, or RecordError with the problems of all records.
    """
    report = progress or _silent
    paths = record_files(corpus)
    vocabulary = Vocabulary.read(corpus.ontology)
    records = _read(paths, vocabulary, report)
    report("inferring", len(paths), len(paths))
    dataset = _dataset(vocabulary, records)
    report("writing", len(paths), len(paths))
    nquads = to_nquads(dataset.quads())
    inputs = digest_inputs(corpus.root, [*module_paths(corpus.ontology), *paths])
    return _with_index(nquads, _manifest(dataset, records, nquads, inputs))


def _with_index(nquads: bytes, manifest: Manifest) -> Built:
    """Add the index, which is what the dataset answers, and its digest."""
    index = make_index_file(Store.in_memory(nquads, manifest))
    return Built(nquads, replace(manifest, files={**manifest.files, INDEX: digest_bytes(index)}), index)


def _read(paths: list[Path], vocabulary: Vocabulary, report: Progress) -> Records:
    return read_records(
        paths, vocabulary, lambda path, done, of: report(f"reading {path.stem}", done, of), complete=True
    )


def record_files(corpus: Corpus) -> list[Path]:
    """List the record files; RecordError where no case is among them, so that no empty graph is built."""
    cases = sorted(corpus.cases.glob("*.yaml"))
    if not cases:
        raise RecordError([Problem(str(corpus.cases), 1, "", "no record (*.yaml) is here.", "Name another corpus.")])
    return [*cases, *sorted(corpus.guidance.glob("*.yaml")), *sorted(corpus.published.glob("*.yaml"))]


def build_folder(corpus: Corpus, out: Path, progress: Progress | None = None) -> Manifest:
    """Build into a folder; until the build is whole, and if it fails, the folder keeps the build it had.

    Raises what `build` raises, BuildFolderError and BuildBusyError.
    """
    built = build(corpus, progress)
    write_folder(built, out)
    return built.manifest


def write_folder(built: Built, out: Path) -> None:
    """Write a finished dataset as a build folder."""
    with generation(out) as folder:
        (folder / DATASET).write_bytes(built.nquads)
        if built.index:
            (folder / INDEX).write_bytes(built.index)
        (folder / MANIFEST).write_text(built.manifest.to_json(), "utf-8")
        write_store(folder, built.nquads)


def build_in_memory(corpus: Corpus, progress: Progress | None = None) -> Store:
    """Build without touching the disk; raises what `build` raises."""
    built = build(corpus, progress)
    return Store.in_memory(built.nquads, built.manifest)


def check_with_hermit(corpus: Corpus) -> int:
    """Classify the corpus with HermiT and hold the rule closure against it; return how many things were compared.

    Raises ReasonerError where HermiT cannot run, finds an inconsistency, or gives other types.
    """
    from itbkg.reasoning.agreement import disagreements  # noqa: PLC0415 - owlready2 takes half a second to import

    vocabulary = Vocabulary.read(corpus.ontology)
    records = read_records(record_files(corpus), vocabulary)
    compared, differing = disagreements(vocabulary, _dataset(vocabulary, records))
    if differing:
        raise ReasonerError(f"rules and HermiT disagree on {len(differing)} of {compared}, first on <{differing[0]}>")
    return compared


def _dataset(vocabulary: Vocabulary, records: Records) -> Dataset:
    return make_dataset(vocabulary, records.cases, records.guidance, records.published, records.all_overlaps)


def _manifest(dataset: Dataset, records: Records, nquads: bytes, inputs: dict[str, str]) -> Manifest:
    quads = nquads.count(b"\n")
    return Manifest(
        format=FORMAT,
        versions={"itbkg": itbkg.__version__} | {name: version(name) for name in ("pyoxigraph", "rdflib")},
        publications=len(records.cases),
        cases=sum(len(record.cases) for record in records.cases.values()),
        guidance_documents=len(records.guidance),
        guidance_statements=dataset.count(ITB.inDocument),
        published_sources=len(records.published),
        published_observations=dataset.count(ITB.measure),
        quads=quads,
        triples=len(dataset.triples),
        graphs=len(dataset.graphs),
        inputs=inputs,
        files={DATASET: digest_bytes(nquads)},
    )


def _silent(step: str, done: int, of: int) -> None:
    """Say nothing."""
