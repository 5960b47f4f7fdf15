"""A line of bounded length for a number of places, with a bound on how long one stands in it."""

import asyncio

from itbkg.limits import Limits
from itbkg_api.workers.errors import BusyError


class Line:
    """Lets as many in as there are places; the others wait their turn, or are told at once that they cannot."""

    def __init__(self, limits: Limits, places: int = 0) -> None:
        self._limits = limits
        self._places = asyncio.Semaphore(places)
        self._waiting = 0

    async def enter(self) -> None:
        """Take a place; BusyError where too many wait already, or none came free in time."""
        if not self._places.locked():
            await self._places.acquire()
            return
        if self._waiting >= self._limits.waiting:
            raise BusyError(f"{self._limits.waiting} queries are waiting already")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.wait_seconds):
                await self._places.acquire()
        except TimeoutError as error:
            raise BusyError(f"no worker was free for {self._limits.wait_seconds} s") from error
        finally:
            self._waiting -= 1

    def leave(self) -> None:
        """Give a place, one's own or a new one, to the next."""
        self._places.release()
