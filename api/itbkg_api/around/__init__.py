"""What stands around every route: headers, HEAD, compression, what may not be in an address, and the access log.

The SPARQL endpoint reads and answers byte by byte and sees to its own methods, headers and answers; of all this it gets
the log alone.
"""

from itbkg_api.around.install import install

__all__ = ["install"]
