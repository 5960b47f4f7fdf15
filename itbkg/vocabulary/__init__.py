"""The ontology as the code sees it: words to terms, units, and what is known of each kind of measurement."""

from itbkg.vocabulary.measures import Measure, ThresholdRule
from itbkg.vocabulary.ontology import read_ontology
from itbkg.vocabulary.units import Units
from itbkg.vocabulary.vocabulary import Vocabulary
from itbkg.vocabulary.words import Term, Words

__all__ = ["Measure", "Term", "ThresholdRule", "Units", "Vocabulary", "Words", "read_ontology"]
