"""Which target a run may test, and how it is known to be there."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from errorcontract.errors import TargetError, UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A base URL without a trailing slash. `local`: it is on this machine."""

    url: str
    local: bool
    embedded: bool = False


def target(url: str, production_hosts: Iterable[str]) -> Target:
    """Check a URL before anything is sent. Raises UsageError for what is no URL, TargetError for a production host."""
    parts = _split(url)
    host = _plain(parts.hostname or "")
    if host in {_plain(name) for name in production_hosts}:
        msg = (
            f"{host} is a production host; the harness never sends to one. Give the URL of a staging or sandbox system"
        )
        raise TargetError(msg)
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{parts.port}" if parts.port else ""
    return Target(url=f"{parts.scheme}://{netloc}{parts.path.rstrip('/')}", local=_is_local(host))


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        port = parts.port is None or parts.port > 0
        usable = parts.scheme in {"http", "https"} and _is_host(parts.hostname) and port
    except ValueError:
        usable = False
    if not usable or any(char.isspace() or not char.isprintable() for char in url.strip()):
        msg = f"--target {url!r} is not a URL: write http://HOST[:PORT][/PATH] or https://…"
        raise UsageError(msg)
    if parts.username or parts.password:
        msg = "--target holds a user name or password; credentials come from the environment only"
        raise UsageError(msg)
    if parts.query or parts.fragment:
        msg = f"--target {url!r} has a query or fragment; give the base URL of the API alone"
        raise UsageError(msg)
    return parts


def _is_host(name: str | None) -> bool:
    """Whether it can be a host; an encoded one would be compared as another than it is read."""
    return bool(name) and ("%" not in str(name) or ":" in str(name))


def _plain(host: str) -> str:
    try:
        return host.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        return host.rstrip(".").lower()


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def has_aliases(checked: Target) -> bool:
    """Whether requests to it can come from other loopback addresses than the usual one (on Linux, to 127.0.0.1)."""
    host = urlsplit(checked.url).hostname or ""
    if not checked.local or not host.startswith("127."):
        return False
    with socket.socket() as trial:
        try:
            trial.bind(("127.66.0.1", 0))
        except OSError:
            return False
    return True


def check_answers(checked: Target, seconds: float = 10.0) -> None:
    """Open and close a connection. Raises TargetError where nothing listens."""
    parts = urlsplit(checked.url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname, port), timeout=seconds).close()
    except OSError as problem:
        msg = f"{checked.url} does not answer: {problem.strerror or problem}. Is it running, and is the port right?"
        raise TargetError(msg) from None
