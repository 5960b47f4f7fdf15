"""A release: every format in one folder, with a manifest and the descriptions by which others find and check it."""

from itbkg.exports.release.make import write_release

__all__ = ["write_release"]
