"""The HTTP doors of itbkg: a REST API and a SPARQL endpoint over one read-only graph."""
