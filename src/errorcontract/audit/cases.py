"""What a client is asked: answers by script, one case each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from errorcontract.audit.reply import CLOSED, PARTIAL, RESET, WELL, Say
from errorcontract.audit.script import SUCCESS, Script
from errorcontract.model import Code, Contract, RetryClass

FAMILIES: Mapping[str, str] = {
    "client-success": "every call succeeds",
    "client-codes": "every code of the catalogue, each alone and for ever",
    "client-delays": "answers that name a time to wait",
    "client-recovery": "an outage that passes, or turns into a refusal",
    "client-lost": "answers that get lost on their way",
    "client-unreadable": "bodies that are not what the API promises",
    "client-unknown": "codes and statuses that nobody documented",
}
STRANGE_CODE = "SOMETHING_NEW"
_WAIT, _DATE_WAIT, _BAD_GATEWAY = 2.0, 3.0, 502
_TIMES = 2  # how often a delay is named before all is well
_HTML = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


def cases(contract: Contract) -> list[Script]:
    """Every case that a contract gives reason for, those that take long first."""
    made = [*_delays(contract), *_recovery(contract), *_lost(), *_unreadable(), *_unknown(), *_codes(contract)]
    return [SUCCESS, *made]


def _codes(contract: Contract) -> Iterator[Script]:
    for code in contract.codes.values():
        status = min(code.statuses) if code.statuses else _supposed(code)
        yield Script(
            id=f"code-{_plain(code.code)}",
            family="client-codes",
            title=f"{status} {code.code} for ever" if code.code != str(status) else f"{status} for ever",
            says=(Say(status=status, code=code.code),),
        )


def _supposed(code: Code) -> int:
    """A status for a code whose documents name none: verdicts never rest on it."""
    return 400 if code.retry in {RetryClass.NEVER, RetryClass.AFTER_CHANGE} else 503


def code_of(contract: Contract, status: int) -> str | None:
    """A code of the catalogue that comes with a status, first those that may be sent again; None where none does."""
    fits = [code for code in contract.codes.values() if status in code.statuses]
    fits.sort(key=lambda code: code.retry in {RetryClass.NEVER, RetryClass.AFTER_CHANGE})
    return fits[0].code if fits else None


def _delays(contract: Contract) -> Iterator[Script]:
    limit, outage = code_of(contract, 429), code_of(contract, 503)

    def script(name: str, title: str, status: int, delay: tuple[str, float] | None, *, zone: bool = False) -> Script:
        say = Say(status=status, code=limit if status == 429 else outage, delay=delay)  # noqa: PLR2004
        says = (*(say,) * _TIMES, WELL)
        return Script(id=name, family="client-delays", title=title, says=says, zone=zone)

    yield script("429-seconds", f"429 with Retry-After: {_WAIT:g}", 429, ("seconds", _WAIT))
    yield script("429-date", "429 with a Retry-After that is a date", 429, ("date", _DATE_WAIT))
    yield script(
        "429-date-elsewhere",
        "429 with a Retry-After that is a date, in a time zone east of UTC",
        429,
        ("date", _DATE_WAIT),
        zone=True,
    )
    yield script("429-zero", "429 with Retry-After: 0", 429, ("seconds", 0.0))
    yield script("429-no-hint", "429 without a time to wait", 429, None)
    if contract.errors.delay:
        yield script("429-body", "429 with a time to wait in its body", 429, ("body", _WAIT))
        yield script("503-body", "503 with a time to wait in its body", 503, ("body", _WAIT))
    yield script("503-seconds", f"503 with Retry-After: {_WAIT:g}", 503, ("seconds", _WAIT))


def _recovery(contract: Contract) -> Iterator[Script]:
    outage = Say(status=503, code=code_of(contract, 503))
    refusal = Say(status=400, code=code_of(contract, 400))

    def script(name: str, title: str, *says: Say) -> Script:
        return Script(id=name, family="client-recovery", title=title, says=says)

    yield script("503-then-success", "503 once, then success", outage, WELL)
    yield script("503-then-400", "503 once, then 400 for ever", outage, refusal)
    yield script("503-forever", "503 for ever", outage)


def _lost() -> Iterator[Script]:
    def script(name: str, title: str, *hows: str, landed: bool = True) -> Script:
        says = tuple(Say(how=how) if how else WELL for how in hows)
        return Script(id=name, family="client-lost", title=title, says=says, landed=landed)

    yield script("lost-once", "the connection is closed after the request was read; it was done", CLOSED, "")
    yield script(
        "lost-undone", "the connection is closed after the request was read; it was not done", CLOSED, "", landed=False
    )
    yield script("lost-forever", "the connection is closed after each request", CLOSED)
    yield script("reset-once", "the connection is reset after the request was read", RESET, "")
    yield script("partial-once", "the answer breaks off", PARTIAL, "")


def _unreadable() -> Iterator[Script]:
    def script(name: str, title: str, body: bytes, media_type: str = "application/json") -> Script:
        say = Say(status=_BAD_GATEWAY, body=body, media_type=media_type)
        return Script(id=name, family="client-unreadable", title=title, says=(say,), strange=f"its body, {title[9:]}")

    yield script("502-html", "502 with a page of HTML", _HTML, "text/html")
    yield script("502-empty", "502 with an empty body", b"")
    yield script("502-cut-json", "502 with JSON that ends too early", b'{"success": false, "error": {"code": "')
    yield script("502-charset", "502 with JSON in another charset", '{"error": "é"}'.encode("utf-16"))


def _unknown() -> Iterator[Script]:
    def script(name: str, status: int, strange: str) -> Script:
        say = Say(status=status, code=STRANGE_CODE)
        title = f"{status} with a code that nobody documented"
        return Script(id=name, family="client-unknown", title=title, says=(say,), strange=strange)

    yield script("unknown-code-400", 400, "its code")
    yield script("unknown-code-500", 500, "its code")
    for status in (418, 499, 599):
        yield script(f"status-{status}", status, "its status")


def _plain(code: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", code)
