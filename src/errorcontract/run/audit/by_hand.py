"""The commands that show a case by hand."""

from __future__ import annotations

import shlex

from errorcontract.audit import Command, Played, Script

PORT = 8099
BASE = "http://127.0.0.1"


def by_hand(named: str, script: Script, played: Played | None, command: Command) -> str:
    """The server of this case, then the client. `named` is the contract as the user named it."""
    only = [f"--only {shlex.quote(place)}" for place in sorted(played.only)] if played and played.only else []
    serve = " ".join(["errorcontract answer", shlex.quote(named), script.id, f"--port {PORT}", *only])
    zone = "TZ=Asia/Tokyo " if script.zone else ""
    return f"{serve} & sleep 3\n{zone}{command.told(f'{BASE}:{PORT}')}\nkill $!"
