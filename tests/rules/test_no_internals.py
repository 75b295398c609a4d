from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errorcontract.model import Provenance
from errorcontract.rules import KEPT

LEGAL = [
    "Validation error",
    "المرجع مستعمل من قبل",
    "Amount must be >= 50 and <= 5000",
    'The value "0x1f" is no amount',
    "Please select a plan from the list where your operator is shown",
    "Select an amount from the range where prices in DZD apply!",
    "Select one from these where possible!",
    "Update your key and set a new one",
    "Try again at 10:30",
    "Blocked until at least 12:30:15",
    "at /v3/mobile/send",
    "See https://docs.example.com/errors/index.php#codes",
    "See https://docs.example.com/sdk/node.js/errors.ts",
    "See http://127.0.0.1:8000/docs/errors.js",
    "Cannot GET /v3/no-such-thing",
    "No file line 12",
    "Input/output error",
    "AN_EXCEPTION",
    "Exception",
    "an exception occurred",
    "Error",
    "InternalError",
    "Type error in the amount",
    "value error",
    "insert into the machine",
    "Insert your card into slot A",
    "body.amount is wrong",
    "a.b.C",
    "Developer was notified and will check shortly",
]
INTERNAL = {
    "a stack trace": [
        "Traceback (most recent call last):",
        'File "app.py", line 12, in send',
        "at Object.send (/srv/app/index.js:10:5)",
        "at com.shop.Send.run(Send.java:42)",
        "at async send (file:///srv/app/index.mjs:10:5)",
        "goroutine 12 [running]:",
    ],
    "a query": [
        "SELECT * FROM orders WHERE ref = 'a'",
        "select id from orders o where o.ref=$1",
        "select a from b where c in (1, 2)",
        "SELECT ref FROM orders WHERE ref LIKE '%a'",
        "select a from b where c is not null",
        "INSERT INTO orders (ref)",
        "UPDATE orders SET ref = 1",
        "SQLSTATE[23000]",
        "ORA-00001: x",
        "UNIQUE constraint failed: orders.ref",
        "duplicate key value violates unique constraint",
        'syntax error at or near "x"',
    ],
    "a path": [
        "no template in /srv/app/errors/not_found.py",
        "C:\\app\\send.cs",
        "(/app/node_modules/express/lib)",
        "'/var/www/index.php'",
    ],
    "an exception": [
        "KeyError: 'ref'",
        "java.lang.NullPointerException",
        "psycopg2.errors.UniqueViolationError",
        "ValidationException: x",
        "JSONDecodeError",
    ],
}


@pytest.mark.parametrize("message", LEGAL)
def test_a_message_for_people_keeps_it(judge, refused, message):
    assert judge(refused(400, "ERR_VALIDATION", message=message)) == [KEPT]


@pytest.mark.parametrize(
    ("kind", "message"), [(kind, message) for kind, messages in INTERNAL.items() for message in messages]
)
def test_what_tells_of_the_inside_breaks_it(judge, refused, kind, message):
    [breach] = judge(refused(500, "INTERNAL_ERROR", message=message))
    assert breach.expected == "a message for people, nothing of the inside"
    assert breach.observed.startswith(f"{kind}: ")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, "INTERNAL_ERROR", 500)


def test_refusals_are_judged_like_failures(judge, refused):
    [breach] = judge(refused(400, "ERR_VALIDATION", details={"at": "/srv/app/errors/en.py"}))
    assert breach.status == 400


def test_a_body_that_is_not_json_is_judged_too(judge, answered):
    [breach] = judge(answered(502, b"<pre>Traceback (most recent call last):\xff</pre>", content_type="text/html"))
    assert breach.code is None


def test_successes_redirects_and_bodiless_answers_do_not_concern_it(judge, accepted, answered):
    assert judge(accepted({"note": "KeyError"}), answered(302, b"KeyError")) == []
    assert judge(answered(404, method="HEAD")) == [KEPT]


WORDS = st.sampled_from(
    " ".join([*LEGAL, "the order from a select of lines where none is set , . : ( ) ' \" = ; ! ? 12 /"]).split()
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet=st.characters(categories=["L", "N", "Zs"]))
    | st.lists(WORDS.filter(str.isalpha), max_size=30).map(" ".join)
)
def test_no_prose_is_ever_flagged(judge, refused, message):
    assert judge(refused(400, "ERR_VALIDATION", message=message)) == [KEPT]


@pytest.mark.parametrize(
    "value", ["Traceback (most recent call last):", "java.lang.IllegalStateException", "/srv/app/orders/send.py"]
)
def test_a_header_of_an_error_that_shows_the_inside_breaks_it(judge, refused, value):
    [breach] = judge(refused(400, "ERR_VALIDATION", headers=(("X-Debug", value),)))
    assert value.removesuffix(":") in breach.observed


@pytest.mark.parametrize(
    "header",
    [
        ("Link", "</static/app/main.js>; rel=preload"),
        ("Location", "/errors/pages/index.php"),
        ("Content-Security-Policy", "script-src /static/app/main.js"),
        ("SourceMap", "/static/app/main.js.map"),
        ("Server", "nginx/1.25.3 (Ubuntu)"),
        ("X-Powered-By", "PHP/8.2.1"),
    ],
)
def test_a_header_that_is_an_address_or_a_name_keeps_it(judge, refused, header):
    assert judge(refused(400, "ERR_VALIDATION", headers=(header,))) == [KEPT]
