"""What all rules have in common."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errorcontract.findings import fingerprint, severity
from errorcontract.model import (
    Accepted,
    Asked,
    Basis,
    Breach,
    Canonical,
    Delay,
    Documentation,
    ErrorPromises,
    Gone,
    Hiding,
    Hint,
    HttpPromises,
    Language,
    Provenance,
    Severity,
    Shape,
    Timestamp,
    Told,
    Violations,
    Watch,
)
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
    "freed-at-once": ["refused", "refused", "corrected"],
    "limited": ["one-by-one-1", "one-by-one-2", "at-once", "at-once"],
    "different": ["different", "different"],
    "exact": ["first", "other"],
    "stable": ["time-1", "time-2"],
    "burst": ["burst", "burst", "again"],
    "methods": ["refused", "listed-1", "listed-2"],
    "created": ["created", "located"],
    "gone": ["test", "again-1", "again-2"],
    "media-types": ["test", "listed-1"],
    "conditional": ["first", "asked-1", "after", "fresh"],
    "hiding": ["forbidden-1", "missing", "forbidden-2"],
    "watched": ["watch-quiet-1", "watch-before-1", "refused-1", "watch-after-1"],
    "languages": ["language-1", "language-2", "language-3"],
}
HIDING = ("same", "hidden-or-403")
MANY = {"racing", "orders", "burst", "at-once", "different", "rush"}
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
PATHS = TEXTS | st.sampled_from(["ref[0]", "amount", "plan_code.x", "ref.ref[1].amount", "a[999999999]"])
VIOLATIONS = st.lists(st.fixed_dictionaries({}, optional={"field": PATHS | VALUES}) | VALUES, max_size=3)
TOLD = VALUES | st.sampled_from(["30s", "NOT_FOUND", "خطأ", "0001-01-01T00:00:00+23:59", "2025-09-02T10:00:60Z"])
ERRORS = st.fixed_dictionaries(
    {
        "success": st.sampled_from([False]) | VALUES,
        "error": VALUES
        | st.fixed_dictionaries(
            {"code": st.sampled_from(CODES) | VALUES, "message": TEXTS | VALUES},
            optional={
                "details": VALUES
                | st.fixed_dictionaries(
                    {"field": TEXTS, "value": VALUES, "attemptsLeft": VALUES},
                    optional={"told": TOLD, "violations": VIOLATIONS},
                )
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
        st.sampled_from(
            [
                "Retry-After",
                "Content-Type",
                "X-Request-Id",
                "Date",
                "Location",
                "Allow",
                "ETag",
                "Last-Modified",
                "x-other",
            ]
        ),
        st.text() | st.sampled_from(["5", "-1", "9" * 5000, "//[", "GET, POST", "Mon, 01 Jan 0001 00:00:00 +2359"]),
    ),
    max_size=3,
).map(tuple)
STATUSES = st.sampled_from(
    [200, 201, 202, 204, 302, 304, 400, 401, 403, 404, 405, 410, 413, 415, 429, 500, 501, 503]
) | st.integers(100, 999)
PROMISES = st.sampled_from(
    [
        {},
        {"works": "good", "cost": 200.0},
        {"works": "good", "answers": {"/data/type": "4GLTE"}},
        {"works": "good", "statuses": frozenset({201, 304}), "shape": {"properties": {"body": {"type": "array"}}}},
        {"fails": "missing-credentials"},
        {"fails": "wrong-credentials"},
        {"fails": "invalid-amount/negative", "field": "amount", "value": -100},
        {"fails": "invalid-field", "field_names": ("body/amount", "body/ref/0/x"), "codes": frozenset()},
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


SHAPES = [rule.id for rule in all_rules() if rule.judge.__module__ == "errorcontract.rules.shape"]
WHEN = {"allOf": [{"properties": {"status": {"minimum": 400}}}]}
FEW = {"properties": {"body": {"properties": {"error": {"properties": {"details": {"maxProperties": 3}}}}}}}


def promised_errors(basis):
    """Every promise that there can be about the bodies of errors."""
    told = "/error/details/told"
    return ErrorPromises(
        status_in_body=Told(pointer=told, basis=basis),
        canonical=Canonical(pointer=told, statuses={"NOT_FOUND": 404}, basis=basis),
        code_type=Told(pointer=told, basis=basis),
        timestamp=Timestamp(pointer=told, pattern=None, within=300.0, basis=basis),
        documentation=Documentation(pointer=told, template="https://docs.example.com/{code}", basis=basis),
        languages=tuple(Language(pointer=told, script="Arabic", holds=holds, basis=basis) for holds in (True, False)),
        constant_code=basis,
        violations=Violations(
            items="/error/details/violations",
            field="/field",
            path="body-path",
            tolerated_heads=frozenset({"ref"}),
            every=basis,
            only=basis,
            resolves=basis,
        ),
        delay=Delay(pointer=told, form="duration", basis=basis),
        hint_promised=Hint(statuses=frozenset({503}), basis=basis),
        hint_withheld=Hint(statuses=frozenset({429}), basis=basis),
        shapes=tuple(Shape(rule=rule, title="few members", when=WHEN, then=FEW, basis=basis) for rule in SHAPES),
    )


@pytest.fixture(scope="session")
def contract(contract):
    """The bundled contract with every promise that there can be about error bodies, HTTP and hiding."""
    basis = Basis(provenance=Provenance.DOCUMENTED, source="a page")
    known = ["location_on_201", "location_resolves", "allow_on_405", "challenge_on_401", "no_body", "redirect_location"]
    http = HttpPromises(
        **dict.fromkeys([*known, "not_modified"], basis),
        allowed_methods=Told(pointer="/data", basis=basis),
        supported_types=Told(pointer="/data", basis=basis),
        gone=Gone(deleted_at="/data", basis=basis),
        accepted=Accepted(pointer="/data", never=frozenset({"[]", "x"}), basis=basis),
    )
    hidden = [Hiding(name=mode, mode=mode, forbidden=Asked(), missing=Asked(), basis=basis) for mode in HIDING]
    order = replace(contract.operations["sendTopUp"], watch=(Watch(operation="getBalance", pointer="/data"),))
    typed = replace(contract.codes["ERR_VALIDATION"], types=frozenset({"validation"}), type_basis=basis)
    return replace(
        contract,
        http=http,
        hiding=tuple(hidden),
        operations={**contract.operations, "sendTopUp": order},
        errors=promised_errors(basis),
        pointers=replace(contract.pointers, request_id=("/requestId", "/error/details/told")),
        codes={**contract.codes, "ERR_VALIDATION": typed},
        media_types=frozenset({"application/json", "application/problem+json"}),
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
    variant = data.draw(st.sampled_from(HIDING)) if about == "hiding" else "a variant"
    for rule, verdict in judge_all(*told(data, about), about=about, variant=variant):
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
        "client",
        "codes",
        "credentials",
        "details",
        "envelope",
        "http",
        "input",
        "leaks",
        "messages",
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
