"""The HTTP doors of itbkg: a REST API and a SPARQL endpoint over one read-only graph."""

from itbkg_api.app import create_app

__all__ = ["create_app"]
