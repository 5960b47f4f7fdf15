"""Pages for people: templates filled on the server, readable without scripts and without another host."""

from itbkg_api.pages.rendering import render, static_files

__all__ = ["render", "static_files"]
