"""Types that follow from the ontology: fast by rules, and by HermiT to hold the rules against."""

from itbkg.reasoning.absence import absent_below
from itbkg.reasoning.axioms import Axioms, read_axioms
from itbkg.reasoning.closure import infer

__all__ = ["Axioms", "absent_below", "infer", "read_axioms"]
