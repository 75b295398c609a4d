"""How long a client is watched: until it ends, falls silent, sends the same without end, or its time is over."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from errorcontract.audit.launch import Client
from errorcontract.audit.script import GOOD
from errorcontract.audit.server import Host

QUIET = 6.0  # seconds without a call after which nothing more is expected where all goes well
_TO_START = 30.0  # seconds until its first call
_LEFT = 5.0  # seconds without a call that what a client leaves behind is given, once it has ended itself
_TICK = 0.05
_FAR = "it was still waiting or running after {:.0f} s"
_ENDLESS = "it sent the same more than 60 times"
_MUTE = "it made no call within {:.0f} s"


async def first_call(host: Host, client: Client) -> None:
    """Wait until a client calls, or is over without."""
    try:
        await _until(lambda: bool(host.heard) or _is_over(host, client), _TO_START)
    except asyncio.CancelledError:
        await client.gone()
        raise


async def watch(host: Host, client: Client, patience: float) -> str | None:
    """Wait for the end of a client, or for the moment at which it is stopped, and why."""
    if not host.heard and not client.over:
        return _MUTE.format(_TO_START)
    quiet, began = QUIET if host.script.id == GOOD else patience, time.monotonic()
    await _until(lambda: _is_over(host, client) or host.enough or silence(host) > quiet, patience)
    if client.over:
        return None
    return _ENDLESS if host.enough else _FAR.format(time.monotonic() - began)


def silence(host: Host) -> float:
    """Seconds since the last answer."""
    return asyncio.get_running_loop().time() - host.heard[-1].answered if host.heard else 0.0


def _is_over(host: Host, client: Client) -> bool:
    """Whether it ended, and what it left behind too, or that is quiet."""
    if not client.over:
        return False
    quiet = min(client.ended, silence(host)) if host.heard else client.ended
    return quiet > _LEFT or not client.leaves


async def _until(condition: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:  # noqa: ASYNC110 - processes and sockets have no common event
        await asyncio.sleep(_TICK)
