"""The SPARQL endpoint: the query operation of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from itbkg_api.sparql.endpoint import SparqlEndpoint
from itbkg_api.sparql.routes import install
from itbkg_api.sparql.short import ShortWay

__all__ = ["ShortWay", "SparqlEndpoint", "install"]
