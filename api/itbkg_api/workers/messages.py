"""What server, nursery and workers say to each other: frames of a kind, a length and so many bytes."""

import json
import socket
import struct
from dataclasses import dataclass
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


class Incoming:
    """Puts frames together from what comes in, part by part."""

    def __init__(self) -> None:
        self._got = bytearray()

    def take(self, part: bytes) -> tuple[bytes, bytes] | None:
        """Add a part; return kind and body once the frame is whole, None before."""
        self._got += part
        if len(self._got) < HEAD.size:
            return None
        kind, length = HEAD.unpack_from(self._got)
        if len(self._got) < HEAD.size + length:
            return None
        whole, self._got = self._got, bytearray()
        return kind, bytes(memoryview(whole)[HEAD.size :])


def receive(channel: socket.socket) -> tuple[bytes, bytes] | None:
    """Read one frame from a blocking socket; None where the other end has closed it."""
    incoming = Incoming()
    while part := channel.recv(STROKE):
        whole = incoming.take(part)
        if whole:
            return whole
    return None
