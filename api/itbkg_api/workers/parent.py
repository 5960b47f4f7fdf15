"""The server's handles on the processes: the nursery, and each worker."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from typing import Self

from itbkg.limits import Limits
from itbkg_api.workers.messages import FORK, PID, Frame, Incoming

#: How the GNU C library hands out memory in nursery and workers (its manual, "Memory Allocation Tunables"). It keeps
#: more freed pieces of a size at hand, of which the engine makes and drops hundreds for each query, and which it would
#: sort each time otherwise: a third of a small query. Other libraries read nothing of it.
MALLOC = "glibc.malloc.tcache_count=127"


class Worker:
    """A worker: its socket, its process, and a descriptor by which no other process can be meant (pidfd_open(2))."""

    def __init__(self, channel: socket.socket, pid: int) -> None:
        self._channel = channel
        self._pid = pid
        self._handle = _handle(pid)
        self._incoming = Incoming(channel)
        self._tell: Callable[[Frame | None], None] | None = None
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(channel, self._read)
        self.is_alive = True

    def ask(self, asked: bytes, tell: Callable[[Frame | None], None]) -> None:
        """Hand it a frame; `tell` is given the frame that it answers, or None where it dies."""
        self._tell = tell
        self._send(asked)

    def kill(self) -> None:
        """End it, whatever it does; an ended one stays ended, and tells nothing more."""
        self._tell = None
        self._let_go()
        self._channel.close()
        with contextlib.suppress(ProcessLookupError):
            if self._handle is None:
                os.kill(self._pid, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _send(self, asked: bytes) -> None:
        """Send what goes at once, and the rest when there is room."""
        try:
            sent = self._channel.send(asked)
        except BlockingIOError:
            sent = 0
        except ConnectionError:
            return  # it is dead, as reading from it will tell
        if sent < len(asked):
            self._loop.add_writer(self._channel, self._go_on, asked[sent:])

    def _go_on(self, rest: bytes) -> None:
        self._loop.remove_writer(self._channel)
        self._send(rest)

    def _read(self) -> None:
        try:
            whole = self._incoming.read()
        except BlockingIOError:
            return
        except (ConnectionError, EOFError):
            self.is_alive = False
            self._let_go()
            self._answer(None)
            return
        if whole:
            self._answer(whole)

    def _answer(self, whole: Frame | None) -> None:
        tell, self._tell = self._tell, None
        if tell:
            tell(whole)

    def _let_go(self) -> None:
        self._loop.remove_reader(self._channel)
        self._loop.remove_writer(self._channel)


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
                [*_tuned(), sys.executable, "-m", "itbkg_api.workers.nursery", *map(str, given), _told(limits)],
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


def _tuned() -> list[str]:
    """Begin a command with the program that sets its environment; with nothing where there is none."""
    program = shutil.which("env")
    return [program, f"GLIBC_TUNABLES={MALLOC}"] if program else []


def _told(limits: Limits) -> str:
    return json.dumps(asdict(limits))


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
