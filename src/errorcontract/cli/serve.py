"""`errorcontract serve`: the reference API of a contract in the foreground."""

from __future__ import annotations

import argparse
import importlib
from typing import Any

from errorcontract.cli.parsing import OK, command
from errorcontract.embedded import check_names, reference
from errorcontract.errors import UsageError

_SERVING = "errorcontract.fixtures.reference_api.serving"
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - how to reach a server that listens everywhere

_LOCK_OUT = "for how many seconds too many wrong credentials shut an address out, where the API does that"
_MORE = """\
examples:
  errorcontract serve oneclickdz                                     keeps every promise
  errorcontract serve oneclickdz --fault negative-amount-accepted    breaks one; errorcontract faults lists them
  errorcontract serve oneclickdz --rate-limit 20/second              answers 429 beyond that

It prints its address and the command that tests it, and runs until Ctrl-C. What it is told is kept in memory only.
"""


def add(commands: Any) -> None:
    """Describe the command."""
    serve = command(commands, "serve", "run the reference API of a contract, to try things on", _MORE)
    serve.add_argument("contract", metavar="CONTRACT", help="a bundled name; errorcontract contracts lists them")
    serve.add_argument("--port", type=int, default=8080, metavar="N", help="0: any free one (default: %(default)s)")
    serve.add_argument("--host", default="127.0.0.1", metavar="H", help="address to listen at (default: %(default)s)")
    serve.add_argument("--fault", metavar="NAME", help="plant this defect; errorcontract faults lists them")
    serve.add_argument(
        "--choice",
        metavar="NAME",
        action="append",
        default=[],
        help="answer in another way that the documents allow; errorcontract choices lists them; repeatable",
    )
    serve.add_argument("--rate-limit", metavar="R", help="answer 429 beyond it, such as 60/minute (default: none)")
    serve.add_argument("--lock-out-seconds", type=float, metavar="N", help=_LOCK_OUT)
    serve.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    check_names([given.contract], given.fault, given.choice)
    serving = importlib.import_module(_SERVING)
    try:
        listener = serving.bind(given.host, given.port)
        server = serving.Server(_application(given), listener, lambda port: _announce(given, port))
    except (ValueError, OSError, OverflowError) as problem:
        raise _refused(given, problem) from None
    try:
        with serving.server_loop(server) as runner:
            runner.run(server.serve_here())
    except KeyboardInterrupt:
        print("stopped")
    return OK


def _application(given: argparse.Namespace) -> Any:
    lock_out = {} if given.lock_out_seconds is None else {"lock_out_seconds": given.lock_out_seconds}
    return reference(given.contract).app(given.fault, given.choice, given.rate_limit, **lock_out)


def _refused(given: argparse.Namespace, problem: Exception) -> UsageError:
    if isinstance(problem, OSError):
        place = f"{given.host} port {given.port}"
        return UsageError(f"can't listen at {place}: {problem.strerror}; choose another with --port or --host")
    return UsageError(str(problem))


def _announce(given: argparse.Namespace, port: int) -> None:
    host = _EVERYWHERE.get(given.host, given.host)
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    changes = [f"the fault {given.fault}"] if given.fault else []
    changes += [f"the choice {name}" for name in given.choice]
    print(f"{given.contract} is served at {url}" + (f" with {' and '.join(changes)}" if changes else ""))
    print(f"test it:  pytest --target {url} --contract {given.contract}")
    print("stop it:  Ctrl-C", flush=True)
