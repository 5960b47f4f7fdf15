"""Headers of every answer: what a browser may do with it (https://owasp.org/www-project-secure-headers/)."""

from collections.abc import Iterable, Mapping

#: An answer is data: nothing of it is loaded, run or framed. Pages of ours set a policy of their own.
STANDING: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, ETag, Link, Retry-After",
}
#: The API pages run scripts of their own, a line of which stands in the page.
DOCS_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
DOCS = "/docs"

#: A header as ASGI has it.
Raw = tuple[bytes, bytes]


def raw(headers: Mapping[str, str]) -> tuple[Raw, ...]:
    """Write headers as ASGI has them."""
    return tuple((name.lower().encode(), value.encode()) for name, value in headers.items())


def beside(there: Iterable[Raw], standing: Iterable[Raw]) -> list[Raw]:
    """Return the headers of an answer with those of the standing ones that it does not have."""
    own = [*there]
    names = {name for name, _ in own}
    return own + [header for header in standing if header[0] not in names]
