"""What each of the programs does: it reads the balance, then sends one top-up, and says how it went."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Callable
from typing import Any

URL = sys.argv[1].rstrip("/")
HEADERS = {"X-Access-Token": os.environ.get("ONECLICKDZ_TOKEN", "sandbox-key")}
BALANCE = f"{URL}/v3/account/balance"
SEND = f"{URL}/v3/mobile/send"
ORDER = {"plan_code": "PREPAID_DJEZZY", "MSSIDN": "0778037340", "amount": 100, "ref": f"order-{uuid.uuid4()}"}


def run(**calls: Callable[[], Any]) -> None:
    """Make each call, whatever became of the one before. Exits with 1 where one failed."""
    failed = False
    for name, call in calls.items():
        try:
            print(name, call())
        except Exception as problem:  # noqa: BLE001 - whatever a library raises
            failed = True
            print(name, "failed:", type(problem).__name__, str(problem)[:200])
    sys.exit(failed)
