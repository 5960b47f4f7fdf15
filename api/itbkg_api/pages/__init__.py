"""Pages for people: templates filled on the server, readable without scripts and without another host."""

from itbkg_api.pages.rendering import SECTIONS, built_files, render, static_files

__all__ = ["SECTIONS", "built_files", "render", "static_files"]
