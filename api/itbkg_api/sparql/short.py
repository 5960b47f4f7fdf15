"""The short way: a plain GET of a query is answered without a task, an application and what stands around it.

It takes what nearly all requests are, and nothing that needs words: whatever else there is to a request, or is wrong
with it, goes the long way through the endpoint, which says the same to a request that both can answer.
"""

import re
from binascii import a2b_qp
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache, partial
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from itbkg.errors import ItbkgError
from itbkg.store.guard import Form, guard
from itbkg_api.kept import Kept
from itbkg_api.problems import respond
from itbkg_api.sparql.endpoint import SparqlEndpoint
from itbkg_api.standing import Raw
from itbkg_api.workers import Asked, Errand, Outcome, Pool, WorkerError

#: How such a request begins.
TARGET = b"/sparql?"
#: A query string that is a query and nothing else.
_QUERY = re.compile(rb"query=([!-%'-~]*)")
#: Headers that change how a GET is read or answered.
_NOT_PLAIN = frozenset({b"if-none-match", b"content-length", b"transfer-encoding", b"expect", b"upgrade"})
#: What accepts more is read anew each time.
_ACCEPT_BYTES = 1_000
#: The request, as far as an error of a worker is told by it: in nothing.
_REQUEST = Request({"type": "http", "method": "GET", "path": "/sparql", "headers": []})

#: An answer as it is sent: the head, without the date and the empty line, and the body.
Said = tuple[bytes, bytes]


class ShortWay:
    """Answers from what is kept, or by the workers."""

    def __init__(self, endpoint: SparqlEndpoint, pool: Pool) -> None:
        self._endpoint = endpoint
        self._pool = pool
        self._repeated: Kept[Said] = Kept(pool.limits.kept_bytes // 2)
        self._begun = lru_cache(maxsize=1024)(self._begin)

    def answer(self, asked: bytes, headers: Iterable[Raw], tell: Callable[[Said], None]) -> Said | Errand | None:
        """Answer a query string: at once, or later by `tell`; None where the request has to go the long way.

        A request that was answered before, byte for byte, is not read again.
        """
        accept: bytes | None = None
        for name, value in headers:
            if name == b"accept":
                if accept is not None or len(value) > _ACCEPT_BYTES:
                    return None
                accept = value
            elif name in _NOT_PLAIN:
                return None
        key = (asked, accept or b"")
        return self._repeated.get(key) or self._ask(key, tell)

    def _ask(self, key: tuple[bytes, bytes], tell: Callable[[Said], None]) -> Said | Errand | None:
        query = _read(key[0])
        if query is None:
            return None
        try:
            name, head = self._begun(guard(query, self._pool.limits).form, key[1])
            wanted = Asked(query, name)
            tag = self._endpoint.tag(wanted)
            body = self._endpoint.kept.get(tag)
            if body is None:
                return self._pool.send(wanted, partial(self._heard, key, head, tag, tell))
        except (ItbkgError, HTTPException, WorkerError):
            return None
        return self._say(key, head, tag, body)

    def give_up(self, errand: Errand) -> None:
        """Give up what nobody waits for any longer."""
        self._pool.forget(errand)

    def _heard(
        self, key: tuple[bytes, bytes], head: bytes, tag: str, tell: Callable[[Said], None], outcome: Outcome
    ) -> None:
        if isinstance(outcome, bytes):
            self._endpoint.kept.put(tag, outcome, len(outcome))
            tell(self._say(key, head, tag, outcome))
        else:
            tell(_write(self._endpoint.complete(respond(_REQUEST, outcome))))

    def _say(self, key: tuple[bytes, bytes], head: bytes, tag: str, body: bytes) -> Said:
        said = b"%betag: %b\r\ncontent-length: %d\r\n" % (head, tag.encode(), len(body)), body
        self._repeated.put(key, said, len(key[0]) + len(head) + len(body))
        return said

    def _begin(self, form: Form | None, accept: bytes) -> tuple[str, bytes]:
        """Return the name of the form in which a query is answered, and the head of the answer but for its tag."""
        name, headers = self._endpoint.choose(form, accept.decode("latin-1"))
        response = self._endpoint.complete(Response(headers=headers))
        del response.headers["content-length"]
        return name, _write(response)[0]


def _read(asked: bytes) -> str | None:
    """Read a query string that is a query and nothing else; None where it is not, or is written wrongly."""
    found = _QUERY.fullmatch(asked)
    if found:
        with suppress(UnicodeDecodeError):
            return read_value(found[1])
    return None


def read_value(value: bytes) -> str | None:
    """Read a value of a form as `urllib.parse.unquote_plus` does, but for a % that is none; None where there is one.

    Quoted-printable is percent-encoding with another sign, and its reader is written in C: five times as fast.
    """
    quoted = value.replace(b"=", b"%3D")
    read = a2b_qp(quoted.replace(b"%", b"=").replace(b"+", b" "))
    right = len(quoted) - len(read) == 2 * quoted.count(b"%")
    return read.decode() if right else None


def _write(response: Response) -> Said:
    status = HTTPStatus(response.status_code)
    fields = b"".join(b"%b: %b\r\n" % field for field in response.raw_headers)
    return b"HTTP/1.1 %d %b\r\n%b" % (status, status.phrase.encode(), fields), bytes(response.body)
