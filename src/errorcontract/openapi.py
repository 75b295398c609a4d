"""An OpenAPI document of the user's: from a file, or fetched from a URL."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from errorcontract.errors import UsageError
from errorcontract.target import target

_LARGEST = 20 * 1024 * 1024


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A document that moved is for the user to name anew; following could lead to a production host."""

    def redirect_request(self, *_: Any) -> None:
        return None


def fetched(source: str | None, production_hosts: Iterable[str]) -> Any:
    """The document as a mapping, None where none was named. Raises UsageError, TargetError for a production host."""
    if source is None:
        return None
    text = _from_url(source, production_hosts) if "://" in source else _from_file(source)
    try:
        document = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as problem:
        msg = f"--openapi {source}: neither JSON nor YAML: {str(problem).splitlines()[0]}"
        raise UsageError(msg) from None
    if not isinstance(document, dict) or "paths" not in document:
        msg = f"--openapi {source}: no OpenAPI document, it has no paths"
        raise UsageError(msg)
    return document


def _from_file(source: str) -> bytes:
    try:
        return Path(source).read_bytes()[:_LARGEST]
    except OSError as problem:
        msg = f"--openapi {source}: {problem.strerror}"
        raise UsageError(msg) from None


def _from_url(source: str, production_hosts: Iterable[str]) -> bytes:
    target(source.partition("?")[0], production_hosts)
    opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
    try:
        with opener.open(source, timeout=20) as answer:
            return answer.read(_LARGEST)  # type: ignore[no-any-return]
    except (urllib.error.URLError, OSError) as problem:
        msg = f"--openapi {source}: {getattr(problem, 'reason', problem)}"
        raise UsageError(msg) from None
