"""The pages as files: written once, they need no server; they lie on any web host, or on a stick."""

from itbkg_api.offline.writing import write_site

__all__ = ["write_site"]
