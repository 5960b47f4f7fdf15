"""What may be told twice: cases, publications and cohorts that look alike, for a curator to look at.

Read from the corpus's records: what is certain (one DOI in two files) keeps a record from being read at all.
"""

from collections.abc import Iterator

from itbkg.building import record_files
from itbkg.checks.results import Check, Finding, Group, Kind
from itbkg.curation import Suspicion, find_overlaps, read_records
from itbkg.settings import Corpus
from itbkg.vocabulary import Vocabulary

_CASES = Check("alike-cases", Group.RECORDS, "no two cases seem to tell of one patient", Kind.REPORT)
_COHORTS = Check("alike-cohorts", Group.RECORDS, "cohorts that seem to overlap are known to", Kind.REPORT)
_PAPERS = Check("alike-publications", Group.RECORDS, "no two publications seem to be one", Kind.REPORT)

#: Each check, with the sort of suspicion that it lists, what is suspected, and how to mend it.
CHECKS: dict[Check, tuple[str, str, str]] = {
    _CASES: ("case", "may tell of one patient", "Say in one of them 'same_patient_as' or 'distinct_from' the other."),
    _COHORTS: ("cohort", "may share patients", "Add the overlap to data/published/overlaps.yaml, if there is one."),
    _PAPERS: ("publication", "may be one publication", "Make one record of them, if they are one."),
}


def find_repeats(corpus: Corpus) -> Iterator[tuple[Check, Finding]]:
    """Yield what each check finds in the records of a corpus; RecordError where they cannot be read."""
    vocabulary = Vocabulary.read(corpus.ontology)
    checks = {sort: check for check, (sort, _, _) in CHECKS.items()}
    for suspicion in find_overlaps(read_records(record_files(corpus), vocabulary), vocabulary):
        yield checks[suspicion.sort], _finding(suspicion, *CHECKS[checks[suspicion.sort]][1:])


def _finding(suspicion: Suspicion, suspected: str, mend: str) -> Finding:
    case = suspicion.one if suspicion.sort == "case" else ""
    message = f"{suspicion.one} and {suspicion.other} {suspected}: {suspicion.because}."
    return Finding(case, suspicion.one, suspicion.other, message, mend)
