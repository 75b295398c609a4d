"""A hand-made journal: what a run against a faulty OneClickDz target writes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Line = dict[str, Any]
STARTED = 1795312800.0
URL = "http://127.0.0.1:8080/v3"

RULES = [
    ("json-body", "envelope", "Every answer is JSON"),
    ("envelope-shape", "envelope", "Every error has the one shape"),
    ("success-flag", "envelope", "success is false on errors"),
    ("documented-code", "codes", "Only listed codes are sent"),
    ("code-status", "codes", "Each code comes with its status"),
    ("code-for-cause", "codes", "Each cause has its code"),
    ("request-id-present", "request id", "Every answer names its request"),
    ("request-id-unique", "request id", "No request id is used twice"),
    ("invalid-input-rejected", "input", "What the documents forbid is refused"),
    ("valid-input-accepted", "input", "What the documents allow is taken"),
    ("no-server-error", "input", "No input leads to a server error"),
    ("duplicate-rejected", "references", "A reference is used once"),
    ("charged-once", "money", "An order is charged once"),
    ("credentials-required", "credentials", "No key, no answer"),
    ("no-internals", "leaks", "Errors tell nothing of the inside"),
    ("allow-on-405", "HTTP", "405 names the allowed methods"),
    ("localized-message", "language", "Messages follow the caller"),
]
CODES = [
    ("MISSING_ACCESS_TOKEN", [401], "never", True, None),
    ("INVALID_ACCESS_TOKEN", [401], "never", True, None),
    ("ERR_AUTH", [401], "never", True, None),
    ("NO_BALANCE", [403], "after-change", True, None),
    ("DUPLICATED_REF", [403], "never", True, None),
    ("ERR_VALIDATION", [400], "never", True, None),
    ("ERR_PHONE", [400], "never", True, None),
    ("NOT_FOUND", [404], "never", True, None),
    ("RATE_LIMIT_EXCEEDED", [429], "after-delay", True, None),
    ("INTERNAL_ERROR", [500, 503], "backoff", False, "needs a failure inside the target"),
    ("ERR_STOCK", [], "backoff", False, "needs an empty stock"),
]
CAUSES = [
    ("no-key", "no credentials", ["MISSING_ACCESS_TOKEN"]),
    ("bad-key", "wrong credentials", ["INVALID_ACCESS_TOKEN", "ERR_AUTH"]),
    ("invalid-phone", "a phone number that the documents forbid", ["ERR_VALIDATION"]),
    ("low-balance", "more than the balance", ["NO_BALANCE"]),
    ("unknown-id", "an id that names nothing", ["NOT_FOUND"]),
    ("used-reference", "a reference for the second time", ["DUPLICATED_REF"]),
    ("burst", "too many at once", ["RATE_LIMIT_EXCEEDED"]),
]
OPERATIONS = [
    ("validateToken", "GET", "/v3/validate"),
    ("getBalance", "GET", "/v3/account/balance"),
    ("listPlans", "GET", "/v3/mobile/plans"),
    ("sendTopUp", "POST", "/v3/mobile/send"),
    ("checkByRef", "GET", "/v3/mobile/check-ref/{ref}"),
    ("checkById", "GET", "/v3/mobile/check-id/{id}"),
    ("sendInternet", "POST", "/v3/internet/send"),
    ("placeOrder", "POST", "/v3/gift-cards/placeOrder"),
]


def run(name: str = "oneclickdz", **changes: Any) -> Line:
    """A run line."""
    return {
        "type": "run",
        "run": name,
        "schema": 1,
        "tool": {"name": "errorcontract", "version": "1.0.0"},
        "title": "OneClickDz Flexy API v3",
        "target": URL,
        "embedded": False,
        "fault": None,
        "choices": [],
        "contract": {
            "name": name,
            "title": "OneClickDz Flexy API v3",
            "digest": "9f2c41d07ab3e6f5" * 4,
            "folder": name,
        },
        "started": "2026-11-22T02:00:00.000Z",
        "seed": 0,
        "budget": 400,
        "rate": "60/minute",
        "command": f"pytest --target {URL} --contract {name}",
        "python": "3.11.7",
        "platform": "Linux x86_64",
        "commit": "4be12fa",
        "versions": {"pytest": "9.2.0", "hypothesis": "6.170.15"},
        "rules": [
            {"id": rule, "group": group, "title": title, "severity_note": "An error where it is documented."}
            for rule, group, title in RULES
        ],
        "left_out": {"localized-message": "the documents promise messages in English only"},
        "codes": [
            {
                "code": code,
                "statuses": statuses,
                "retry": retry,
                "provenance": "documented",
                "source": "error handling page, code table",
                "provokable": can,
                "why_not": why,
                "message": None,
            }
            for code, statuses, retry, can, why in CODES
        ],
        "causes": [{"id": cause, "title": title, "codes": codes} for cause, title, codes in CAUSES],
        "operations": [{"id": one, "method": method, "path": path} for one, method, path in OPERATIONS],
        **changes,
    }


def request(body: str | None = None, path: str = "/mobile/send", method: str = "POST") -> Line:
    """A request as the journal stores it."""
    headers = [
        ["Content-Type", "application/json"],
        ["X-Access-Token", "$ERRORCONTRACT_TOKEN"],
        ["Accept", "application/json"],
    ]
    return {"method": method, "url": URL + path, "headers": headers, "body": body, "base64": False}


def response(status: int = 400, body: str = "{}", **changes: Any) -> Line:
    """A response as the journal stores it."""
    headers = [["Content-Type", "application/json; charset=utf-8"], ["X-Request-Id", "req_1730160959_xyz789"]]
    return {"status": status, "reason": "", "headers": headers, "body": body, "base64": False, "cut": None, **changes}


def exchange(
    number: int, *, name: str = "oneclickdz", status: int | None = 400, body: str = "{}", **changes: Any
) -> Line:
    """An exchange line; `status` None: no answer came."""
    return {
        "type": "exchange",
        "run": name,
        "number": number,
        "family": "phone",
        "case": f"phone-{number}",
        "step": "send",
        "operation": "sendTopUp",
        "cause": "invalid-phone/other digits",
        "request": request('{"MSSIDN":"0778037340"}'),
        "response": None if status is None else response(status, body),
        "failure": "connection reset" if status is None else None,
        "started": STARTED + number / 10,
        "seconds": 0.02,
        **changes,
    }


def finding(
    ident: str = "3fa9c1d2e4b56078",
    *,
    name: str = "oneclickdz",
    sent: str = "{}",
    got: str = "{}",
    status: int = 200,
    **changes: Any,
) -> Line:
    """A finding line with a story of two exchanges, the second of which shows it."""
    asked, answered = request(sent), response(status, got)
    first = {
        "step": "balance",
        "request": request(None, "/account/balance", "GET"),
        "response": response(200, '{"success":true,"data":{"balance":1500}}'),
        "failure": None,
        "seconds": 0.011,
    }
    return {
        "type": "finding",
        "run": name,
        "id": ident,
        "rule": "invalid-input-rejected",
        "severity": "error",
        "operation": "sendTopUp",
        "cause": "invalid-phone/other digits",
        "code": None,
        "status": status,
        "summary": "A phone number in Arabic-Indic digits was accepted",
        "expected": "status 400 with code ERR_VALIDATION",
        "observed": f"status {status}, an order was made",
        "provenance": {"kind": "documented", "source": "send page, field MSSIDN"},
        "curl": f"curl -X POST '{URL}/mobile/send' \\\n  -H \"X-Access-Token: $ERRORCONTRACT_TOKEN\" \\\n"
        f"  -H 'Content-Type: application/json' \\\n  --data-binary '{sent}'",
        "question": "suites/test_phone.py::test_a_forbidden_number_is_refused[oneclickdz-sendTopUp]",
        "accepted": None,
        "evidence": 12,
        "exchanges": [11, 12],
        "exchange": {
            "request": {**asked, "headers": dict(map(tuple, asked["headers"]))},
            "response": {**answered, "headers": dict(map(tuple, answered["headers"]))},
            "seconds": 0.184,
        },
        "story": [first, {"step": "send", "request": asked, "response": answered, "failure": None, "seconds": 0.184}],
        **changes,
    }


def again(ident: str, number: int, name: str = "oneclickdz") -> Line:
    """A further occurrence."""
    return {"type": "again", "run": name, "id": ident, "number": number, "operation": "sendTopUp"}


def tally(
    question: str = "suites/test_phone.py::test_a_forbidden_number_is_refused[oneclickdz-sendTopUp]",
    *,
    name: str = "oneclickdz",
    **changes: Any,
) -> Line:
    """A tally line."""
    return {
        "type": "tally",
        "run": name,
        "question": question,
        "family": "phone",
        "operation": "sendTopUp",
        "requests": 12,
        "seconds": 0.31,
        "rules": {"json-body": [12, 0], "invalid-input-rejected": [11, 2]},
        "operations": {"sendTopUp": {"requests": 12, "accepted": 3, "rejected": 9}},
        "statuses": {"200": 3, "400": 9},
        "codes": {"ERR_VALIDATION": {"400": 8, "422": 1}},
        "causes": {"invalid-phone": {"sent": 11, "answered": {"ERR_VALIDATION": 9}}},
        "unsent": [],
        "notes": [],
        **changes,
    }


def end(name: str = "oneclickdz", **changes: Any) -> Line:
    """An end line."""
    return {
        "type": "end",
        "run": name,
        "finished": "2026-11-22T02:00:12.300Z",
        "seconds": 12.3,
        "complete": True,
        "why": None,
        **changes,
    }


def write(path: Path, lines: Iterable[Line], tail: str = "") -> Path:
    """A journal of these lines; `tail` is what a killed run left of the last one."""
    text = "".join(json.dumps(line) + "\n" for line in lines)
    path.write_text(text + tail, encoding="utf-8")
    return path


def whole() -> list[Line]:
    """A run that shows every part of a report."""
    arabic = '{"plan_code":"PREPAID_DJEZZY","MSSIDN":"٠٧٧٨٠٣٧٣٤٠","amount":500,"ref":"order-1"}'
    order = (
        '{"success":true,"data":{"topupId":"64f0c2a1b2c3","topupRef":"order-1"},"requestId":"req_1730160959_xyz789"}'
    )
    leak = (
        '{"success":false,"error":{"code":"INTERNAL_ERROR","message":"خطأ داخلي في الخدمة",'
        '"details":{"trace":"TypeError: cannot read properties of undefined (reading \'ref\')"}},"amount":1e400}'
    )
    html = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
    return [
        run(),
        *(
            exchange(number, status=status, body='{"success":false}')
            for number, status in enumerate(
                [400] * 61 + [200] * 14 + [401] * 22 + [403] * 9 + [404] * 17 + [500, 502, None], 1
            )
        ),
        finding(sent=arabic, got=order),
        *(again("3fa9c1d2e4b56078", number) for number in range(20, 33)),
        finding(
            "b1",
            rule="no-internals",
            sent=arabic,
            got=leak,
            status=500,
            code="INTERNAL_ERROR",
            cause="invalid-reference/NUL",
            summary="The error shows the inside of the program",
            expected="no trace, path or exception name",
            observed="details.trace: TypeError: cannot read properties of undefined",
        ),
        finding(
            "b2",
            rule="json-body",
            severity="warning",
            sent="{",
            got=html,
            status=502,
            operation=None,
            cause="truncated body",
            summary="The proxy in front answers in HTML",
            expected="a JSON object",
            observed="text/html, 74 bytes",
            provenance={"kind": "inferred", "source": "samples of the error handling page"},
        ),
        finding(
            "b3",
            rule="code-status",
            sent=arabic,
            got=leak,
            status=422,
            code="ERR_VALIDATION",
            cause="invalid-phone/country form",
            summary="ERR_VALIDATION came with status 422",
            expected="status 400",
            observed="status 422",
        ),
        finding(
            "b4",
            rule="allow-on-405",
            severity="warning",
            accepted="the gateway is replaced in March",
            operation="listPlans",
            summary="405 without an Allow header",
        ),
        tally(),
        tally(
            "suites/test_credentials.py::test_no_key_no_answer[oneclickdz]",
            family="credentials",
            operation="getBalance",
            requests=24,
            seconds=0.52,
            rules={"json-body": [24, 0], "envelope-shape": [24, 0], "credentials-required": [24, 0]},
            operations={"getBalance": {"requests": 24, "accepted": 2, "rejected": 22}},
            codes={"MISSING_ACCESS_TOKEN": {"401": 11}, "ERR_AUTH": {"401": 11}},
            causes={
                "no-key": {"sent": 11, "answered": {"MISSING_ACCESS_TOKEN": 11}},
                "bad-key": {"sent": 11, "answered": {"ERR_AUTH": 11}},
            },
        ),
        tally(
            "suites/test_lookup.py::test_an_unknown_id_is_not_found[oneclickdz-checkById]",
            operation="checkById",
            requests=17,
            rules={
                "json-body": [17, 1],
                "envelope-shape": [17, 0],
                "no-internals": [17, 1],
                "request-id-present": [17, 0],
            },
            operations={"checkById": {"requests": 17, "accepted": 0, "rejected": 17}},
            codes={"NOT_FOUND": {"404": 17}, "E_TEAPOT": {"418": 1}},
            causes={"unknown-id": {"sent": 17, "answered": {"NOT_FOUND": 17}}},
        ),
        tally(
            "suites/test_routes.py::test_unknown_routes_keep_the_envelope[oneclickdz]",
            operation=None,
            requests=6,
            rules={"json-body": [6, 1], "envelope-shape": [6, 0]},
            operations={},
            codes={},
            causes={},
            unsent=[
                {"case": "burst-1", "cause": "burst", "why": "the budget of 400 requests went to cases that tell more"}
            ],
        ),
        {"type": "note", "run": "oneclickdz", "text": "few good requests were accepted: 3 of 12"},
        end(),
    ]
