"""What the prepared cases send is what they say, for every bundled contract."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace

import jsonschema_rs
import pytest

from errorcontract.cases import Build, Kit, Names, families, fields
from errorcontract.cases.meant import as_meant
from errorcontract.cases.oracle import allowed
from errorcontract.model import Field, Outcome, moments


@pytest.fixture
def every(kit):
    return [case for family in families().values() for case in family(kit)]


def test_every_case_has_an_id_of_its_own(every):
    assert [name for name, count in Counter(case.id for case in every).items() if count > 1] == []


def test_every_step_has_a_name_of_its_own_in_its_case(every):
    """What goes at one moment is numbered: there a name may come again."""
    for case in every:
        together = [(len(moment) > 1 or moment[0].copies > 1, moment) for moment in moments(case.steps)]
        names = [{(several, step.name) for step in moment} for several, moment in together]
        assert len(set().union(*names)) == sum(map(len, names)), case.id


def test_every_case_belongs_to_the_family_that_made_it(kit):
    assert {(name, case.family) for name, family in families().items() for case in family(kit)} == {
        (name, name) for name, family in families().items() if list(family(kit))
    }


def test_every_case_names_an_operation_of_the_contract_or_none(every, contract):
    assert {case.operation for case in every} <= {None, *contract.operations}


def test_every_first_request_can_be_made_and_every_cost_counts_the_copies(every):
    for case in every:
        assert case.steps[0].make({}) is not None
        assert case.cost == sum(step.copies for step in case.steps) >= 1


def test_the_same_contract_gives_the_same_cases_in_the_same_order(kit, every):
    anew = replace(kit, build=Build(kit.contract, Names(run=kit.build.names.run, returned=kit.build.names.returned)))
    again = [case for family in families().values() for case in family(anew)]
    assert [(case.id, case.tells, case.cost) for case in again] == [(case.id, case.tells, case.cost) for case in every]


def test_no_request_holds_a_credential(every, contract):
    means = contract.credentials
    secrets = [means.test_value, *(other.test_value for other in means.others.values())]
    for case in every:
        request = case.steps[0].make({})
        assert not any(secret in repr(request) for secret in secrets)


def test_a_refusal_is_promised_only_for_causes_of_the_contract(every, contract):
    promised = {
        step.promise.cause.partition("/")[0]
        for case in every
        for step in case.steps
        if step.promise.outcome is Outcome.REJECTED
    }
    assert promised <= set(contract.causes)


def different(one, other):
    return {
        place
        for place in one.keys() | other.keys()
        if place not in one or place not in other or not same(one[place], other[place])
    }


def varying(kit, operation, good, values_of):
    """What differs between two requests of the same kind: references, times."""
    return different(*(values_of(operation, kit.build.request(operation.id, good)) for _ in range(2)))


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


def same(one, other):
    if isinstance(one, str) and isinstance(other, str) and MOMENT.fullmatch(one) and MOMENT.fullmatch(other):
        return True  # told relative to now, which went on
    return type(one) is type(other) and one == other


def test_a_single_refused_request_differs_from_a_good_one_in_the_place_that_is_tested(kit, contract, values_of):
    for case in fields.cases(kit):
        operation = contract.operations[case.operation]
        sent = values_of(operation, case.steps[0].make({}))
        place = case.notes["field"]
        differences = [
            different(sent, values_of(operation, kit.build.request(operation.id, good)))
            - varying(kit, operation, good, values_of)
            for good in operation.good
        ]
        if not any(all(within(one, place) for one in places) for places in differences):
            pytest.fail(f"{case.id} differs in {differences}")


def within(place, field):
    return place == field or place.startswith(f"{field}/") or field.startswith(f"{place}/")


def test_a_single_refused_request_breaks_the_documents(kit, contract, values_of):
    refused = [case for case in fields.cases(kit) if case.steps[0].promise.outcome is Outcome.REJECTED]
    assert refused
    for case in refused:
        operation = contract.operations[case.operation]
        field = next(field for field in operation.fields if field.place == case.notes["field"])
        sent = values_of(operation, case.steps[0].make({}))
        if field.place not in sent:
            assert field.required or any(within(place, field.place) for place in sent), case.id
        elif not str(case.cause).startswith(str(field.unknown_cause)):
            assert not allowed(field.schema, as_meant(field, sent[field.place])), case.id


def test_a_name_of_nothing_is_well_formed(contract, kit):
    named = [field for one in contract.operations.values() for field in one.fields if field.unknown is not None]
    assert all(
        allowed(field.schema, kit.build.fill(field.unknown))
        for field in named
        if field.kind in {"identifier", "reference"}
    )


def parameters(contract, operation):
    """The schemas of an operation's parameters by place, with what they refer to."""
    item = contract.openapi["paths"][operation.path]
    described = [*item.get("parameters", ()), *item[operation.method.lower()].get("parameters", ())]
    return {
        f"{one['in']}/{one['name']}": {**one["schema"], "components": contract.openapi.get("components", {})}
        for one in (resolved(contract, one) for one in described)
    }


def flat(contract, schema):
    return resolved(contract, schema) if "$ref" in schema else schema


def resolved(contract, described):
    while "$ref" in described:
        target = contract.openapi
        for part in described["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        described = target
    return described


def test_good_requests_keep_the_openapi_document(contract, kit, values_of):
    for operation in contract.operations.values():
        for good in operation.good:
            request = kit.build.request(operation.id, good)
            values = values_of(operation, request)
            if operation.body_schema is not None and request.header("Content-Type") == "application/json":
                body = json.loads(request.body)
                assert jsonschema_rs.Draft202012Validator(operation.body_schema).is_valid(body), (
                    operation.id,
                    good.name,
                )
            for place, schema in parameters(contract, operation).items():
                if place in values:
                    meant = as_meant(
                        Field(place=place, kind="text", schema=schema, required=True, cause=""), values[place]
                    )
                    assert jsonschema_rs.Draft202012Validator(schema).is_valid(meant), (operation.id, good.name, place)


def test_good_values_of_fields_keep_their_schemas(contract, kit, values_of):
    for operation in contract.operations.values():
        values = values_of(operation, kit.build.request(operation.id))
        kept = {
            field.place: allowed(field.schema, as_meant(field, values[field.place]))
            for field in operation.fields
            if field.place in values
        }
        assert all(kept.values()), (operation.id, kept)


def test_wrong_credentials_come_from_addresses_of_their_own(every):
    sources = [
        request.source
        for case in every
        if case.about == "credentials" and case.cause == "wrong-credentials"
        for step in case.steps
        if (request := step.make({}))
    ]
    assert sources
    assert None not in sources
    assert all(source.startswith("127.") and source != "127.0.0.1" for source in sources)


def test_ids_of_cases_are_the_same_in_every_run(kit, contract):
    names = replace(kit.build.names, run="ec-another")
    other = Kit(Build(contract, names), local=True, cased=True, aliases=True, limit=(5, 2.0))
    one, two = ([case.id for family in families().values() for case in family(each)] for each in (kit, other))
    assert one == two
