"""Pages for people: templates filled on the server, readable without scripts and without another host."""

from itbkg_api.pages.files import folders
from itbkg_api.pages.rendering import SECTIONS, render

__all__ = ["SECTIONS", "folders", "render"]
