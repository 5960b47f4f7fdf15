"""The command line: it parses, calls the library and prints. Each command imports what it needs when it runs."""

from itbkg.cli.app import main

__all__ = ["main"]
