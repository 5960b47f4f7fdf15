"""The HTTP server: uvicorn, with protocols of our own."""

import gc
import logging
import resource
from functools import partial
from typing import Any

import uvicorn

from itbkg.limits import Limits
from itbkg_api.protocols import ShortProtocol

KEEP_ALIVE_SECONDS = 15


def serve(app: Any, limits: Limits, host: str, port: int) -> None:
    """Serve an application until stopped."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    gc.freeze()  # what is loaded stays: the collector need not look through it again and again
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # a client's broken request is no matter for the log
    uvicorn.run(
        app,
        host=host,
        port=port,
        http=partial(ShortProtocol, limits=limits, way=app.state.short_way),  # type: ignore[arg-type] # uvicorn only calls it
        ws="none",
        log_level="error",
        access_log=False,  # ours is written by the application
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=5,
    )
