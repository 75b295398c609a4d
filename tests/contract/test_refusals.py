from __future__ import annotations

import os

import pytest

from errorcontract.contract import lint, load
from errorcontract.errors import ContractError, UsageError


@pytest.mark.parametrize(
    ("old", "new", "key", "text"),
    [
        ("learn:", "lern:", "data.amount_minimum", "unknown key 'lern', did you mean 'learn'?"),
        ("rate_limit:", "rate_limt:", "", "unknown key 'rate_limt', did you mean 'rate_limit'?"),
        ("kind: phone", "kind: fone", "operations.sendTopUp.fields.body/MSSIDN.kind", "did you mean 'phone'?"),
        ("effect: charge", "effect: chargd", "operations.sendTopUp.effect", "did you mean 'charge'?"),
        ("  getBalance:\n", "  getBalanc:\n", "operations.getBalanc", "did you mean 'getBalance'?"),
        (
            "body/MSSIDN: {kind",
            "body/MSISDN: {kind",
            "operations.sendTopUp.fields.body/MSISDN",
            "did you mean 'body/MSSIDN'?",
        ),
        (
            "cause: invalid-amount",
            "cause: invalid-amout",
            "operations.sendTopUp.fields.body/amount.cause",
            "'invalid-amount'?",
        ),
        (
            "unknown_cause: unknown-plan",
            "unknown_cause: unkown-plan",
            "operations.sendTopUp.fields.body/plan_code.unknown_cause",
            "'unknown-plan'?",
        ),
        (
            'amount: "{amount}", ref',
            'amount: "{amonut}", ref',
            "operations.sendTopUp.good[0].body.amount",
            "did you mean 'amount'?",
        ),
        ("{sendTopUp.id}", "{sendTopUp.idd}", "operations.getTopUpById.good[0].path.id", "did you mean 'id'?"),
        ("{sendTopUp.id}", "{sendTopUpp.id}", "operations.getTopUpById.good[0].path.id", "did you mean 'sendTopUp'?"),
        ("codes: [IP_BLOCKED]", "codes: [IP_BLOKED]", "causes.locked-out.codes[0]", "did you mean 'IP_BLOCKED'?"),
        ("codes: [IP_BLOCKED]", "codes: []", "causes", "no cause gives the code 'IP_BLOCKED'"),
        ("statuses: [429]", "statuses: [430]", "causes.rate-limit.statuses", "comes with [429]"),
        ("statuses: [429]", "statuses: 429", "causes.rate-limit.statuses", "must be a list, not 429"),
        (
            "look_up: getTopUpByRef/ref",
            "look_up: getTopUpByReff/ref",
            "operations.sendTopUp.look_up",
            "did you mean 'getTopUpByRef'?",
        ),
        (
            "look_up: getTopUpByRef/ref",
            "look_up: getTopUpByRef/reff",
            "operations.sendTopUp.look_up",
            "did you mean 'ref'?",
        ),
        ("reference: body/ref", "reference: body/reff", "operations.sendTopUp.reference", "did you mean 'body/ref'?"),
        (
            "reference: body/ref",
            "reference: body/ref\n    reference_form: order",
            "operations.sendTopUp.reference_form",
            "'order' is no text that holds {new_reference} and no other name, such as {new_reference}@example.com",
        ),
        (
            "reference: body/ref",
            'reference: body/ref\n    reference_form: "{new_reference}{amount}"',
            "operations.sendTopUp.reference_form",
            "is no text that holds {new_reference} and no other name",
        ),
        (
            "reference: body/ref",
            "reference: body/ref\n    reference_form: 7",
            "operations.sendTopUp.reference_form",
            "must be a text, not 7",
        ),
        (
            "reference: body/ref",
            'reference: body/MSSIDN\n    reference_form: "{new_reference}@example.com"',
            "operations.sendTopUp.reference_form",
            "the document does not allow it",
        ),
        (
            "reference: body/ref",
            "reference: body/ref\n    reference_exact: maybe",
            "operations.sendTopUp.reference_exact",
            "must be true or false, not 'maybe'",
        ),
        (
            "    reference: body/ref\n    look_up: getTopUpByRef/ref\n",
            "    reference_exact: false\n    look_up: getTopUpByRef/ref\n",
            "operations.sendTopUp",
            "lacks 'reference', which 'reference_exact' needs",
        ),
        (
            "body/MSSIDN: /data",
            "body/MSISDN: /data",
            "operations.sendTopUp.shows.body/MSISDN",
            "did you mean 'body/MSSIDN'?",
        ),
        (
            "change: {body/amount:",
            "change: {body/amunt:",
            "causes.missing-amount.provoke[0].change.body/amunt",
            "'body/amount'?",
        ),
        (
            "good: dynamic plan,",
            "good: dinamic plan,",
            "causes.missing-amount.provoke[0].good",
            "did you mean 'dynamic plan'?",
        ),
        (
            "pointer: /data/balance",
            "pointer: data.balance",
            "ledger.pointer",
            "is no JSON Pointer, such as /error/code",
        ),
        ("pattern: ^req_", "pattern: ^req_(", "request_id.pattern", "is no regular expression"),
        ("per: minute", "per: minut", "rate_limit.per", "did you mean 'minute'?"),
        ("requests: 60", "requests: sixty", "rate_limit.requests", "must be a whole number, not 'sixty'"),
        ("title: OneClickDz Flexy API v3\n", "", "", "lacks 'title'"),
        ("extends: success-envelope", "extends: success-envelop", "extends", "did you mean 'success-envelope'?"),
        ("extends: success-envelope", "extends: .", "extends", "leads back to itself"),
        (
            'phone: "0778037340"',
            'phone: "778037340"',
            "operations.sendTopUp.good[0].body.MSSIDN",
            "the document does not allow it",
        ),
        (
            '{type: ADSL, number: "{adsl_number}"}',
            "{type: ADSL}",
            "operations.checkNumber.good[0]",
            "'number' is required",
        ),
        ("- name: Mobilis", "- name: dynamic plan", "operations.sendTopUp.good[1].name", "stands twice"),
        ("data: [phone, phone", "data: [phones, phone", "private.personal.data[0]", "did you mean 'phone'?"),
        ("  denomination: 500", "  plan: 500", "", "the key 'plan' stands twice"),
        ("prefix: /v3", "prefix: /v3\n  wrong: 1", "", "is no YAML"),
        ("prefix: /v3", "prefix: !!python/name:os.system x", "", "the tag"),
    ],
)
def test_a_wrong_manifest_is_refused_with_its_line_and_the_nearest_right_word(spoil, old, new, key, text):
    folder = spoil(old, new)
    found = lint(folder)
    matching = [problem for problem in found if text in problem.text and problem.key == key]
    assert matching, [str(problem) for problem in found]
    assert matching[0].file == "contract.yaml"
    wrong = (folder / "contract.yaml").read_text("utf-8").splitlines()
    if key not in {"", "causes"} and "is required" not in text:
        part = new.partition(":")[0] if text.startswith("unknown key") else key.rpartition(".")[2].partition("[")[0]
        assert part.rpartition("/")[2] in "".join(wrong[matching[0].line - 2 : matching[0].line])
    with pytest.raises(ContractError):
        load(folder)


