"""Several faults in one request, for every bundled contract."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from errorcontract.cases import Build, families
from errorcontract.cases.oracle import allowed
from errorcontract.model import MISSING, Basis, ErrorPromises, Outcome, Provenance, Violations, resolve

BASIS = Basis(provenance=Provenance.DOCUMENTED, source="a page")


def cases_with(kit, **promises):
    """The cases of the family, of a contract whose refusals list fields."""
    listing = Violations(items="/errors", field="/field", path="name", **promises)
    promising = replace(kit.contract, errors=ErrorPromises(violations=listing))
    return list(families()["violations"](replace(kit, build=Build(promising, kit.build.names))))


@pytest.fixture
def cases(kit):
    return cases_with(kit, every=BASIS)


def test_each_request_has_two_faults_or_more_of_one_operation(cases, contract):
    for case in cases:
        places = case.steps[0].promise.field_names
        assert len(places) == len(set(places)) > 1
        assert set(places) <= {field.place for field in contract.operations[case.operation].fields}


def test_each_place_holds_a_value_that_is_not_allowed_or_nothing(cases, contract):
    for case in cases:
        body = json.loads(case.steps[0].make({}).body)
        schemas = {field.place: field.schema for field in contract.operations[case.operation].fields}
        for place in case.steps[0].promise.field_names:
            value = resolve(body, place.removeprefix("body"))
            assert value is MISSING or not allowed(schemas[place], value), (case.id, place, value)


def test_each_must_be_refused_for_a_cause_of_the_contract(cases, contract):
    for case in cases:
        promise = case.steps[0].promise
        assert promise.outcome is Outcome.REJECTED
        assert promise.cause.partition("/")[0] in contract.causes
        assert promise.field_name is None


def test_codes_are_promised_only_where_all_faults_have_the_same(cases, contract):
    for case in cases:
        codes = case.steps[0].promise.codes
        assert codes == frozenset() or any(codes == cause.codes for cause in contract.causes.values())


def test_where_not_all_faults_are_promised_to_be_listed_nothing_is_asked(kit):
    assert cases_with(kit) == []
    silent = replace(kit.contract, errors=ErrorPromises())
    assert list(families()["violations"](replace(kit, build=Build(silent, kit.build.names)))) == []
