"""`errorcontract answer`: one case of the client audit in the foreground, to run a client against by hand."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

from errorcontract.audit import GOOD, Heard, Host, Script, cases
from errorcontract.cli.parsing import OK, command
from errorcontract.contract import load, nearest
from errorcontract.errors import UsageError
from errorcontract.reporting.text import printed
from errorcontract.run.audit import PORT, voice_of

_ABOUT = "answer a client by script: by hand, one case of what pytest --client does"
_MORE = """\
examples:
  errorcontract answer oneclickdz                        lists the cases
  errorcontract answer oneclickdz 429-date               answers every call as this case says
  errorcontract answer oneclickdz lost-once --only 'POST /v3/mobile/send'

It prints what comes and what it is answered, without credentials, and runs until Ctrl-C. Its address is for the client.
"""


def add(commands: Any) -> None:
    """Describe the command."""
    answer = command(commands, "answer", _ABOUT, _MORE)
    answer.add_argument("contract", metavar="CONTRACT", help="a bundled name or a folder")
    answer.add_argument("case", metavar="CASE", nargs="?", help="such as 429-date; without it all are listed")
    answer.add_argument("--port", type=int, default=PORT, metavar="N", help="0: any free one (default: %(default)s)")
    answer.add_argument(
        "--only",
        metavar="'METHOD /PATH'",
        action="append",
        default=[],
        help="answer these calls by script, all others with success; repeatable",
    )
    answer.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    contract = load(given.contract)
    scripts = {script.id: script for script in cases(contract)}
    if given.case is None:
        for script in scripts.values():
            print(f"{script.id:<36} {script.title}")
        return OK
    if given.case not in scripts:
        near = nearest(given.case, scripts)
        raise UsageError(f"{contract.name} has no case {given.case!r}{near}; without a case they are listed")
    host = Host(
        script=scripts[given.case],
        voice=voice_of(contract),
        only=frozenset(given.only) or None,
        notice=Told(),
    )
    try:
        asyncio.run(_serve(host, given.port, scripts[given.case]))
    except (OSError, OverflowError) as problem:
        raise UsageError(f"can't listen at port {given.port}: {problem}; choose another with --port") from None
    except KeyboardInterrupt:
        print("stopped")
    return OK


async def _serve(host: Host, port: int, script: Script) -> None:
    await host.open(port)
    what = "every call succeeds" if script.id == GOOD else script.title
    print(f"{host.url} answers: {what}\nstop it:  Ctrl-C", flush=True)
    await asyncio.Event().wait()


class Told:
    """Prints each request with its answer and the time since the answer before."""

    def __init__(self) -> None:
        self._last: float | None = None

    def __call__(self, heard: Heard) -> None:
        """Print one."""
        gap = "" if self._last is None else f"  {heard.arrived - self._last:.2f} s later"
        self._last = heard.answered
        path = heard.request.target.partition("?")[0]
        hint = next((f", {name}: {value}" for name, value in heard.reply.headers if name == "Retry-After"), "")
        answer = f"{heard.reply.status or heard.reply.how}{hint}"
        print(printed(f"{heard.request.method} {path} -> {answer}{gap}"), flush=True)
