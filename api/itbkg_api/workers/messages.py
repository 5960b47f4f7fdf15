"""What server, nursery and workers say to each other: frames of a kind, a length and so many bytes."""

import json
import socket
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

#: Kind of a frame in one byte, and the length of what follows.
HEAD = struct.Struct(">cQ")
#: Bytes that are read at once: most frames are smaller.
STROKE = 65_536

#: What the server sends the nursery, with the socket on which a new worker is to listen.
FORK = b"fork"
#: What the nursery answers: the process id of the new worker; at first 0, to say that it is ready.
PID = struct.Struct(">Q")
#: A query; its whole answer; a refusal by the engine; an answer that would be too large.
QUERY, ANSWER, REFUSED, TOO_LARGE = b"?", b"=", b"!", b">"

Graphs = tuple[str, ...]
#: Kind and body of a frame.
Frame = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Asked:
    """A guarded query, the form of its answer (`json`, `turtle` ...), and the dataset that the protocol names."""

    query: str
    form: str
    default_graphs: Graphs = ()
    named_graphs: Graphs = ()

    def to_bytes(self) -> bytes:
        """Write it down: what is asked of the answer in a line of JSON, then the query."""
        return _write_line(self.form, self.default_graphs, self.named_graphs) + self.query.encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """Read what `to_bytes` wrote."""
        line, _, query = raw.partition(b"\n")
        return cls(query.decode(), *_read_line(line))


@lru_cache(maxsize=256)
def _write_line(form: str, default_graphs: Graphs, named_graphs: Graphs) -> bytes:
    return json.dumps([form, default_graphs, named_graphs]).encode() + b"\n"


@lru_cache(maxsize=256)
def _read_line(line: bytes) -> tuple[str, Graphs, Graphs]:
    form, default_graphs, named_graphs = json.loads(line)
    return form, tuple(default_graphs), tuple(named_graphs)


def frame(kind: bytes, body: bytes) -> bytes:
    """Put the head before a body."""
    return HEAD.pack(kind, len(body)) + body


class Incoming:
    """Reads a socket and puts frames together, part by part, in a buffer that is made once."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._stroke = memoryview(bytearray(STROKE))
        self._got = bytearray()

    def read(self) -> Frame | None:
        """Read once and return the frame that is whole by it, None before.

        Raises EOFError where the other end has closed the socket, and what the socket raises.
        """
        size = self._channel.recv_into(self._stroke)
        if not size:
            raise EOFError
        if not self._got and size >= HEAD.size:
            kind, length = HEAD.unpack_from(self._stroke)
            if size == HEAD.size + length:
                return kind, bytes(self._stroke[HEAD.size : size])
        self._got += self._stroke[:size]
        return self._whole()

    def _whole(self) -> Frame | None:
        if len(self._got) < HEAD.size:
            return None
        kind, length = HEAD.unpack_from(self._got)
        if len(self._got) < HEAD.size + length:
            return None
        whole, self._got = self._got, bytearray()
        return kind, bytes(memoryview(whole)[HEAD.size :])
