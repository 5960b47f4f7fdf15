"""The nursery: loads the graph once and forks a worker whenever the server asks for one.

It runs as `python -m itbkg_api.workers.nursery CHANNEL GRAPH LIMITS`: the descriptor of a Unix socket to the server,
the descriptor of a file of N-Quads, and the limits as JSON. It has one thread, so that a fork of it is whole.
"""

import gc
import json
import os
import signal
import socket
import sys
from typing import NoReturn

from itbkg.limits import Limits
from itbkg.store import PREFIXES
from itbkg.store.engine import Engine
from itbkg_api.workers import worker
from itbkg_api.workers.messages import FORK, PID


def main(channel: socket.socket, engine: Engine, limits: Limits) -> NoReturn:
    """Fork a worker for every socket that the server sends; end with the server."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps: no worker stays as a zombie
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which then closes the channel
    gc.freeze()  # what is there stays, and is not looked through, and so copied, in each worker
    channel.sendall(PID.pack(0))
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, len(FORK), 1)
        if message != FORK:
            os._exit(0)
        channel.sendall(PID.pack(_fork(channel, socket.socket(fileno=descriptors[0]), engine, limits)))


def _fork(channel: socket.socket, handed: socket.socket, engine: Engine, limits: Limits) -> int:
    child = os.fork()
    if child:
        handed.close()
        return child
    try:
        channel.close()
        worker.run(handed, engine, limits)
    finally:
        os._exit(1)


if __name__ == "__main__":
    with os.fdopen(int(sys.argv[2]), "rb") as graph:
        loaded = Engine.of_nquads(graph.read(), PREFIXES)
    main(socket.socket(fileno=int(sys.argv[1])), loaded, Limits(**json.loads(sys.argv[3])))
