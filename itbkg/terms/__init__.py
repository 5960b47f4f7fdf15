"""The terms of the ontology as people ask for them: found by any of their names, shown whole, drawn as a tree."""

from itbkg.terms.account import Found, TermAccount, TermRow
from itbkg.terms.glossary import Glossary
from itbkg.terms.hierarchy import Branch
from itbkg.terms.lexicon import Term
from itbkg.terms.tree import Node, Tree
from itbkg.terms.usage import Usage

__all__ = ["Branch", "Found", "Glossary", "Node", "Term", "TermAccount", "TermRow", "Tree", "Usage"]
