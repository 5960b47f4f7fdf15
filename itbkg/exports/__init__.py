"""Products that other tools open: a module or package for each, and one table that names them all with their forms."""

from itbkg.exports.choosing import Choice, choose, select_triples
from itbkg.exports.corpus import make_corpus, write_corpus
from itbkg.exports.delivery import write_format, write_one_file
from itbkg.exports.format import FileFormat, FolderFormat, Loss, Losses
from itbkg.exports.guide import make_guide, write_guide
from itbkg.exports.loss import loss_document, loss_lines
from itbkg.exports.ontology import ontology_document
from itbkg.exports.pages import make_pages, write_words
from itbkg.exports.release import write_release
from itbkg.exports.selection import Selection, select_all, select_cases
from itbkg.exports.table import FORMATS, PRODUCTS, TABLE, Form, choose_form, find_format
from itbkg.writing import write_whole

__all__ = [
    "FORMATS",
    "PRODUCTS",
    "TABLE",
    "Choice",
    "FileFormat",
    "FolderFormat",
    "Form",
    "Loss",
    "Losses",
    "Selection",
    "choose",
    "choose_form",
    "find_format",
    "loss_document",
    "loss_lines",
    "make_corpus",
    "make_guide",
    "make_pages",
    "ontology_document",
    "select_all",
    "select_cases",
    "select_triples",
    "write_corpus",
    "write_format",
    "write_guide",
    "write_one_file",
    "write_release",
    "write_whole",
    "write_words",
]
