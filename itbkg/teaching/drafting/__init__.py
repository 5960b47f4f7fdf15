"""A first teaching case out of a record, meant to be edited."""

from itbkg.teaching.drafting.draft import Audience, draft_case
from itbkg.teaching.drafting.thin import missing_in

__all__ = ["Audience", "draft_case", "missing_in"]
