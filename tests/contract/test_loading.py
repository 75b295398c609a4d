from __future__ import annotations

import copy as copies
import subprocess
import sys
from pathlib import Path

import pytest

from errorcontract.contract import lint, load
from errorcontract.contract.names import fill
from errorcontract.contract.problem import Refused
from errorcontract.contract.rooms import room
from errorcontract.contract.source import parse
from errorcontract.errors import ContractError, UsageError
from errorcontract.model import Provenance, RetryClass


@pytest.fixture(scope="module")
def contract():
    return load("oneclickdz")


def field(contract, operation, place):
    return next(field for field in contract.operations[operation].fields if field.place == place)


def test_what_the_profile_says_is_inherited(contract):
    assert contract.pointers.code == ("/error/code",)
    assert contract.causes["wrong-method"].basis.provenance is Provenance.STANDARD


def test_an_envelope_of_its_own_goes_before_the_one_of_the_profile(copy):
    own = load(copy).envelope
    (copy / "envelope.schema.json").unlink()
    assert load(copy).envelope != own


def test_a_contract_may_extend_a_folder(copy, spoil):
    profile = copy / "base"
    profile.mkdir()
    text = "profile: base\nextends: success-envelope\npointers: {request_id: /id}\n"
    (profile / "contract.yaml").write_text(text, "utf-8")
    spoil("extends: success-envelope", "extends: base")
    assert load(copy).pointers.request_id == ("/id",)
    assert load(copy).pointers.code == ("/error/code",)


def test_a_mistake_in_a_profile_is_reported_there(copy, spoil):
    profile = copy / "base"
    profile.mkdir()
    (profile / "contract.yaml").write_text("profile: base\nextends: success-envelope\n\npointrs: {}\n", "utf-8")
    spoil("extends: success-envelope", "extends: base")
    assert str(lint(copy)[0]) == "base/contract.yaml:4: unknown key 'pointrs', did you mean 'pointers'?"


def test_a_reference_is_bare_and_exact_unless_the_contract_says_otherwise(spoil):
    own = "reference: body/ref\n    reference_exact: false\n    reference_form: 'order {new_reference}'"
    first = load(spoil("reference: body/ref", own)).operations
    assert (first["sendTopUp"].reference_form, first["sendTopUp"].reference_exact) == ("order {new_reference}", False)
    other = first["sendInternetTopUp"]
    assert (other.reference_form, other.reference_exact) == ("{new_reference}", True)


def test_null_takes_an_inherited_pointer_away(spoil):
    folder = spoil("prefix: /v3", "prefix: /v3\npointers: {request_id: null}")
    assert load(folder).pointers.request_id == ()


def test_method_path_and_schema_come_from_the_openapi_document(contract):
    operation = contract.operations["sendTopUp"]
    assert (operation.method, operation.path, operation.secured) == ("POST", "/v3/mobile/send", True)
    assert field(contract, "sendTopUp", "body/MSSIDN").schema["pattern"] == "^0[567][0-9]{8}$"
    assert field(contract, "sendTopUp", "body/MSSIDN").required
    assert not field(contract, "sendTopUp", "body/amount").required
    assert field(contract, "getTopUpById", "path/id").required


def test_a_field_may_add_to_its_schema(contract):
    assert field(contract, "sendInternetTopUp", "body/value").schema["enum"] == [500, 1000, 2000, 3000]
    assert field(contract, "sendInternetTopUp", "body/number").schema["pattern"] == "^0[0-9]{8}$"


def test_statuses_of_a_code_without_a_documented_status_are_empty(contract):
    assert contract.codes["ERR_STOCK"].statuses == frozenset()
    assert contract.codes["NO_BALANCE"].statuses == {403}
    assert contract.codes["NO_BALANCE"].retry is RetryClass.AFTER_CHANGE


def test_known_data_is_overridden_and_converted_to_the_type_of_its_default():
    changed = load("oneclickdz", {"amount_minimum": "60", "phone": "0770000000", "denominations": "500, 700"})
    assert changed.data["amount_minimum"] == 60
    assert changed.data["phone"] == "0770000000"
    assert changed.data["denominations"] == [500, 700]


def test_learned_bounds_reach_the_field_the_body_and_the_document():
    changed = load("oneclickdz", {"amount_minimum": 100, "amount_maximum": 10000.0})
    amount = field(changed, "sendTopUp", "body/amount")
    assert (amount.minimum, amount.maximum, amount.schema["minimum"]) == (100, 10000.0, 100)
    assert changed.operations["sendTopUp"].body_schema["properties"]["amount"]["maximum"] == 10000.0
    media = changed.openapi["paths"]["/v3/mobile/send"]["post"]["requestBody"]["content"]["application/json"]
    assert media["schema"]["properties"]["amount"]["minimum"] == 100
    assert "examples" in media


def test_what_is_learned_follows_an_override():
    assert load("oneclickdz", {"plan": "OTHER"}).learn["amount_minimum"].where == {"code": "OTHER"}


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"amout_minimum": "1"}, "did you mean 'amount_minimum'"),
        ({"amount_minimum": "many"}, "must be a number"),
        ({"amount_minimum": "nan"}, "must be a number"),
        ({"amount_minimum": "1e999"}, "must be a number"),
        ({"denominations": "500,x"}, "must be a number"),
    ],
)
def test_a_wrong_override_is_a_usage_error(data, text):
    with pytest.raises(UsageError, match=text):
        load("oneclickdz", data)


