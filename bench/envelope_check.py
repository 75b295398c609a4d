"""A check for Schemathesis: what the contract promises of every answer's envelope, judged as its custom checks are.

Used with SCHEMATHESIS_HOOKS=envelope_check; BENCH_CONTRACT names the contract. It gets every answer that Schemathesis
checks, those to undeclared methods and wrong media types among them. One message for one promise, so that failures are
told apart.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any

import jsonschema_rs
import schemathesis

from errorcontract.contract import load

_CONTRACT = load(os.environ["BENCH_CONTRACT"])
_FLAG, _ID = _CONTRACT.pointers.success, _CONTRACT.pointers.request_id
_ENVELOPE = jsonschema_rs.validator_for(dict(_CONTRACT.envelope))
_FIRST_ERROR = 400
_WRONG_METHOD = 405  # of HTTP, not of the contract: no code is promised with it


@schemathesis.check
def error_envelope(ctx: Any, response: Any, case: Any) -> None:
    """Success flag, error object with code and message, request id, documented pair of code and status."""
    del ctx
    if case.method == "HEAD" or response.status_code in (204, 304):
        return
    try:
        body = json.loads(response.content)
    except ValueError:
        raise AssertionError("the body is not JSON") from None
    _judge(response.status_code, body)


def _judge(status: int, body: Any) -> None:
    rejected = status >= _FIRST_ERROR
    if not _ENVELOPE.is_valid(body):
        raise AssertionError("the body is not the envelope")
    if _FLAG and _at(body, _FLAG) is rejected:
        raise AssertionError("the success flag and the status disagree")
    if rejected:
        _judge_id(_at(body, _ID) if _ID else None)
        _judge_code(status, _at(body, _CONTRACT.pointers.code))


def _judge_id(value: Any) -> None:
    promised = _CONTRACT.request_id
    if promised is None:
        return
    if not isinstance(value, str):
        raise AssertionError("the request id is missing")  # noqa: TRY004 (a failure of the target)
    if promised.pattern and not re.search(promised.pattern, value):
        raise AssertionError("the request id has another form")


def _judge_code(status: int, value: Any) -> None:
    if value is None:
        return
    code = _CONTRACT.codes.get(value)
    if code is None:
        raise AssertionError("the code is not documented")
    if code.statuses and status not in code.statuses and status != _WRONG_METHOD:
        raise AssertionError("the code comes with another status")


def _at(body: Any, pointer: str | None) -> Any:
    for name in (pointer or "").split("/")[1:]:
        body = body.get(name) if isinstance(body, dict) else None
    return body
