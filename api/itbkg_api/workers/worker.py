"""A worker: answers one query after the other into a bounded buffer, with nothing in reach but the graph."""

import ctypes
import os
import resource
import signal
import socket
from contextlib import suppress
from pathlib import Path

from itbkg.errors import QueryError
from itbkg.limits import Limits
from itbkg.store.engine import AnswerSizeError, Engine
from itbkg_api.workers.messages import ANSWER, QUERY, REFUSED, TOO_LARGE, Asked, Frame, Incoming, frame

#: The only descriptor of a worker beside the three standard ones, which lead nowhere.
CHANNEL = 3
#: prctl(2): be sent a signal when the parent dies.
_PR_SET_PDEATHSIG = 1


def run(channel: socket.socket, engine: Engine, limits: Limits) -> None:
    """Answer until the server closes the channel; never returns."""
    served = _lock_in(channel, limits)
    incoming = Incoming(served)
    with suppress(EOFError):
        while True:
            asked = incoming.read()
            if asked:
                served.sendall(_answer(engine, asked, limits))
    os._exit(0)


def _answer(engine: Engine, asked: Frame, limits: Limits) -> bytes:
    kind, body = asked
    if kind != QUERY:
        raise ValueError(f"a worker was sent {kind!r}")
    wanted = Asked.from_bytes(body)
    try:
        answer = engine.answer(
            limits.result_bytes, wanted.query, wanted.form, wanted.default_graphs, wanted.named_graphs
        )
    except QueryError as error:
        return frame(REFUSED, f"{type(error).__name__}\n{error}".encode())
    except AnswerSizeError:
        return frame(TOO_LARGE, b"")
    return frame(ANSWER, answer)


def _lock_in(channel: socket.socket, limits: Limits) -> socket.socket:
    """Give up everything that a query could misuse: files, sockets, memory, a core dump, a life after the server's."""
    _die_with_parent()
    os.nice(10)  # the server, which says that it lives, goes before any query
    os.dup2(channel.fileno(), CHANNEL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    channel.detach()
    os.closerange(CHANNEL + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_DATA, _data_bytes() + limits.memory_bytes)
    _limit(resource.RLIMIT_NOFILE, CHANNEL + 1)
    return socket.socket(fileno=CHANNEL)


def _limit(kind: int, value: int) -> None:
    resource.setrlimit(kind, (value, value))


def _data_bytes() -> int:
    """Return how much private memory the process has already, as the kernel counts it for RLIMIT_DATA."""
    status = Path("/proc/self/status")
    if not status.exists():  # no such file on macOS, whose kernel does not hold to RLIMIT_DATA either
        return 0
    line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmData:"))
    return int(line.split()[1]) * 1024


def _die_with_parent() -> None:
    if hasattr(ctypes.CDLL(None), "prctl"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
