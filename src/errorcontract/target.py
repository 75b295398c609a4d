"""Which target a run may test, and how it is known to be there."""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from errorcontract.errors import TargetError, UsageError

_ADVICE = {
    9: "Its time has not come: compare the clocks",
    10: "Renew it",
    62: "Give the host name that it was made for",
    64: "Give the host name that it was made for",
}


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
        msg = f"--target {_shown(url)!r} is not a URL: write http://HOST[:PORT][/PATH] or https://…"
        raise UsageError(msg)
    if parts.username or parts.password:
        msg = "--target holds a user name or password; credentials come from the environment only"
        raise UsageError(msg)
    if parts.query or parts.fragment:
        msg = f"--target {_shown(url)!r} has a query or fragment; give the base URL of the API alone"
        raise UsageError(msg)
    return parts


def _shown(url: str) -> str:
    """A URL without what could be a credential in it."""
    return re.sub(r"//[^/?#]*@", "//...@", re.split(r"[?#]", url)[0])


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
    """Open and close a connection. Raises TargetError where nothing listens, or TLS can't be agreed on."""
    parts = urlsplit(checked.url)
    secure = parts.scheme == "https"
    try:
        port = parts.port or (443 if secure else 80)
        with socket.create_connection((parts.hostname, port), timeout=seconds) as plain:
            if secure:
                ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname).close()
    except ssl.SSLCertVerificationError as problem:
        msg = f"{checked.url}: its certificate is refused, {problem.verify_message}. {_advice(problem.verify_code)}"
        raise TargetError(msg) from None
    except (ssl.SSLError, ConnectionResetError) as problem:
        msg = f"{checked.url}: TLS can't be agreed on, {_words(problem)}. Does it speak https, and is the port right?"
        raise TargetError(msg) from None
    except OSError as problem:
        msg = f"{checked.url} does not answer: {problem.strerror or problem}. Is it running, and is the port right?"
        raise TargetError(msg) from None


def _advice(code: int) -> str:
    """What to do about a certificate, by the number that OpenSSL gives to what is wrong with it."""
    return _ADVICE.get(code, "If it is to be trusted, set SSL_CERT_FILE to the file of the authority that signed it")


def _words(problem: OSError) -> str:
    return str(getattr(problem, "reason", None) or problem.strerror or problem)
