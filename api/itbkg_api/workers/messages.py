"""What server, nursery and workers say to each other: frames of a kind, a length and so many bytes."""

import json
import socket
import struct
from dataclasses import dataclass
from typing import Self

#: Kind of a frame in one byte, and the length of what follows.
HEAD = struct.Struct(">cQ")

#: What the server sends the nursery, with the socket on which a new worker is to listen.
FORK = b"fork"
#: What the nursery answers: the process id of the new worker; at first 0, to say that it is ready.
PID = struct.Struct(">Q")
#: A query; its whole answer; a refusal by the engine; an answer that would be too large.
QUERY, ANSWER, REFUSED, TOO_LARGE = b"?", b"=", b"!", b">"


@dataclass(frozen=True, slots=True)
class Asked:
    """A guarded query, the form of its answer (`json`, `turtle` ...), and the dataset that the protocol names."""

    query: str
    form: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """Write it down."""
        return json.dumps([self.query, self.form, self.default_graphs, self.named_graphs]).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """Read what `to_bytes` wrote."""
        query, form, default_graphs, named_graphs = json.loads(raw)
        return cls(query, form, tuple(default_graphs), tuple(named_graphs))


def frame(kind: bytes, body: bytes) -> bytes:
    """Put the head before a body."""
    return HEAD.pack(kind, len(body)) + body


def receive(channel: socket.socket) -> tuple[bytes, bytes] | None:
    """Read one frame from a blocking socket; None where the other end has closed it."""
    head = _exactly(channel, HEAD.size)
    if head is None:
        return None
    kind, length = HEAD.unpack(head)
    body = _exactly(channel, length)
    return None if body is None else (kind, body)


def _exactly(channel: socket.socket, length: int) -> bytes | None:
    got = bytearray()
    while len(got) < length:
        part = channel.recv(min(length - len(got), 1 << 20))
        if not part:
            return None
        got += part
    return bytes(got)
