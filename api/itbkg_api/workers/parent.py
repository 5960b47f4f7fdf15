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
from dataclasses import asdict
from typing import Self

from itbkg.limits import Limits
from itbkg_api.workers.messages import FORK, PID, STROKE, Incoming


class Worker:
    """A worker: its socket, its process, and a descriptor by which no other process can be meant (pidfd_open(2))."""

    def __init__(self, channel: socket.socket, pid: int) -> None:
        self._channel = channel
        self._pid = pid
        self._handle = _handle(pid)
        self._incoming = Incoming()
        self._answer: asyncio.Future[tuple[bytes, bytes]] | None = None
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(channel, self._read)
        self.is_alive = True

    async def ask(self, asked: bytes) -> tuple[bytes, bytes]:
        """Hand it a frame and return the frame that it answers; EOFError or ConnectionError where it dies."""
        self._answer = self._loop.create_future()
        sent = self._channel.send(asked)
        if sent < len(asked):
            await self._loop.sock_sendall(self._channel, asked[sent:])
        return await self._answer

    def kill(self) -> None:
        """End it, whatever it does; an ended one stays ended."""
        self._loop.remove_reader(self._channel)
        self._channel.close()
        with contextlib.suppress(ProcessLookupError):
            if self._handle is None:
                os.kill(self._pid, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _read(self) -> None:
        try:
            part = self._channel.recv(STROKE)
        except BlockingIOError:
            return
        except ConnectionError:
            part = b""
        if not part:
            self._end()
            return
        whole = self._incoming.take(part)
        if whole and self._answer and not self._answer.done():
            self._answer.set_result(whole)

    def _end(self) -> None:
        """Note that it died, to who waits for its answer and to who would ask it next."""
        self.is_alive = False
        self._loop.remove_reader(self._channel)
        if self._answer and not self._answer.done():
            self._answer.set_exception(EOFError())


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
        return Worker(ours, pid)

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
