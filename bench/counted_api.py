"""Serves the reference API as its own command does, and counts what arrives in a file that others may read meanwhile.

    python bench/counted_api.py COUNT_FILE oneclickdz --port 0 [--fault NAME]

The file holds 600 unsigned 64-bit numbers: at 0 all requests, at 1 bytes that were no HTTP, at S the answers of
status S.
"""

from __future__ import annotations

import importlib
import mmap
import sys
from pathlib import Path
from typing import Any

PLACES = 600
ALL, NO_HTTP = 0, 1

_SERVED = "errorcontract.fixtures.reference_api"


class Counted:
    """An application that counts; everything else it leaves to the one inside."""

    def __init__(self, app: Any, counts: memoryview) -> None:
        """Take the application, and where to count."""
        self._app, self._counts = app, counts

    def __getattr__(self, name: str) -> Any:
        """Whatever the server asks of an application besides answering."""
        return getattr(self._app, name)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        self._counts[ALL] += 1

        async def counting(message: Any) -> None:
            if message["type"] == "http.response.start":
                self._counts[message["status"]] += 1
            await send(message)

        await self._app(scope, receive, counting)

    def unparseable(self) -> Any:
        """Give the answer to bytes that are no HTTP."""
        self._counts[ALL] += 1
        self._counts[NO_HTTP] += 1
        return self._app.unparseable()


def counts_in(path: Path) -> memoryview:
    """Share a file's numbers, made if it is not there."""
    with path.open("a+b") as file:
        file.truncate(PLACES * 8)
        return memoryview(mmap.mmap(file.fileno(), PLACES * 8)).cast("Q")


def main() -> None:
    """Run the command with a counter in front of the application."""
    serving: Any = importlib.import_module(f"{_SERVED}.serving")
    command: Any = importlib.import_module(f"{_SERVED}.__main__")
    counts, serve = counts_in(Path(sys.argv[1])), serving.run

    def counted(app: Any, *rest: Any) -> None:
        serve(Counted(app, counts), *rest)

    serving.run = counted
    command.main(sys.argv[2:])


if __name__ == "__main__":
    main()
