"""What all rules have in common."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errorcontract.findings import fingerprint, severity
from errorcontract.model import Breach, Provenance, Severity
from errorcontract.rules import KEPT, all_rules

many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

STORIES = {
    "single": ["test"],
    "credentials": ["wrong-getBalance", "good"],
    "lock-out": ["wrong-1", "wrong-2", "shut-out"],
    "duplicate": ["first", "balance-before", "second", "third", "balance-after", "look-up"],
    "race": ["balance-before", "racing", "racing", "balance-after", "look-up"],
    "side-by-side": ["balance-before", "orders", "orders", "balance-after"],
    "charge": ["balance-before", "test", "balance-after"],
    "overdraft": ["spend-1", "balance-before", "too-much", "balance-after"],
    "no-trace": ["balance-before", "refused-1", "balance-after"],
    "freed": ["refused", "corrected"],
    "exact": ["first", "other"],
    "stable": ["time-1", "time-2"],
    "burst": ["burst", "burst", "again"],
}
MANY = {"racing", "orders", "burst"}
OPERATIONS = {"balance-before": "getBalance", "balance-after": "getBalance", "look-up": "getTopUpByRef"}

CODES = [
    "ERR_VALIDATION",
    "DUPLICATED_REF",
    "RATE_LIMIT_EXCEEDED",
    "NO_BALANCE",
    "ERR_STOCK",
    "INVALID_PHONE",
    "IP_BLOCKED",
    "X\ud800",
]
TEXTS = st.text() | st.sampled_from(["", "\ud800", "req_1", "amount", "/srv/app/a.py", "[credential]", "x" * 500])
NUMBERS = st.integers() | st.floats() | st.sampled_from([10**400, -(10**400), 2**64, 1e308])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
ERRORS = st.fixed_dictionaries(
    {
        "success": st.sampled_from([False]) | VALUES,
        "error": VALUES
        | st.fixed_dictionaries(
            {"code": st.sampled_from(CODES) | VALUES, "message": TEXTS | VALUES},
            optional={
                "details": VALUES | st.fixed_dictionaries({"field": TEXTS, "value": VALUES, "attemptsLeft": VALUES})
            },
        ),
    },
    optional={"requestId": VALUES},
)
MEMBERS = ["balance", "topupId", "topupRef", "topup_amount", "MSSIDN", "ref", "plan_code", "status", "type"]
SUCCESSES = st.fixed_dictionaries(
    {
        "success": st.sampled_from([True]) | VALUES,
        "data": VALUES
        | st.fixed_dictionaries(
            {},
            optional=dict.fromkeys(MEMBERS, VALUES),
        ),
    },
    optional={"requestId": VALUES},
)
DEEP = st.integers(1, 3000).map(
    lambda depth: b'{"success": false, "data": %s, "requestId": 1}' % (b"[" * depth + b"]" * depth)
)
BODIES = (ERRORS | SUCCESSES | VALUES).map(lambda body: json.dumps(body).encode()) | st.binary() | DEEP
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(["Retry-After", "Content-Type", "X-Request-Id", "Date", "x-other", ""]),
        st.text() | st.sampled_from(["5", "-1", "9" * 5000]),
    ),
    max_size=3,
).map(tuple)
STATUSES = st.sampled_from([200, 201, 204, 302, 304, 400, 401, 403, 404, 405, 413, 429, 500, 501, 503]) | st.integers(
    100, 999
)
PROMISES = st.sampled_from(
    [
        {},
        {"works": "good", "cost": 200.0},
        {"works": "good", "answers": {"/data/type": "4GLTE"}},
        {"fails": "missing-credentials"},
        {"fails": "wrong-credentials"},
        {"fails": "invalid-amount/negative", "field": "amount", "value": -100},
        {"fails": "duplicate-reference", "cost": 200.0},
        {"fails": "unknown-route"},
        {"fails": "malformed-body/empty"},
        {"fails": "insufficient-balance"},
        {"fails": "locked-out"},
        {"fails": "invalid-phone/text", "field": "MSSIDN", "value": "\ud800"},
        {"fails": "rate-limit"},
        {"fails": "out-of-stock"},
    ]
)


@pytest.fixture
def told(answered, unanswered):
    """Draws a story with arbitrary answers."""

    def draw(data, about):
        asked = []
        for number, name in enumerate(STORIES[about]):
            more = {
                "name": name,
                "operation": OPERATIONS.get(
                    name, data.draw(st.sampled_from(["sendTopUp", "checkNumber", *[None] * (about == "single")]))
                ),
            }
            more |= {"copy": number} if name in MANY else {}
            promise = {} if more["operation"] is None else data.draw(PROMISES)
            if data.draw(st.integers(0, 9)) == 0:
                asked.append(
                    unanswered(
                        data.draw(st.sampled_from(["the connection broke off", "no connection: refused"])),
                        **more,
                        **promise,
                    )
                )
                continue
            body, headers, kind = (
                data.draw(BODIES),
                data.draw(HEADERS),
                data.draw(st.sampled_from(["application/json", None, ""])),
            )
            method, cut = (
                data.draw(st.sampled_from(["POST", "GET", "HEAD"])),
                data.draw(st.sampled_from([None, None, None, "too long"])),
            )
            asked.append(
                answered(
                    data.draw(STATUSES),
                    body,
                    headers=headers,
                    content_type=kind,
                    method=method,
                    cut=cut,
                    **more,
                    **promise,
                )
            )
        return asked

    return draw


@pytest.mark.parametrize("about", STORIES)
@many
@given(data=st.data())
def test_whatever_a_target_answers_every_rule_gives_a_verdict(judge_all, told, about, data):
    for rule, verdict in judge_all(*told(data, about), about=about):
        assert verdict is KEPT or isinstance(verdict, Breach), rule.id


@many
@given(data=st.data(), about=st.sampled_from(sorted(STORIES)))
def test_every_breach_can_be_written_and_has_a_fingerprint(judge_all, told, about, data):
    for rule, breach in judge_all(*told(data, about), about=about):
        if breach is not KEPT:
            assert all(
                text.encode() for text in (breach.summary, breach.expected, breach.observed, breach.basis.source)
            )
            assert fingerprint("a contract", rule.id, breach).startswith(f"{rule.id}-")
            assert severity(breach) in {Severity.ERROR, Severity.WARNING, None}


@pytest.mark.parametrize("depth", [100, 250, 260, 900, 960, 970, 980, 990, 1000, 5000])
@pytest.mark.parametrize(
    "place",
    [
        '{"success": %s}',
        '{"requestId": %s}',
        '{"error": {"code": %s}}',
        '{"error": {"details": {"field": "amount", "value": %s}}}',
        "%s",
        '{"success": true, "data": {"balance": %s, "type": %s}}',
    ],
)
def test_no_depth_of_an_answer_stops_a_rule(judge_all, answered, place, depth):
    body = place.replace("%s", "[" * depth + "]" * depth).encode()
    asked = {"fails": "invalid-amount/negative", "field": "amount", "value": -1}
    good = {"works": "4G", "operation": "checkNumber", "answers": {"/data/type": "4GLTE"}}
    assert judge_all(answered(404, body, **asked), answered(200, body, **good), answered(400, body))


def test_nothing_is_said_of_a_story_without_exchanges(judge_all):
    for about in STORIES:
        assert judge_all(about=about) == []


def test_a_whole_conforming_story_breaks_nothing(judge_all, balance, accepted, refused):
    sent = {"plan_code": "PREPAID_DJEZZY", "MSSIDN": "0778037340", "amount": 200, "ref": "order-1a"}
    first = accepted({"topupId": "1", "topupRef": "order-1a"}, name="first", works="dynamic plan", sent=sent)
    again = [
        refused(403, "DUPLICATED_REF", name=name, fails="duplicate-reference", sent=sent)
        for name in ("second", "third")
    ]
    shown = {
        "_id": "1",
        "ref": "order-1a",
        "status": "HANDLING",
        "plan_code": "PREPAID_DJEZZY",
        "MSSIDN": "0778037340",
        "topup_amount": 200,
    }
    look = accepted(shown, name="look-up", operation="getTopUpByRef")
    verdicts = judge_all(first, balance(800), *again, balance(800, "balance-after"), look, about="duplicate")
    assert [(rule.id, verdict) for rule, verdict in verdicts if verdict is not KEPT] == []
    assert {rule.id for rule, _ in verdicts} >= {"duplicate-rejected", "original-found", "rejected-leaves-no-trace"}


def test_titles_are_sentences_and_groups_are_known():
    groups = {
        "codes",
        "credentials",
        "envelope",
        "http",
        "input",
        "leaks",
        "money",
        "references",
        "request id",
        "retry",
    }
    for rule in all_rules():
        assert rule.title[0].isupper()
        assert rule.title.endswith(".")
        assert rule.group in groups
        assert rule.judge.__doc__


def test_what_the_documents_leave_open_is_never_graded(judge_all, refused):
    hinted = refused(409, "INVALID_PHONE", headers=(("Retry-After", "5"),))
    open_ones = [
        breach for _, breach in judge_all(hinted) if breach and breach.basis.provenance is Provenance.UNSPECIFIED
    ]
    assert open_ones
    assert all(severity(breach) is None for breach in open_ones)