def test_a_refusal_reads_as_a_compiler_prints_it(spoil):
    folder = spoil("learn:", "lern:")
    line = (folder / "contract.yaml").read_text("utf-8").splitlines().index(
        '    lern: {operation: listPlans, items: /data/dynamicPlans, where: {code: "{plan}"}, take: min_amount}'
    ) + 1
    with pytest.raises(ContractError, match=rf"contract\.yaml:{line}: data\.amount_minimum: unknown key 'lern'"):
        load(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "text"),
    [
        ("codes.schema.json", '"never"', '"nver"', "did you mean 'never'?"),
        ("codes.schema.json", '"documented"', '"documentd"', "did you mean 'documented'?"),
        ("codes.schema.json", '"x-why-not"', '"x-whynot"', "unknown annotation 'x-whynot', did you mean 'x-why-not'?"),
        ("codes.schema.json", '"minimum": 400', '"minimum": "x"', "is no JSON Schema"),
        ("codes.schema.json", '"ERR_AUTH"', '"NO_BALANCE"', "stands twice"),
        ("codes.schema.json", '"oneOf"', '"anyOf"', "lacks 'oneOf'"),
        ("codes.schema.json", "{", "{{", "is no JSON"),
        ("envelope.schema.json", '"required": [', '"required": [7, ', "is no JSON Schema"),
        (
            "envelope.schema.json",
            '"error": {\n      "type"',
            '"eror": {\n      "type"',
            "'/$defs/error' does not exist",
        ),
        ("openapi.yaml", "openapi: 3.1.0", "swagger: '2.0'", "is no OpenAPI 3 document"),
        ("openapi.yaml", "schemas/TopUpRequest", "schemas/TopUpRequst", "leads nowhere, did you mean 'TopUpRequest'?"),
        ("openapi.yaml", "#/components/schemas/TopUpRequest", "other.yaml#/TopUp", "leads out of the document"),
        ("openapi.yaml", "operationId: getBalance", "operationId: validateKey", "stands twice"),
        ("openapi.yaml", "paths:\n", "pahts:\n", "the document has no paths"),
    ],
)
def test_a_wrong_file_beside_the_manifest_is_refused(spoil, file, old, new, text):
    found = lint(spoil(old, new, file))
    matching = [problem for problem in found if problem.file == file and text in problem.text]
    assert matching, [str(problem) for problem in found]
    assert matching[0].line > 0 or "JSON" in text


