"""HTTP/1.1 with limits on how slowly and how much a client may send, and how slowly it may read."""

import asyncio
from email.utils import formatdate
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from itbkg.limits import Limits
from itbkg_api.problems import problem
from itbkg_api.standing import STANDING

#: Bytes that the head of a request may have.
HEAD_BYTES = 65_536


class PatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 as uvicorn speaks it, with an end to its patience.

    A connection is cut off that has not sent the whole head of a request in time, sends more than HEAD_BYTES of it, or
    reads nothing of an answer for too long.
    """

    def __init__(self, *args: Any, limits: Limits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._limits = limits
        self._timer: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None
        self._head_bytes = 0
        self._in_head = True
        self._field_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Begin to wait for a request, where there are not too many connections already."""
        super().connection_made(transport)
        if len(self.connections) > self._limits.connections:
            self._refuse("busy", f"{self._limits.connections} connections are open, the most that are held")
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop(self._timer)
        self._stop(self._reading)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take some bytes, and refuse a head that grows too large."""
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if not self._in_head or self.transport.is_closing():
            return
        if self._head_bytes and self._timer is None:
            self._await_head()
        if self._head_bytes > HEAD_BYTES:
            too_large = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            self._refuse("request-too-large", f"the head has more than {HEAD_BYTES} bytes", status=int(too_large))

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._in_head = True
        self._field_bytes = 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, while all of them together are not too large."""
        self._field_bytes += len(name) + len(value) + 4
        if self._field_bytes > HEAD_BYTES:
            raise ValueError("the head is too large")  # the parser stops, and the request is refused
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Go on to answer: the head is there."""
        self._end_head()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Await the next head, once there is any of it."""
        super().on_message_complete()
        self._in_head = True

    def pause_writing(self) -> None:
        """Note that the client does not read."""
        super().pause_writing()
        self._reading = self.loop.call_later(self._limits.read_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Note that it does."""
        self._stop(self._reading)
        self._reading = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, as a problem document."""
        self._refuse("bad-request", msg)

    def _end_head(self) -> None:
        self._in_head = False
        self._head_bytes = 0
        self._stop(self._timer)
        self._timer = None

    def _await_head(self) -> None:
        self._timer = self.loop.call_later(self._limits.head_seconds, self._tire)

    def _tire(self) -> None:
        if not self.transport.is_closing():
            self._refuse("too-slow", f"no whole head was sent within {self._limits.head_seconds} s")

    def _refuse(self, kind: str, detail: str, **more: Any) -> None:
        """Answer with a problem document before there is a request that an application could answer."""
        response = problem(kind, detail, {**STANDING, "Date": formatdate(usegmt=True), "Connection": "close"}, **more)
        status = HTTPStatus(response.status_code)
        fields = (name + b": " + value for name, value in response.raw_headers)
        top = f"HTTP/1.1 {int(status)} {status.phrase}".encode()
        self.transport.write(b"\r\n".join([top, *fields, b"", bytes(response.body)]))
        self.transport.close()

    @staticmethod
    def _stop(timer: asyncio.TimerHandle | None) -> None:
        if timer is not None:
            timer.cancel()
