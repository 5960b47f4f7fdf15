"""A client that hangs up: what it asked for is not worked at any longer."""

import asyncio
from collections.abc import Awaitable
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request

#: Most answers come sooner; only then is it worth looking whether the client is still there.
_QUICK_SECONDS = 0.05


async def unless_gone(request: Request, answering: Awaitable[bytes]) -> bytes:
    """Wait for an answer, and have the query killed where the client hangs up before a slow one."""
    loop, watching = asyncio.get_running_loop(), set[asyncio.Task[None]]()
    try:
        async with asyncio.timeout(None) as patience:
            later = loop.call_later(_QUICK_SECONDS, lambda: watching.add(loop.create_task(_hang_up(request, patience))))
            return await answering
    except TimeoutError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "the client hung up") from error
    finally:
        later.cancel()
        for watch in watching:
            watch.cancel()


async def _hang_up(request: Request, patience: asyncio.Timeout) -> None:
    """Lose patience as soon as the client is gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    patience.reschedule(0)
