"""Generated cases are the same for the same seed, and promise only what the documents do."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from errorcontract.cases import Build, Kit, Names, generators
from errorcontract.cases.oracle import allowed
from errorcontract.model import Outcome

OPERATION = "sendTopUp"


def kit_of(contract, number=0):
    return Kit(Build(contract, Names(run="ec-test", returned={"balance": 1_000_000.0})), seed=number, local=True)


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


def streamed(contract, number, operation=OPERATION):
    cases = generators()["combinations"].stream(kit_of(contract, number), operation)
    return [told(case) for case in islice(cases, 60)]


def test_combinations_are_the_same_for_the_same_seed(contract):
    assert streamed(contract, 7) == streamed(contract, 7)
    assert streamed(contract, 7) != streamed(contract, 8)


def test_combinations_change_two_places_and_leave_the_reference_fresh(contract, values_of):
    operation = contract.operations[OPERATION]
    kit = kit_of(contract)
    good = values_of(operation, kit.build.request(OPERATION))
    references = set()
    for case in islice(generators()["combinations"].stream(kit, OPERATION), 100):
        sent = values_of(operation, case.steps[0].make({}))
        references.add(sent.pop(operation.reference))
        changed = {
            place
            for place in good.keys() | sent.keys()
            if sent.get(place) is not good.get(place) and sent.get(place) != good.get(place)
        }
        assert len(changed - {operation.reference}) <= 2
    assert len(references) == 100


def test_a_refusal_of_a_combination_rests_on_a_value_that_must_be_refused(contract, values_of):
    operation = contract.operations[OPERATION]
    fields = {field.place: field for field in operation.fields}
    for case in islice(generators()["combinations"].stream(kit_of(contract), OPERATION), 300):
        if case.steps[0].promise.outcome is Outcome.REJECTED:
            sent = values_of(operation, case.steps[0].make({}))
            assert any(not allowed(fields[place].schema, value) for place, value in sent.items() if place in fields), (
                case.id
            )


def drawn(contract, family, number, operation=OPERATION):
    seen = []
    volleys = generators()[family].volleys(kit_of(contract), operation)
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
