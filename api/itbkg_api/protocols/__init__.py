"""HTTP as it is spoken here: patient within limits, and with a short way for what is asked most."""

from itbkg_api.protocols.short import ShortProtocol

__all__ = ["ShortProtocol"]
