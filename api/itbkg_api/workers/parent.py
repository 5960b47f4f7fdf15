"""The server's handles on the processes: the nursery, and each worker."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from typing import Self

from itbkg.limits import Limits
from itbkg_api.workers.messages import FORK, HEAD, PID

#: Bytes that are read at once at first: most answers are smaller.
_STROKE = 65_536


@dataclass(slots=True)
class Worker:
    """A worker: its socket, its process, and a descriptor by which no other process can be meant (pidfd_open(2))."""

    channel: socket.socket
    pid: int
    handle: int | None

    def is_alive(self) -> bool:
        """Say whether it still listens; one whose nursery was killed does not."""
        try:
            return self.channel.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def kill(self) -> None:
        """End it, whatever it does; an ended one stays ended."""
        self.channel.close()
        with contextlib.suppress(ProcessLookupError):
            if self.handle is None:
                os.kill(self.pid, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)
        if self.handle is not None:
            os.close(self.handle)
            self.handle = None


class Nursery:
    """The process that holds the graph and forks workers."""

    def __init__(self, process: subprocess.Popen[bytes], channel: socket.socket) -> None:
        self._process = process
        self._channel = channel
        self._turn = asyncio.Lock()

    @classmethod
    async def start(cls, nquads: bytes, limits: Limits) -> Self:
        """Start it with a graph; it is ready on return."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with tempfile.TemporaryFile() as graph, theirs:
            graph.write(nquads)
            graph.seek(0)
            given = (theirs.fileno(), graph.fileno())
            process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
                [sys.executable, "-m", "itbkg_api.workers.nursery", *map(str, given), json.dumps(asdict(limits))],
                pass_fds=given,
                stdin=subprocess.DEVNULL,
            )
        nursery = cls(process, ours)
        with contextlib.ExitStack() as undo:  # where it fails, or the waiting is cancelled
            undo.callback(nursery.close)
            await exactly(ours, PID.size)
            undo.pop_all()
        return nursery

    async def fork(self) -> Worker:
        """Have a worker forked; EOFError or ConnectionError where the nursery has died."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with contextlib.ExitStack() as undo:
            undo.callback(ours.close)
            async with self._turn:
                with theirs:
                    socket.send_fds(self._channel, [FORK], [theirs.fileno()])
                (pid,) = PID.unpack(await exactly(self._channel, PID.size))
            undo.pop_all()
        return Worker(ours, pid, _handle(pid))

    def close(self) -> None:
        """End it; it takes its workers with it."""
        self._channel.close()
        self._process.kill()
        self._process.wait()


def _handle(pid: int) -> int | None:
    """Open a descriptor of a process; None where the system has none, or the process is gone already."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


async def read_frame(channel: socket.socket) -> tuple[bytes, bytes]:
    """Read a frame, a short one at a stroke; EOFError where the other end closes first."""
    first = await asyncio.get_running_loop().sock_recv(channel, _STROKE)
    if len(first) < HEAD.size:
        first += await exactly(channel, HEAD.size - len(first)) if first else b""
    if not first:
        raise EOFError
    kind, length = HEAD.unpack_from(first)
    body = first[HEAD.size :]
    return kind, body + await exactly(channel, length - len(body))


async def exactly(channel: socket.socket, length: int) -> bytes:
    """Read so many bytes; EOFError where the other end closes first."""
    loop, got = asyncio.get_running_loop(), bytearray(length)
    view, filled = memoryview(got), 0
    while filled < length:
        read = await loop.sock_recv_into(channel, view[filled:])
        if not read:
            raise EOFError
        filled += read
    return bytes(got)
