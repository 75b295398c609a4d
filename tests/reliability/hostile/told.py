"""Texts that act where they are shown, and JSON that breaks what reads it."""

from __future__ import annotations

import json

from .server import HONEST, says, whole

MARKS = {
    "terminal escapes": "\x1b[2J\x1b]0;owned\x07\x1b[31mred\x9b31m",
    "text that runs the other way": "\u202eevil\u202d \u2066x\u2069 \u200f \u061c",
    "the end of a script": "</script><script>canary()</script>",
    "an event handler": '<img src=x onerror=canary()>" onmouseover="canary()',
    "an SVG": "<svg/onload=canary()><svg><script>canary()</script></svg>",
    "a formula": '=cmd|\'/c calc\'!A1,@SUM(1+1),+1,-1\t=HYPERLINK("http://canary.invalid")',
    "Markdown": "| a | b |\n[x](javascript:canary()) ![x](http://canary.invalid/x.png) <canary> `` ``` ~~~",
    "NUL": "a\0b",
    "commands of a CI": "\n::error file=x::canary\n##[error]canary\n::add-mask::e\n",
    "templates": "{{7*7}} ${7*7} <%= 7*7 %> {% raw %} %s %n {0.__class__}",
    "line separators": "a\u2028b\u2029c\x85d\x0be\x0cf\rg",
    "very many letters": "m" * 100_000,
    "letters that stack": "Z" + "\u0335\u0336\u0337" * 2000,
}


def error(mark: object, status: bytes = b"400 Bad Request", *headers: bytes) -> bytes:
    """An answer that has the mark in each place that a report shows."""
    details = [{"@type": mark, "reason": mark, "metadata": {str(mark): mark}, "fieldViolations": [mark]}]
    told = {"code": mark, "message": mark, "status": mark, "details": details, "requestId": mark}
    body = {"error": told, "success": mark, "requestId": mark, "code": mark, "message": mark, str(mark)[:99]: mark}
    return whole(json.dumps(body, ensure_ascii=False).encode(), *headers, status=status)


def marked(name: str, mark: str) -> None:
    """A behaviour that has the mark in its reason and head too, as far as a line can hold it."""
    line = mark.translate(dict.fromkeys(map(ord, "\r\n\0"), " "))[:5000].encode()
    headers = [b"X-Request-Id: " + line, b"Location: " + line, b"Retry-After: " + line, b"Allow: " + line]
    says(name, error(mark, b"400 " + line, *headers))


for _name, _mark in MARKS.items():
    marked(_name, _mark)

NUMBERS = {
    "a number too large for a float": b"1e400",
    "a number of 5,000 digits": b"9" * 5000,
    "a number of 100,000 digits": b"9" * 100_000,
    "a fraction of 100,000 digits": b"0." + b"1" * 100_000,
    "NaN": b"NaN",
    "minus nothing": b"-0.0",
    "2 to the power of 63": b"9223372036854775808",
}
for _name, _number in NUMBERS.items():
    _body = b'{"error":{"code":%b,"message":%b,"status":%b},"code":%b,"requestId":%b,"retryAfter":%b,"timestamp":%b}'
    says(_name, whole(_body.replace(b"%b", _number), b"Retry-After: " + _number[:5000]))

DEEP = 100_000
says("arrays 100,000 deep", whole(b"[" * DEEP + b"]" * DEEP))
says("objects 100,000 deep", whole(b'{"a":' * DEEP + b"1" + b"}" * DEEP))
says("arrays without an end, 100,000 deep", whole(b"[" * DEEP))


def refused(details: bytes, message: bytes = b"no", code: bytes = b"400") -> bytes:
    """An answer of the dialect, with these details as they stand."""
    told = b'{"error":{"code":%b,"message":"%b","status":"INVALID_ARGUMENT","details":%b}}'
    return whole(told % (code, message, details))


for _depth in (150, 300, 500, 900, 990):
    says(f"arrays {_depth} deep in an error", refused(b"[" * _depth + b"]" * _depth))
    says(f"objects {_depth} deep in an error", refused(b"[" + b'{"a":' * _depth + b"1" + b"}" * _depth + b"]"))

EVERYWHERE = {
    "1e999 in every member": b"1e999",
    "400 digits in every member": b"7" * 400,
    "surrogates in every member": b'"\\ud800\\u0000\\u001b[2J"',
    "lists 400 deep in every member": b"[" * 400 + b"]" * 400,
}
_MEMBERS = (b"balance", b"id", b"items", b"products", b"status", b"code", b"message", b"requestId", b"timestamp")
for _name, _value in EVERYWHERE.items():
    _told = b",".join(b'"%b":%b' % (member, _value) for member in _MEMBERS)
    says(_name, whole(b'{"success":true,"data":{%b},"meta":{%b},%b}' % (_told, _told, _told), status=b"200 OK"))

says("one name twice", refused(b"[]", code=b'200,"code":400'))
says("lone surrogates", refused(b'[{"\\ud800":1}]', message=b"\\ud800", code=b'"\\udfff"'))
says("NUL in a text of JSON", refused(b'"\\u0000"', message=b"a\\u0000b"))
says("bytes that are no UTF-8", refused(b'"\xed\xa0\x80"', message=b"\xff\xfe\xc0\xaf"))
says("UTF-16", whole('{"error":{"code":400}}'.encode("utf-16")))
says("a byte order mark", whole(b"\xef\xbb\xbf" + HONEST))
says("a hundred thousand members", whole(json.dumps({str(number): number for number in range(100_000)}).encode()))
says("fifty thousand details", refused(json.dumps([{"@type": "a"}] * 50_000).encode()))
says("a name of 1 MB", whole(json.dumps({"error": {"x" * 1_000_000: 1, "code": 400}}).encode()))
says("long answers that are wrong", whole(json.dumps({"error": {"code": 400, "message": "m" * 15_000}}).encode()))
says("nothing but NUL", whole(b"\0" * 1000))
says("a million spaces", whole(b" " * 1_000_000))
says("HTML in place of JSON", whole(b"<!DOCTYPE html><title>502</title><script>canary()</script>", kind=b"text/html"))
says("a type of content that acts", whole(b"{}", kind=b"text/html;</script><svg/onload=canary()>\x1b[2J"))
