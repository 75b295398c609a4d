"""A reference comes again: with the same amount written otherwise, after a while, after refusals."""

from __future__ import annotations

import json
from dataclasses import replace

from errorcontract.cases import Build, Kit, Names, families
from errorcontract.contract import load


def test_an_amount_that_is_a_text_comes_again_with_other_digits():
    known = load("oneclickdz")
    order = known.operations["sendTopUp"]
    good = replace(order.good[0], body={**order.good[0].body, "amount": "200.00"}, cost="200.00")
    text = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]{1,2})?$", "x-minimum": 50, "x-maximum": 5000}
    fields = [replace(field, schema=text) if field.kind == "amount" else field for field in order.fields]
    changed = replace(order, good=(good,), fields=tuple(fields))
    kit = Kit(Build(replace(known, operations={**known.operations, "sendTopUp": changed}), Names(run="ec-test")))
    case = next(case for case in families()["references"](kit) if case.operation == "sendTopUp")
    uses = [step for step in case.steps if step.name in {"first", "third", "fourth"}]
    sent = {step.name: json.loads(step.make({}).body) for step in uses}
    assert [sent[name]["amount"] for name in ("first", "third", "fourth")] == ["200.00", "50.00", "200"]
    assert sent["first"]["ref"] == sent["fourth"]["ref"]


def test_an_amount_that_is_a_number_has_one_spelling():
    kit = Kit(Build(load("oneclickdz"), Names(run="ec-test")))
    assert "fourth" not in {step.name for case in families()["references"](kit) for step in case.steps}


def test_a_reference_comes_again_after_a_while():
    kit = Kit(Build(load("oneclickdz"), Names(run="ec-test")))
    case = next(case for case in families()["references"](kit) if case.variant == "after a while")
    first, second = (json.loads(step.make({}).body) for step in case.steps)
    assert first == second
    assert case.steps[1].pause({}) > 1


def test_a_used_reference_comes_again_after_requests_with_it_that_were_refused():
    kit = Kit(Build(load("oneclickdz"), Names(run="ec-test")))
    case = next(case for case in families()["references"](kit) if case.variant == "after refusals")
    bodies = [json.loads(step.make({}).body) for step in case.steps]
    assert bodies[0] == bodies[-1]
    assert len(bodies) > 3
    assert {body["ref"] for body in bodies} == {bodies[0]["ref"]}
    assert bodies[0] not in bodies[1:-1]