def test_bounds_the_wrong_way_round_are_refused():
    with pytest.raises(ContractError, match="above the maximum"):
        load("oneclickdz", {"amount_minimum": "9000"})


def test_loading_twice_gives_the_same_digest_and_a_change_another(spoil, copy):
    first = load(copy).digest
    assert load(copy).digest == first
    assert len(first) == 16
    assert load(spoil("requests: 60", "requests: 61")).digest != first


def test_another_openapi_document_may_call_its_operations_otherwise(contract):
    other = copies.deepcopy(dict(contract.openapi))
    other["servers"] = [{"url": "https://staging.example/v3"}]
    other["paths"] = {path.removeprefix("/v3"): item for path, item in other["paths"].items()}
    for number, item in enumerate(other["paths"].values()):
        for method in item.values():
            method["operationId"] = f"operation{number}"
    changed = load("oneclickdz", openapi=other)
    assert changed.operations["sendTopUp"].path == "/v3/mobile/send"
    assert "/v3/mobile/send" in changed.openapi["paths"]
    assert changed.digest != contract.digest


def test_another_openapi_document_may_be_a_file(contract):
    other = load("oneclickdz", openapi=room() / "oneclickdz" / "openapi.yaml")
    assert other.operations.keys() == contract.operations.keys()


def test_what_is_broken_in_another_document_matters_only_where_it_is_used(contract):
    broken = {"post": {"requestBody": {"$ref": "#/nothing"}}}
    other = {**contract.openapi, "paths": {**contract.openapi["paths"], "/other": broken}}
    assert load("oneclickdz", openapi=other).operations.keys() == contract.operations.keys()
    used = {"post": {"operationId": "sendTopUp", **broken["post"]}}
    other["paths"] = {**contract.openapi["paths"], "/v3/mobile/send": used}
    with pytest.raises(ContractError, match="leads nowhere"):
        load("oneclickdz", openapi=other)


def test_the_keys_of_a_document_that_was_read_elsewhere_may_be_numbers(contract):
    other = copies.deepcopy(dict(contract.openapi))
    other["paths"]["/v3/validate"]["get"]["responses"] = {200: {"description": "x"}}
    assert load("oneclickdz", openapi=other).operations["validateKey"].answer_schema is None


@pytest.mark.parametrize(
    "openapi",
    [
        {},
        {"openapi": "3.1.0"},
        {"openapi": "3.1.0", "paths": []},
        {"openapi": 3, "paths": {"/": 1}},
        "/no/such/file",
    ],
)
def test_another_openapi_document_that_is_none_is_refused(openapi):
    with pytest.raises(ContractError):
        load("oneclickdz", openapi=openapi)


def test_an_openapi_3_0_document_means_what_it_means_there(spoil, copy):
    spoil("openapi: 3.1.0", "openapi: 3.0.3", "openapi.yaml")
    old = "value: {type: number, minimum: 0, exclusiveMinimum: true, nullable: true,"
    spoil("value: {type: number, exclusiveMinimum: 0,", old, "openapi.yaml")
    schema = field(load(copy), "sendInternetTopUp", "body/value").schema
    assert schema["exclusiveMinimum"] == 0
    assert schema["type"] == ["number", "null"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("0556121212", "0556121212"),
        ("0x10", "0x10"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("2024-01-01", "2024-01-01"),
        (".inf", ".inf"),
        ("true", True),
        ("~", None),
        ("", None),
        ("null", None),
        ("12", 12),
        ("-1.5e3", -1500.0),
        ("'7'", "7"),
        ("*", None),
    ],
)
def test_yaml_holds_the_values_of_json(text, value):
    if text == "*":
        with pytest.raises(Refused):
            parse("a: *nothing")
        return
    assert parse(f"a: {text}") == {"a": value}


def test_yaml_keys_are_texts_and_merge_keys_work():
    assert parse("200: {no: 1}\nb: &b {x: 1, y: 2}\nc: {<<: *b, y: 3}") == {
        "200": {"no": 1},
        "b": {"x": 1, "y": 2},
        "c": {"x": 1, "y": 3},
    }


def test_a_name_alone_takes_the_type_of_its_value():
    assert fill(["{n}", "a{n}", "{other}", {"k": "{n}{n}"}], {"n": 7}) == [7, "a7", "{other}", {"k": "77"}]


def test_the_example_of_the_guide_is_a_sound_contract(tmp_path):
    guide = (Path(room()).parent / "docs" / "contracts.md").read_text("utf-8")
    files = guide.split("<!-- file: ")[1:]
    assert len(files) == 3
    for part in files:
        name = part.split(" -->")[0]
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(part.split("```")[1].split("\n", 1)[1], "utf-8")
    assert lint(tmp_path / "library") == []
    assert load(tmp_path / "library").operations["getLoan"].path == "/loans/{id}"


def test_the_command_says_what_is_wrong_and_how_badly(spoil):
    command = [sys.executable, "-m", "errorcontract.contract"]
    folder = spoil("learn:", "lern:")
    wrong = subprocess.run([*command, folder], capture_output=True, text=True, check=False)
    assert (wrong.returncode, "did you mean 'learn'?" in wrong.stdout) == (1, True)
    right = subprocess.run([*command, "oneclickdz"], capture_output=True, text=True, check=False)
    assert (right.returncode, right.stdout) == (0, "oneclickdz: sound\n")
    nothing = subprocess.run([*command, "oneclikdz"], capture_output=True, text=True, check=False)
    assert (nothing.returncode, "did you mean" in nothing.stderr) == (4, True)
