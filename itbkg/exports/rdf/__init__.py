"""The RDF formats: lines that stream at any size, documents with prefixes, and a case as a tree."""

from itbkg.exports.format import FileFormat
from itbkg.exports.rdf.jsonld import write_context, write_frame, write_json_ld
from itbkg.exports.rdf.plain import write_nquads, write_ntriples, write_rdf_xml, write_trig, write_turtle
from itbkg.exports.rdf.tree import write_tree

FORMATS: tuple[FileFormat, ...] = (
    FileFormat("nquads", "RDF dataset, N-Quads", "application/n-quads", ".nq", "", write_nquads),
    FileFormat("trig", "RDF dataset, TriG", "application/trig", ".trig", "", write_trig),
    FileFormat("turtle", "RDF, Turtle", "text/turtle", ".ttl", "", write_turtle),
    FileFormat("ntriples", "RDF, N-Triples", "application/n-triples", ".nt", "", write_ntriples),
    FileFormat("rdfxml", "RDF, RDF/XML", "application/rdf+xml", ".rdf", "", write_rdf_xml),
    FileFormat("jsonld", "RDF dataset, JSON-LD", "application/ld+json", ".jsonld", "", write_json_ld),
    FileFormat("jsonld-tree", "each case as a tree, JSON-LD", "application/ld+json", ".tree.jsonld", "", write_tree),
    FileFormat("jsonld-context", "the context of JSON-LD", "application/ld+json", ".context.jsonld", "", write_context),
    FileFormat("jsonld-frame", "the frame of a case's tree", "application/ld+json", ".frame.jsonld", "", write_frame),
)
