"""Products that other tools open, each in its forms: one module per product, one table that names them all."""

from itbkg.exports.corpus import make_corpus, write_corpus
from itbkg.exports.ontology import ontology_document
from itbkg.exports.pages import make_pages, write_words
from itbkg.exports.table import PRODUCTS, Form, choose_form
from itbkg.exports.writing import write_whole

__all__ = [
    "PRODUCTS",
    "Form",
    "choose_form",
    "make_corpus",
    "make_pages",
    "ontology_document",
    "write_corpus",
    "write_whole",
    "write_words",
]
