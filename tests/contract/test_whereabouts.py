"""Where the operations of a contract stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.contract import bundled, load
from errorcontract.contract.whereabouts import whereabouts


@pytest.mark.parametrize("name", bundled())
def test_every_operation_of_a_bundled_contract_is_found_at_its_method(name):
    contract = load(name)
    document, lines = whereabouts(contract)
    written = document.read_text("utf-8").splitlines()
    assert document.name == "openapi.yaml"
    assert set(lines) == set(contract.operations)
    for operation in contract.operations.values():
        assert written[lines[operation.id] - 1].strip() == f"{operation.method.lower()}:", operation.id


def test_a_document_that_took_the_place_of_the_own_is_the_one_to_open(tmp_path):
    contract = load("oneclickdz")
    other = tmp_path / "api.json"
    other.write_text('{"openapi": "3.1.0",\n "paths": {\n  "/v3/validate": {\n   "get": {}}}}')
    document, lines = whereabouts(contract, other)
    assert document == other
    assert lines == {next(one.id for one in contract.operations.values() if one.path == "/v3/validate"): 4}


@pytest.mark.parametrize("text", ["", "[", "paths: 5", '{"paths": {"/v3/validate": 1}}'])
def test_a_document_that_can_not_be_read_has_no_lines(tmp_path, text):
    other = tmp_path / "api.yaml"
    other.write_text(text)
    assert whereabouts(load("oneclickdz"), other) == (other, {})


def test_without_any_document_the_manifest_tells(tmp_path):
    contract = load("oneclickdz")
    (tmp_path / "contract.yaml").write_text("contract: x\noperations:\n  sendTopUp: {}\n")
    assert whereabouts(replace(contract, folder=tmp_path)) == (tmp_path / "contract.yaml", {"sendTopUp": 3})
