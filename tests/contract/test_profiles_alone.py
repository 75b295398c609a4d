"""A profile with an OpenAPI document is a contract: nothing else has to be written."""

from __future__ import annotations

import pytest

from errorcontract.contract import load
from errorcontract.contract.sample import sample
from errorcontract.errors import UsageError
from errorcontract.model import Provenance

DOCUMENT = {
    "openapi": "3.1.0",
    "servers": [{"url": "https://api.example.com/v2"}],
    "security": [{"key": []}],
    "paths": {
        "/things": {
            "post": {
                "operationId": "makeThing",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "required": ["name", "size", "tags"],
                                "properties": {
                                    "name": {"type": "string", "minLength": 6},
                                    "size": {"type": "integer", "minimum": 3},
                                    "tags": {"type": "array", "minItems": 2, "items": {"enum": ["red", "blue"]}},
                                },
                            }
                        }
                    },
                },
                "responses": {"200": {"description": "made"}},
            }
        },
        "/things/{id}": {
            "get": {
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "it"}},
            }
        },
    },
    "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
}


@pytest.fixture
def contract():
    return load("google-status", openapi=DOCUMENT)


def test_its_operations_are_those_of_the_document(contract):
    assert {(one.method, one.path, one.effect) for one in contract.operations.values()} == {
        ("POST", "/v2/things", "write"),
        ("GET", "/v2/things/{id}", "read"),
    }
    assert (contract.name, contract.prefix) == ("google-status", "/v2")


def test_its_requests_keep_the_schema_and_nothing_is_promised_of_them(contract):
    [good] = contract.operations["makeThing"].good
    assert good.body == {"name": "textxx", "size": 3, "tags": ["red", "red"]}
    assert good.basis.provenance is Provenance.UNSPECIFIED


def test_credentials_go_where_the_document_says(contract):
    means = contract.credentials
    assert (means.header, means.template, means.environment) == ("X-Key", "{token}", "ERRORCONTRACT_TOKEN")


def test_an_open_api_needs_none():
    open_document = {name: value for name, value in DOCUMENT.items() if name != "security"}
    assert load("google-status", openapi=open_document).credentials is None


def test_without_a_document_the_refusal_says_what_is_missing():
    with pytest.raises(UsageError, match="is a profile: name the API's OpenAPI document too, with --openapi"):
        load("google-status")


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"example": 7, "default": 8}, 7),
        ({"type": ["null", "string"], "format": "date-time"}, "2024-01-31T10:00:00Z"),
        ({"type": "number", "maximum": 0.5}, 0.5),
        ({"type": "integer", "exclusiveMinimum": 4}, 5),
        ({"allOf": [{"required": ["a"], "properties": {"a": {"const": 1}}}, {"required": ["b"]}]}, {"a": 1, "b": {}}),
        ({"oneOf": [{"type": "boolean"}, {"type": "string"}]}, True),
        ({"type": "string", "maxLength": 2}, "te"),
        (True, {}),
    ],
)
def test_a_sample_is_the_example_or_the_plainest_value(schema, value):
    assert sample(schema) == value
