"""Generated cases are the same for the same seed, and promise only what the documents do."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from errorcontract.cases import Build, Kit, Names, generators
from errorcontract.cases.meant import as_meant
from errorcontract.cases.oracle import allowed
from errorcontract.model import Outcome


def widest(contract):
    """The operation with the most inputs."""
    return max(contract.operations.values(), key=lambda one: (len(one.fields), one.id)).id


def kit_of(contract, number=0):
    return Kit(Build(contract, Names(run="ec-test", returned={"balance": 1_000_000.0})), seed=number, local=True)


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch):
    """Values that hang on the clock are the same in every run of these tests."""
    monkeypatch.setattr("errorcontract.model.notation._clock", lambda: datetime(2026, 1, 31, 12, tzinfo=UTC))


def told(case):
    request = case.steps[0].make({})
    promise = case.steps[0].promise
    return (
        case.id,
        case.generated,
        promise.outcome,
        promise.cause,
        request and (request.method, request.target, request.headers, request.body),
    )


def streamed(contract, number, operation=None):
    cases = generators()["combinations"].stream(kit_of(contract, number), operation or widest(contract))
    return [told(case) for case in islice(cases, 60)]


def test_combinations_are_the_same_for_the_same_seed(contract):
    assert streamed(contract, 7) == streamed(contract, 7)
    assert streamed(contract, 7) != streamed(contract, 8)


def test_combinations_change_two_places_and_leave_the_reference_fresh(contract, values_of):
    operation = contract.operations[widest(contract)]
    kit = kit_of(contract)
    good, again = (values_of(operation, kit.build.request(operation.id)) for _ in range(2))
    fresh = {place for place in good if good[place] != again[place]} | {operation.reference}
    made = list(islice(generators()["combinations"].stream(kit, operation.id), 100))
    sent = [values_of(operation, case.steps[0].make({})) for case in made]
    for values in sent:
        changed = {place for place in good.keys() | values.keys() if not same(values.get(place), good.get(place))}
        assert len(roots(changed - fresh, operation)) <= 2
    if any(field.place == operation.reference and field.kind == "reference" for field in operation.fields):
        assert len({values[operation.reference] for values in sent}) == 100


def same(one, other):
    return type(one) is type(other) and one == other


def roots(places, operation):
    """The fields that places belong to: a value that is a list has many."""
    fields = [field.place for field in operation.fields]
    return {
        next((field for field in fields if place == field or place.startswith(f"{field}/")), place) for place in places
    }


def test_a_refusal_of_a_combination_rests_on_a_value_that_must_be_refused(contract, values_of):
    operation = contract.operations[widest(contract)]
    for case in islice(generators()["combinations"].stream(kit_of(contract), operation.id), 300):
        if case.steps[0].promise.outcome is Outcome.REJECTED:
            sent = values_of(operation, case.steps[0].make({}))
            assert any(refused(field, sent) for field in operation.fields), case.id


def refused(field, sent):
    if field.place in sent:
        return not allowed(field.schema, as_meant(field, sent[field.place]))
    return field.required or any(place.startswith(f"{field.place}/") for place in sent)


def drawn(contract, family, number, operation=None):
    seen = []
    volleys = generators()[family].volleys(kit_of(contract), operation or widest(contract))
    options = settings(
        max_examples=6, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )

    def collect(cases):
        seen.append([told(case) for case in cases])

    seed(number)(options(given(volleys)(collect)))()
    return seen


@pytest.mark.parametrize("family", ["fuzz", "openapi"])
def test_volleys_are_the_same_for_the_same_seed(contract, family):
    first = drawn(contract, family, 3)
    assert first == drawn(contract, family, 3)
    assert first != drawn(contract, family, 4)
    assert all(generated for volley in first for _, generated, *_ in volley)


@pytest.mark.parametrize("family", ["combinations", "fuzz", "openapi"])
def test_generated_cases_are_made_for_every_operation_concerned(contract, family):
    generator = generators()[family]
    for operation in contract.operations.values():
        if generator.concerns(operation):
            made = streamed(contract, 1, operation.id) if generator.stream else drawn(contract, family, 1, operation.id)
            assert made
