"""One defect is one finding, with the same id in every run, graded by what its promise rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from errorcontract.findings import Findings, fingerprint, parted, severity
from errorcontract.model import (
    Basis,
    Breach,
    Case,
    Exchange,
    Outcome,
    Promise,
    Provenance,
    Request,
    Response,
    Severity,
    Step,
    Trace,
)

DOCUMENTED = Basis(provenance=Provenance.DOCUMENTED, source="a page")
REQUEST = Request(method="POST", target="/v3/x", operation="sendTopUp")
FAMILIES = ("routes", "amount", "phone", "recipes", "credentials")


def exchange(number=1, status=200):
    return Exchange(number=number, case="a case", step="test", request=REQUEST, response=Response(status=status))


def breach(**more):
    told = {
        "summary": "s",
        "expected": "e",
        "observed": "o",
        "basis": DOCUMENTED,
        "exchange": exchange(),
        "operation": "sendTopUp",
    }
    return Breach(**told | more)


def trace(*exchanges):
    promise = Promise(outcome=Outcome.EITHER, basis=DOCUMENTED)
    step = Step(name="test", make=lambda _: REQUEST, promise=promise)
    case = Case(id="a case", family="f", operation="sendTopUp", cause="a cause", variant="v", steps=(step,))
    return Trace(case=case, exchanges=tuple((step, one) for one in exchanges or (exchange(),)))


WHERE = st.fixed_dictionaries(
    {
        "operation": st.none() | st.text(),
        "cause": st.none() | st.text(),
        "code": st.none() | st.text(),
        "status": st.none() | st.integers(100, 599),
    }
)


@given(WHERE, st.text(), st.integers(), st.sampled_from(Provenance))
def test_an_id_hangs_on_what_broke_where_and_on_nothing_else(where, text, number, provenance):
    other = breach(
        **where,
        summary=text,
        expected=text,
        observed=text,
        basis=Basis(provenance=provenance, source=text),
        exchange=exchange(number),
    )
    assert fingerprint("c", "r", breach(**where)) == fingerprint("c", "r", other)


def place(where):
    cause, kind = parted(where["cause"])
    return {**where, "cause": (cause, kind is None)}


@given(WHERE, WHERE)
@example(*({"operation": "o", "cause": f"invalid-phone/{kind}", "code": None, "status": 1} for kind in "ab"))
def test_different_places_have_different_ids(one, other):
    same = fingerprint("c", "r", breach(**one)) == fingerprint("c", "r", breach(**other))
    assert same is (place(one) == place(other))
    assert fingerprint("c", "r", breach(**one)) != fingerprint("c", "s", breach(**one))
    assert fingerprint("c", "r", breach(**one)) != fingerprint("d", "r", breach(**one))


def test_an_id_is_the_same_in_every_version():
    told = breach(cause="invalid-amount/negative", code="ERR_VALIDATION", status=400)
    assert fingerprint("oneclickdz", "code-status", told) == "code-status-d2b280c76a"


@pytest.mark.parametrize(
    ("provenance", "grade"),
    [
        (Provenance.DOCUMENTED, Severity.ERROR),
        (Provenance.INFERRED, Severity.WARNING),
        (Provenance.STANDARD, Severity.WARNING),
        (Provenance.UNSPECIFIED, None),
    ],
)
def test_provenance_decides_severity(provenance, grade):
    told = breach(basis=Basis(provenance=provenance, source="a page"))
    assert severity(told) is grade
    added = Findings("c", {}, lambda *_: "").add("r", told, trace(), "a question", story=False)
    assert (added and added[1].severity) is grade


def test_a_second_breach_of_a_kind_is_counted_not_reported():
    findings = Findings("c", {}, lambda *_: "")
    identity, finding = findings.add("r", breach(), trace(), "first", story=False)
    assert findings.add("r", breach(observed="else"), trace(), "second", story=False) == (identity, None)
    assert (findings.occurrences, list(findings.all), finding.question) == ({identity: 2}, [identity], "first")


def test_an_accepted_finding_carries_its_reason():
    identity = fingerprint("c", "r", breach())
    _, finding = Findings("c", {identity: "known"}, lambda *_: "").add("r", breach(), trace(), "q", story=False)
    assert finding.accepted == "known"


@pytest.mark.parametrize(("story", "independent", "only"), [(True, True, None), (False, False, None), (False, True, 7)])
def test_the_command_repeats_the_whole_case_only_where_it_takes_it(story, independent, only):
    played = trace(exchange(6), exchange(7))
    played = replace(played, case=replace(played.case, independent=independent))
    asked = []
    Findings("c", {}, lambda _, number, sends: asked.append((number, sends)) or "").add(
        "r", breach(exchange=exchange(7)), played, "q", story=story
    )
    assert asked == [(only, 1)]


def test_a_request_that_must_be_sent_often_is_the_only_one_printed():
    asked = []
    findings = Findings("c", {}, lambda _, number, sends: asked.append((number, sends)) or "")
    findings.add("r", breach(exchange=exchange(7)), trace(exchange(6), exchange(7)), "q", story=False, sends=9)
    assert asked == [(7, 9)]


def of_field(name, cause, *, kind=Outcome.REJECTED):
    """A case whose request is wrong in one field."""
    step = Step(
        name="test",
        make=lambda _: REQUEST,
        promise=Promise(outcome=kind, basis=DOCUMENTED, cause=cause, field_name=name),
    )
    case = Case(id="a case", family="f", operation="sendTopUp", cause=cause, variant="v", steps=(step,))
    return Trace(case=case, exchanges=((step, exchange()),))


def added(findings, cause, name="phone", **more):
    told = breach(cause=cause, summary=f"{cause} is accepted", **more)
    return findings.add("r", told, of_field(name, cause), "q", story=False)


def test_classes_of_one_field_are_one_finding_that_lists_them():
    findings = Findings("c", {}, lambda *_: "")
    kinds = ["other digits", "newline at the end", "other digits"]
    identities = {added(findings, f"invalid-phone/{kind}")[0] for kind in kinds}
    [finding] = findings.all.values()
    assert identities == {finding.id}
    assert (finding.cause, finding.field) == ("invalid-phone", "phone")
    assert finding.variants == ("other digits", "newline at the end")
    assert finding.told == "invalid-phone is accepted: phone (other digits, newline at the end)"
    assert findings.occurrences == {finding.id: 3}


@pytest.mark.parametrize("kinds", [["a", "b"], ["b", "a"], ["c"]])
def test_an_id_does_not_hang_on_the_classes_that_were_seen(kinds):
    findings = Findings("c", {}, lambda *_: "")
    for kind in kinds:
        added(findings, f"invalid-phone/{kind}")
    assert list(findings.all) == [fingerprint("c", "r", breach(cause="invalid-phone/any"), "phone")]


def test_other_fields_are_other_findings():
    findings = Findings("c", {}, lambda *_: "")
    added(findings, "invalid-text/empty", "name")
    added(findings, "invalid-text/empty", "city")
    added(findings, "missing-field/city", "city")
    assert [one.field for one in findings.all.values()] == ["name", "city", "city"]
    assert [one.variants for one in findings.all.values()] == [("empty",), ("empty",), ()]


def test_a_class_that_is_only_a_warning_never_hides_an_error():
    findings = Findings("c", {}, lambda *_: "")
    inferred = Basis(provenance=Provenance.INFERRED, source="a sample")
    for cause, basis in [("other-reference/padded", inferred), ("other-reference/other case", DOCUMENTED)]:
        added(findings, cause, basis=basis)
    assert [one.severity for one in findings.all.values()] == [Severity.WARNING, Severity.ERROR]


def test_a_pointer_is_no_cause_with_a_class():
    findings = Findings("c", {}, lambda *_: "")
    findings.add("r", breach(cause="/data/id"), trace(), "q", story=False)
    findings.add("r", breach(cause="/data/ref"), trace(), "q", story=False)
    assert [one.cause for one in findings.all.values()] == ["/data/id", "/data/ref"]


def test_a_long_list_of_classes_is_cut():
    findings = Findings("c", {}, lambda *_: "")
    for number in range(20):
        added(findings, f"invalid-phone/{number}")
    [finding] = findings.all.values()
    assert finding.told.endswith("(0, 1, 2, 3, 4, 5, 6, 7 and 12 more)")
    assert len(finding.variants) == 20


@pytest.mark.parametrize(
    "fault", ["negative-amount-accepted", "wrong-method-framework-answer", "request-id-missing", "operation-open"]
)
def test_ids_hang_on_neither_order_nor_seed_nor_budget(serve, findings_at, fault):
    ids = {one.id for one in findings_at(serve(fault), FAMILIES)}
    assert ids
    assert {one.id for one in findings_at(serve(fault), FAMILIES, backwards=True, seed=5)} == ids
    few = {one.id for one in findings_at(serve(fault), FAMILIES, budget=200)}
    assert few
    assert few <= ids


def test_a_finding_holds_its_story_and_its_evidence(serve, findings_at):
    for finding in findings_at(serve("charged-twice"), ["success"]):
        numbers = [exchange.number for exchange in finding.exchanges]
        assert finding.evidence in numbers
        assert numbers == sorted(numbers)
        assert finding.summary
        assert finding.expected
        assert finding.observed


def test_generated_cases_add_no_second_finding_of_a_known_defect(serve, findings_at):
    names = ["amount", "combinations", "fuzz"]
    prepared = {
        one.id
        for one in findings_at(serve("negative-amount-accepted"), ["amount"])
        if one.rule == "invalid-input-rejected"
    }
    every = {
        one.id for one in findings_at(serve("negative-amount-accepted"), names) if one.rule == "invalid-input-rejected"
    }
    assert every == prepared


@pytest.mark.parametrize(
    ("fault", "rule"), [("charged-twice", "charged-once"), ("refused-duplicate-charged", "rejected-leaves-no-trace")]
)
def test_what_one_request_shows_is_not_told_of_several_at_once(serve, findings_at, fault, rule):
    findings = findings_at(serve(fault), ["success", "references", "money", "races"])
    assert {finding.rule for finding in findings} == {rule}


def test_what_only_several_at_once_show_is_told(serve, findings_at):
    findings = findings_at(serve("race-loser-charged"), ["success", "references", "money", "races"])
    assert {finding.rule for finding in findings} == {"duplicate-race"}
