"""What is said of the dataset as a whole, the same in every description of it."""

import itbkg
from itbkg.namespaces import BASE

NAME = "itbkg"
TITLE = "Published cases of intrathecal baclofen therapy going wrong"
DESCRIPTION = (
    "A knowledge graph of published case reports: findings, causes, treatments and outcomes, with the place in the "
    "report for every statement, the ontology of their words, what guidance advises, and numbers that others "
    "published. For research and teaching, not for treatment decisions. Reported cases are a chosen few, and their "
    "numbers are no frequencies in patients."
)
VERSION = itbkg.__version__
#: The day of this version; it changes with the version, so that two releases of one version have the same bytes.
RELEASED = "2026-11-21"
IRI = f"{BASE}dataset"
HOME = BASE
CREATOR = "itbkg contributors"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0"
KEYWORDS = ("intrathecal baclofen", "case reports", "knowledge graph", "ontology", "drug withdrawal", "adverse events")
