"""Archives as browsers, proxies and our own runs write them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from errorcontract.contract import load

API = "https://api.example.test"


@pytest.fixture(scope="session")
def contract() -> Any:
    return load("oneclickdz", {}, None)


@pytest.fixture
def archive(tmp_path: Path) -> Callable[..., Path]:
    """Writes entries into an archive."""

    def written(*entries: Any) -> Path:
        path = tmp_path / "traffic.har"
        path.write_text(json.dumps({"log": {"version": "1.2", "entries": list(entries)}}), "utf-8")
        return path

    return written


def entry(method: str = "GET", url: str = f"{API}/v3/account/balance", **changes: Any) -> dict[str, Any]:
    """An entry as a browser writes it: `request` and `response` replace members of these, all else of the entry."""
    request = {"method": method, "url": url, "headers": [], "bodySize": -1} | changes.pop("request", {})
    content = {"size": 2, "mimeType": "application/json", "text": "{}"}
    response = {"status": 200, "statusText": "OK", "headers": [], "content": content, "bodySize": 2}
    response |= changes.pop("response", {})
    moment = {"startedDateTime": "2026-05-04T10:00:00.000Z", "time": 12.5}
    return {**moment, "request": request, "response": response, **changes}


def posted(url: str, body: Any, **changes: Any) -> dict[str, Any]:
    """An entry that sends JSON."""
    headers = [{"name": "content-type", "value": "application/json"}]
    data = {"mimeType": "application/json", "text": json.dumps(body)}
    return entry("POST", url, request={"headers": headers, "postData": data}, **changes)


def answering(status: int, body: Any) -> dict[str, Any]:
    """An answer of JSON."""
    text = json.dumps(body)
    content = {"size": len(text), "mimeType": "application/json", "text": text}
    return {"status": status, "headers": [{"name": "Content-Type", "value": "application/json"}], "content": content}
