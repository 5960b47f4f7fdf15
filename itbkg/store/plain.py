"""Knows a plain query at a glance: one pattern over a text in which nothing could be read in two ways.

Most queries are such, and the guard's walk from token to token costs them as much as parsing. Whatever is not plain is
no fault; the guard reads it.
"""

import re

from itbkg.limits import Limits

#: A word goes on with these: what follows it otherwise is another token.
_END = r"(?![\w.:-])"
_UPDATES = r"INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH"
#: What may stand anywhere: blanks, comments, IRIs in full.
_BETWEEN = r"""\s++|\#[^\n\r]*+|<[a-z][a-z0-9+.-]*+://[^<>"{}|^`\\\x00-\x20]*+>"""
_NAME = r"(?:\w[\w.-]*+)?:[\w.:%-]*+"
_PLAIN = re.compile(
    rf"""(?:{_BETWEEN}|(?:PREFIX|BASE){_END}|{_NAME})*+
    (?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE){_END}
    (?:{_BETWEEN}
    |[?$]\w++
    |(?!(?:{_UPDATES})\b)[^\W\d]\w*+{_END}
    |{_NAME}
    |\d++(?:\.\d++)?{_END}
    |'[^'\\\n\r]*+'(?!')|"[^"\\\n\r]*+"(?!")
    |[{{}}()\[\].;,*=!|&+/^@-]|<=?(?=\s)|>=?
    )*+""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def plain_form(text: str, limits: Limits) -> str | None:
    """Return the form of a query that the guard would let pass, in capitals; None where that is not plain to see.

    A short text has not too many tokens, and one of few brackets does not nest them too deep.
    """
    brackets = text.count("{") + text.count("(") + text.count("[")
    short = len(text) <= min(limits.query_tokens, limits.query_characters) and brackets <= limits.query_depth
    if not short or not text.isascii() or "SERVICE" in text.upper():
        return None
    found = _PLAIN.fullmatch(text)
    return found["form"].upper() if found else None
