"""A field that must be unique serves as a reference, in its own form."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from errorcontract.cases import Build, Kit, Names, families, generators
from errorcontract.cases.oracle import allowed
from errorcontract.contract import load
from errorcontract.model import Outcome

REGISTRATIONS = [("depth", "registerCreator"), ("http-guide", "register")]
USES = {"first", "second", "third", "racing", "good", "refused", "corrected"}
OURS = re.compile(r"ec-test-[0-9]+a@(example|domain)\.com")


def kit_of(contract, **changed):
    """A kit for a contract, the operation that has a reference changed."""
    operations = {id_: replace(one, **changed) if one.reference else one for id_, one in contract.operations.items()}
    return Kit(Build(replace(contract, operations=operations), Names(run="ec-test")), local=True)


def cases_of(family, kit):
    return list(families()[family](kit))


def email(step):
    return json.loads(step.make({}).body)["email"]


@pytest.fixture(params=REGISTRATIONS, ids=lambda one: one[0])
def registration(request):
    name, operation = request.param
    kit = kit_of(load(name))
    return kit, kit.contract.operations[operation]


def test_a_fresh_reference_stands_in_the_form(registration):
    kit, operation = registration
    made = {kit.build.reference(operation) for _ in range(50)}
    assert len(made) == 50
    assert all(OURS.fullmatch(text) for text in made)


def test_a_bare_reference_is_its_own_form():
    kit = kit_of(load("oneclickdz"))
    operation = kit.contract.operations["sendTopUp"]
    assert kit.build.reference(operation, "r-1a") == "r-1a"
    assert operation.reference_exact


def test_each_story_about_references_uses_one_of_the_form(registration):
    kit, _ = registration
    everything = [*cases_of("references", kit), *cases_of("races", kit)]
    stories = [case for case in everything if case.about in {"duplicate", "freed", "race", "freed-at-once"}]
    assert {case.about for case in stories} >= {"duplicate", "race"}
    for case in stories:
        used = {email(step) for step in case.steps if step.name in USES}
        assert len(used) == 1
        assert OURS.fullmatch(used.pop())


def test_without_ledger_and_look_up_only_the_uses_are_sent(registration):
    kit, operation = registration
    uses = {case.variant: case for case in cases_of("references", kit) if case.about == "duplicate"}
    duplicate = uses.pop("same body, then another")
    assert [step.name for step in duplicate.steps] == ["first", "between", "second", "third"]
    assert "after a while" in uses
    assert ("after refusals" in uses) == bool(operation.fields)
    for race in (case for case in cases_of("races", kit) if case.about == "race"):
        assert {step.name for step in race.steps} - {"effect-1"} == {"racing"}
        assert race.steps[0].promise.cost is None


def test_the_third_use_comes_with_another_good_body(registration):
    kit, operation = registration
    duplicate = next(case for case in cases_of("references", kit) if case.about == "duplicate")
    first, second, third = (
        json.loads(step.make({}).body) for step in duplicate.steps if step.name in {"first", "second", "third"}
    )
    assert first == second != third
    assert third | {"email": 0} == {**kit.build.fill(dict(operation.good[1].body)), "email": 0}


def test_a_refusal_because_of_the_field_itself_frees_nothing():
    kit = kit_of(load("depth"))
    freed = [case for case in cases_of("references", kit) if case.about == "freed"]
    assert len(freed) > 5
    for case in freed:
        refused, corrected = case.steps
        assert email(refused) == email(corrected)
        assert "body/email" not in refused.promise.field_names


def test_nothing_is_asked_about_likes_of_a_reference_where_nothing_is_promised(registration):
    kit, _ = registration
    assert not [case for case in cases_of("references", kit) if case.about == "exact"]


def test_likes_of_a_reference_differ_whatever_ends_its_form():
    kit = kit_of(load("depth"), reference_exact=True, reference_form="{new_reference}-1@example.com")
    exact = [case for case in cases_of("references", kit) if case.about == "exact"]
    assert len(exact) == 3
    for case in exact:
        used = [email(step) for step in case.steps]
        assert len(set(used)) == len(used)
        assert all("-1@example.com" in text for text in used)
    assert email(exact[0].steps[0]).lower() == email(exact[0].steps[1]).lower()


def test_a_generated_body_gets_a_fresh_reference_unless_its_own_is_wrong():
    kit = kit_of(load("depth"))
    operation = kit.contract.operations["registerCreator"]
    form = operation.body_schema["properties"]["email"]
    seen = []

    @seed(1)
    @settings(
        max_examples=60, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(generators()["openapi"].volleys(kit, operation.id))
    def draw(volley):
        seen.extend(case.steps[0] for case in volley)

    draw()
    replaced = 0
    for step in seen:
        body = read(step)
        if not isinstance(body, dict) or not isinstance(body.get("email"), str):
            continue
        replaced += bool(OURS.fullmatch(body["email"]))
        assert OURS.fullmatch(body["email"]) or not allowed(form, body["email"])
        if step.promise.outcome is Outcome.REJECTED:
            assert not allowed(operation.body_schema, body)
    assert replaced


def read(step):
    try:
        return json.loads(step.make({}).body or b"")
    except ValueError:
        return None
