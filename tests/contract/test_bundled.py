from __future__ import annotations

import json
import re
import time

import jsonschema
import jsonschema_rs
import pytest
import schemathesis
from openapi_spec_validator import validate

from errorcontract.contract import bundled, lint, load, production_hosts
from errorcontract.contract.rooms import profiles, room
from errorcontract.contract.source import read

DOCUMENTED = {
    ("MISSING_ACCESS_TOKEN", 401),
    ("INVALID_ACCESS_TOKEN", 401),
    ("ERR_AUTH", 401),
    ("NO_BALANCE", 403),
    ("INSUFFICIENT_BALANCE", 403),
    ("DUPLICATED_REF", 403),
    ("IP_BLOCKED", 403),
    ("IP_NOT_ALLOWED", 403),
    ("ERR_VALIDATION", 400),
    ("ERR_PHONE", 400),
    ("NOT_FOUND", 404),
    ("RATE_LIMIT_EXCEEDED", 429),
    ("INTERNAL_SERVER_ERROR", 500),
    ("INTERNAL_ERROR", 500),
    ("ERR_SERVICE", 503),
    ("API_DISABLED", 403),
    *((code, status) for code in ("ERR_STOCK", "INVALID_PHONE") for status in range(400, 600)),
}
NO_ERRORS = ("UNKNOWN_ERROR", "NETWORK_ERROR", "SOMETHING_ELSE")


@pytest.mark.parametrize("name", bundled())
def test_a_bundled_contract_is_sound(name):
    assert lint(name) == []
    assert load(name).name == name


@pytest.mark.parametrize("name", profiles())
def test_a_bundled_profile_is_sound(name):
    assert lint(room() / "profiles" / name) == []


@pytest.mark.parametrize("name", bundled())
def test_a_bundled_contract_loads_quickly(name):
    def seconds():
        started = time.perf_counter()
        load(name)
        return time.perf_counter() - started

    assert min(seconds() for _ in range(3)) < 0.25


@pytest.mark.parametrize("name", bundled())
def test_its_openapi_document_is_valid_and_schemathesis_reads_it(name):
    contract = load(name)
    validate(dict(contract.openapi))
    schema = schemathesis.openapi.from_dict(dict(contract.openapi))
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= len(contract.operations)


@pytest.mark.parametrize("name", bundled())
def test_its_schemas_are_schemas(name):
    for file in (room() / name).glob("*.schema.json"):
        jsonschema.Draft202012Validator.check_schema(json.loads(file.read_text("utf-8")))


def test_the_schema_of_manifests_is_a_schema_that_teaches():
    schema = json.loads((room() / "manifest.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert all("description" in value or "$ref" in value for value in schema["properties"].values())


@pytest.mark.parametrize("make", [jsonschema.Draft202012Validator, jsonschema_rs.Draft202012Validator])
def test_the_code_table_of_oneclickdz_accepts_exactly_the_documented_pairs(make):
    validator = make(dict(read(room() / "oneclickdz" / "codes.schema.json", "codes").value))
    codes = {code for code, _ in DOCUMENTED} | set(NO_ERRORS)
    for code in codes:
        for status in range(200, 600):
            right = (code, status) in DOCUMENTED
            assert validator.is_valid({"code": code, "status": status}) is right, (code, status)
    assert not validator.is_valid({"code": "ERR_VALIDATION"})
    assert not validator.is_valid({"status": 400})


@pytest.mark.parametrize("part", ["success", "error"])
def test_the_examples_of_the_openapi_document_keep_the_envelope(part):
    contract = load("oneclickdz")
    schema = {**contract.envelope, "oneOf": [{"$ref": f"#/$defs/{part}"}]}
    examples = [
        media["example"]
        for answer in contract.openapi["components"]["responses"].values()
        for media in answer["content"].values()
        if "example" in media
    ]
    validator = jsonschema_rs.Draft202012Validator(schema)
    chosen = [example for example in examples if example["success"] is (part == "success")]
    assert chosen
    assert all(validator.is_valid(example) for example in chosen)


@pytest.mark.parametrize(
    "body",
    [
        {"success": True, "error": {"code": "ERR_VALIDATION", "message": "x"}},
        {"success": False, "error": "Not found"},
        {"success": False, "error": {"code": "", "message": "x"}},
        {"success": False, "error": {"code": "notSnake", "message": "x"}},
        {"success": False, "error": {"code": "ERR_VALIDATION", "message": " "}},
        {"success": False, "error": {"code": "ERR_VALIDATION", "message": "x", "details": []}},
        {"success": False, "error": {"code": "ERR_VALIDATION", "message": "x"}, "requestId": 7},
        {"message": "Cannot GET /v3/nothing", "error": "Not Found", "statusCode": 404},
        {"success": True},
    ],
)
def test_the_envelope_of_oneclickdz_refuses(body):
    assert not jsonschema_rs.Draft202012Validator(dict(load("oneclickdz").envelope)).is_valid(body)


def test_codes_that_cannot_be_provoked_say_why():
    for code in load("oneclickdz").codes.values():
        assert code.provokable or code.why_not


def test_every_pattern_ends_at_the_very_end_for_the_validator_in_use():
    contract = load("oneclickdz")
    for operation in contract.operations.values():
        for field in operation.fields:
            if field.kind == "phone":
                validator = jsonschema_rs.Draft202012Validator(dict(field.schema))
                number = contract.data["phone" if "MSSIDN" in field.place else "adsl_number"]
                assert validator.is_valid(number)
                assert not validator.is_valid(number + "\n")


def test_the_production_hosts_of_all_contracts_are_known():
    assert {host for name in bundled() for host in load(name).production_hosts} == set(production_hosts())


def test_no_code_knows_a_contract_by_name():
    source = room().parent / "src" / "errorcontract" / "contract"
    if not source.is_dir():
        pytest.skip("the sources are not beside the contracts")
    names = re.compile("|".join(name for name in bundled() if name != "depth"), re.IGNORECASE)  # an English word too
    assert [file.name for file in source.glob("*.py") if names.search(file.read_text("utf-8"))] == []
