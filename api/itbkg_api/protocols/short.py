"""Where a request leaves the long way: a GET of a query is answered as soon as its head has been read."""

from functools import partial
from typing import Any

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from itbkg_api.protocols.patient import PatientProtocol
from itbkg_api.sparql.short import TARGET, Said, ShortWay
from itbkg_api.workers import Errand

#: A query whose client hung up is given up only then: most have their answer sooner, and to give up costs a worker.
_QUICK_SECONDS = 0.05


class _Unheard:
    """Stands where uvicorn would tell an application that there is something to receive."""

    def set(self) -> None:
        """Tell nobody."""


class ShortCycle(RequestResponseCycle):
    """A request on the short way, in the place of one that an application answers; uvicorn notes in it what happens."""

    __slots__ = ()
    message_event = _Unheard()  # type: ignore[assignment] # nobody awaits it

    def __init__(self, *, keep_alive: bool) -> None:
        self.keep_alive = keep_alive
        self.disconnected = False
        self.response_complete = False
        self.errand: Errand | None = None


class ShortProtocol(PatientProtocol):
    """Takes the short way where there is one and the request is for it, and is uvicorn in all else."""

    def __init__(self, *args: Any, way: ShortWay | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._way = way
        self._short: ShortCycle | None = None

    def on_headers_complete(self) -> None:
        """Answer what is for the short way, or go the long one."""
        if self._way is None or not self.url.startswith(TARGET) or not self._is_free():
            super().on_headers_complete()
            return
        cycle = ShortCycle(keep_alive=self.parser.should_keep_alive())
        answer = self._way.answer(self.url[len(TARGET) :], self.headers, partial(self._say, cycle))
        if answer is None:
            super().on_headers_complete()
            return
        self._end_head()
        self.cycle = self._short = cycle
        if isinstance(answer, Errand):
            cycle.errand = answer
        else:
            self._say(cycle, answer)

    def connection_lost(self, exc: Exception | None) -> None:
        """Give up what was asked by who is gone."""
        super().connection_lost(exc)
        if self._short is None or self._way is None:
            return
        self._short.disconnected = True
        if self._short.errand and not self._short.errand.over:
            self.loop.call_later(_QUICK_SECONDS, self._way.give_up, self._short.errand)

    def _is_free(self) -> bool:
        """Say whether this is a GET in HTTP/1.1 by a client that has read, and been sent, all that it asked before."""
        free = self.cycle is None or self.cycle.response_complete
        plain = self.parser.get_method() == b"GET" and self.parser.get_http_version() == "1.1"
        return free and plain and not self.flow.write_paused

    def _say(self, cycle: ShortCycle, said: Said) -> None:
        """Send an answer, whole and at once."""
        if cycle.disconnected:
            return
        head, body = said
        more = self.server_state.default_headers + ([] if cycle.keep_alive else [_CLOSE])
        self.transport.write(b"%b%b\r\n%b" % (head, b"".join(b"%b: %b\r\n" % field for field in more), body))
        cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        self.on_response_complete()


_CLOSE = (b"connection", b"close")
