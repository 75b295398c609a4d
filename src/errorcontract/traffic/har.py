"""Reads an HTTP Archive (HAR 1.2), whoever wrote it: a browser, a proxy, or a run of ours."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from errorcontract.errors import UsageError
from errorcontract.model import first_header
from errorcontract.traffic import messages
from errorcontract.traffic.recording import Recorded, Recording

_LARGEST = 1024**3
_LONGEST = 24 * 3600.0
_US = "errorcontract"
_NO_HTTP = "not sent over HTTP"
_NO_ANSWER = "without an answer"
_NO_TIME = "without a time at which it was sent"
_CACHED = "answered by the browser, not by the API"
_PREFLIGHT = "a browser's own question whether it may ask"
_TWICE = "recorded twice"


def read(path: Path) -> Recording:
    """The exchanges of an archive. Raises UsageError for what is none."""
    log = _log(path)
    left_out: Counter[str] = Counter()
    known: dict[tuple[Any, ...], Recorded] = {}
    for place, entry in enumerate(log["entries"], 1):
        recorded = _recorded(place, entry)
        if isinstance(recorded, str):
            left_out[recorded] += 1
        elif _identity(recorded) in known:
            left_out[_TWICE] += 1
        else:
            known[_identity(recorded)] = recorded
    in_order = sorted(known.values(), key=lambda one: one.started)
    creator = log.get("creator")
    ours = isinstance(creator, dict) and creator.get("name") == _US
    return Recording(exchanges=tuple(in_order), ours=ours, left_out=dict(left_out))


def _identity(one: Recorded) -> tuple[Any, ...]:
    return one.started, one.seconds, one.origin, one.request, one.response


def _log(path: Path) -> dict[str, Any]:
    archive = _loaded(path)
    log = archive.get("log") if isinstance(archive, dict) else None
    if not isinstance(log, dict) or not isinstance(log.get("entries"), list):
        raise UsageError(f"--traffic {path}: no HTTP Archive (HAR 1.2): it has no list /log/entries")
    return log


def _loaded(path: Path) -> Any:
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"--traffic {path}: larger than 1 GiB; give it in parts")
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as problem:
        raise UsageError(f"--traffic {path}: {problem.strerror}") from None
    except (ValueError, RecursionError) as problem:
        raise UsageError(f"--traffic {path}: no HTTP Archive (HAR 1.2): no JSON: {str(problem)[:120]}") from None


def _recorded(place: int, entry: Any) -> Recorded | str:
    """The exchange of an entry, or the reason why it is none."""
    sent = entry.get("request") if isinstance(entry, dict) else None
    address = _address(sent)
    if address is None:
        return _NO_HTTP
    if why := _own_doing(entry, sent):
        return why
    started, took = _moment(entry.get("startedDateTime")), entry.get("time")
    if started is None:
        return _NO_TIME
    asked, body_known = messages.request(entry, address[1])
    response = messages.response(entry, asked.method)
    if not response.status:
        return _NO_ANSWER
    seconds = min(max(took / 1000, 0.0), _LONGEST) if isinstance(took, int | float) else 0.0
    return Recorded(
        place=place,
        origin=address[0],
        request=asked,
        body_known=body_known,
        response=response,
        started=started,
        seconds=seconds,
    )


def _address(sent: Any) -> tuple[str, str] | None:
    """Origin, and path with query."""
    try:
        parts = urlsplit(str(sent["url"]))
        port = f":{parts.port}" if parts.port else ""
    except (TypeError, KeyError, ValueError):
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or not sent.get("method"):
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{host}{port}", f"{parts.path or '/'}{query}"


def _own_doing(entry: Any, sent: Any) -> str | None:
    """Why an entry tells of the browser and not of the API."""
    got = entry.get("response")
    kept = isinstance(got, dict) and (got.get("_fetchedViaServiceWorker") or got.get("fromCache"))
    if kept or entry.get("_fromCache"):
        return _CACHED
    asks = first_header(messages.headers(sent), "Access-Control-Request-Method")
    return _PREFLIGHT if sent.get("method") == "OPTIONS" and asks else None


def _moment(text: Any) -> float | None:
    try:
        return datetime.fromisoformat(text).timestamp()
    except (TypeError, ValueError, OverflowError, OSError):
        return None