@pytest.mark.parametrize("file", ["contract.yaml", "openapi.yaml", "envelope.schema.json", "codes.schema.json"])
@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\x00\xff\xfe\x01" * 40, "is no UTF-8 text"),
        (b"\x00\x01\x02", "is no "),
        (b"[1, 2]", "must hold a mapping, not a list"),
        (b"7", "must hold a mapping, not a number"),
        (b"[" * 50_000, "is n"),
        (b'{"a":' * 50_000, "is n"),
        (b'{"a": "\\ud800"}', ""),
        (b'{"a": 1e999}', ""),
    ],
)
def test_an_odd_file_is_refused_in_words(copy, file, content, text):
    (copy / file).write_bytes(content)
    assert any(problem.file == file and text in problem.text for problem in lint(copy))


def test_a_bomb_of_aliases_is_refused(copy):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (copy / "contract.yaml").write_text("\n".join(lines), "utf-8")
    assert "aliases" in lint(copy)[0].text


def test_an_alias_of_itself_is_refused(copy):
    (copy / "contract.yaml").write_text("a: &a [*a]", "utf-8")
    assert "deeper than" in lint(copy)[0].text


def test_references_that_multiply_are_refused(copy):
    nine = [", ".join([f"{{$ref: '#/components/schemas/s{n + 1}'}}"] * 9) for n in range(9)]
    schemas = "\n".join(f"    s{n}: {{anyOf: [{many}]}}" for n, many in enumerate(nine))
    (copy / "openapi.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: x, version: '1'}\n"
        "paths:\n  /a:\n    post:\n      operationId: a\n      requestBody:\n"
        "        content: {application/json: {schema: {$ref: '#/components/schemas/s0'}}}\n"
        f"components:\n  schemas:\n{schemas}\n    s9: {{type: string}}\n",
        "utf-8",
    )
    assert any("expand to too much" in problem.text for problem in lint(copy))


def test_a_schema_that_holds_itself_is_read(spoil):
    end = "ref: {type: string}\n      if:"
    more = "ref: {type: string}\n        more: {$ref: '#/components/schemas/InternetTopUpRequest'}\n      if:"
    folder = spoil(end, more, "openapi.yaml")
    assert lint(folder) == []


def test_a_huge_file_is_refused_unread(copy):
    with (copy / "openapi.yaml").open("r+b") as file:
        file.truncate(100_000_000)
    assert "at most" in str(lint(copy)[0])


@pytest.mark.parametrize("file", ["contract.yaml", "openapi.yaml", "envelope.schema.json", "codes.schema.json"])
def test_a_folder_in_place_of_a_file_is_refused(copy, file):
    (copy / file).unlink()
    (copy / file).mkdir()
    assert any("no regular file" in problem.text for problem in lint(copy))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(copy):
    (copy / "contract.yaml").unlink()
    os.mkfifo(copy / "contract.yaml")
    assert "no regular file" in lint(copy)[0].text


@pytest.mark.parametrize("file", ["contract.yaml", "openapi.yaml"])
def test_a_missing_file_is_said_to_be_missing(copy, file):
    (copy / file).unlink()
    assert str(lint(copy)[0]) == f"{file}: is missing"


def test_everything_wrong_is_said_at_once(spoil):
    spoil("learn:", "lern:")
    spoil("pointer: /data/balance", "pointer: data.balance")
    spoil('"never"', '"nver"', "codes.schema.json")
    folder = spoil("schemas/TopUpRequest", "schemas/TopUpRequst", "openapi.yaml")
    assert {"contract.yaml", "codes.schema.json", "openapi.yaml"} <= {problem.file for problem in lint(folder)}
    assert len([problem for problem in lint(folder) if problem.file == "contract.yaml"]) >= 2


def test_a_name_that_no_contract_has_is_a_usage_error_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'oneclickdz'"):
        load("oneclikdz")


def test_a_file_in_place_of_a_folder_is_a_usage_error(copy):
    with pytest.raises(UsageError, match="name the folder"):
        load(copy / "contract.yaml")


@pytest.mark.parametrize("name", ["", "\0", "x" * 5000, "no/such/folder"])
def test_an_odd_name_is_a_usage_error(name):
    with pytest.raises((UsageError, ContractError)):
        load(name)
