"""Several contracts in one session: which of them are asked, what each is given, and how they share the processes."""

from __future__ import annotations

from collections import Counter

import pytest
from errorcontract.fixtures.reference_api import load

from errorcontract.contract import bundled
from errorcontract.contract import load as contract_of

PHONE = "***phone-1***"
"""How a number that the user gave stands in the journal."""
TWO = ("--contract", "depth", "--contract", "oneclickdz")


def known_to(attribute):
    """The names of faults or choices, with the contracts whose reference APIs know them."""
    found = {}
    for name in bundled():
        for one in getattr(load(name), attribute):
            found.setdefault(one.name, []).append(name)
    return found


def asked(result):
    """The contracts that the questions of a collection are about."""
    assert result.ret == pytest.ExitCode.OK, result.stdout.str() + result.stderr.str()
    names = {line.partition("[")[2].rstrip("]") for line in result.outlines if "::" in line}
    return {name for name in bundled() if any(one == name or one.startswith(f"{name}-") for one in names)}


@pytest.fixture
def collected(pytester):
    def lines(*options):
        return pytester.runpytest(
            "-p", "errorcontract.plugin", "--pyargs", "errorcontract.suites", "--collect-only", "-q", *options
        )

    return lines


def test_without_options_every_bundled_contract_is_asked(collected):
    assert asked(collected("--report-dir", "told")) == set(bundled())


def test_a_fault_is_planted_where_it_is_known(collected):
    assert asked(collected("--fault", "negative-amount-accepted")) == {"oneclickdz"}
    assert asked(collected("--fault", "busy-creator-as-409")) == {"depth"}


def test_a_fault_of_several_contracts_is_planted_in_all_of_them(collected):
    name, contracts = next((name, known) for name, known in known_to("faults").items() if len(known) > 1)
    assert asked(collected("--fault", name)) == set(contracts)


def test_a_choice_is_made_where_it_is_known(collected):
    for name, contracts in list(known_to("choices").items())[::25]:
        assert asked(collected("--choice", name)) == set(contracts)


def test_changes_that_no_contract_knows_together_are_refused(collected):
    result = collected("--fault", "busy-creator-as-409", "--choice", "new-balance")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    told = result.stdout.str() + result.stderr.str()
    assert "--fault busy-creator-as-409, --choice new-balance" in told
    assert "--contract" in told


def test_a_document_for_all_contracts_is_refused(collected, pytester):
    (pytester.path / "api.yaml").write_text("openapi: 3.1.0\npaths: {/x: {get: {}}}")
    result = collected("--openapi", "api.yaml")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "--openapi needs exactly one --contract" in result.stdout.str() + result.stderr.str()


def test_a_value_goes_to_the_contracts_that_know_it(run):
    assert "phone" not in contract_of("depth").data
    done = run(*TWO, "--data", "phone=0771234567", "--budget", "60")
    assert done.code == pytest.ExitCode.OK, done.text
    assert set(done.runs) == {"depth", "oneclickdz"}
    sent = {line["run"] for line in done.lines if line["type"] == "exchange" and PHONE in str(line["request"])}
    assert sent == {"oneclickdz"}


def test_each_contract_has_a_budget_of_its_own_and_comes_after_the_other(run):
    done = run(*TWO, "--budget", "120", "--fault", "negative-amount-accepted")
    assert done.code == pytest.ExitCode.TESTS_FAILED, done.text
    order = [line["run"] for line in done.lines if line["type"] == "exchange"]
    assert all(100 < number <= 120 for number in Counter(order).values())
    assert order == sorted(order)
    assert {name: run["complete"] for name, run in done.runs.items()} == {"depth": True, "oneclickdz": True}
    assert [name for name, run in done.runs.items() if run["findings"]] == ["oneclickdz"]
    assert {name: run["fault"] for name, run in done.runs.items()} == {
        "depth": None,
        "oneclickdz": "negative-amount-accepted",
    }


def test_what_an_interrupted_run_had_finished_stays_complete(run):
    done = run(*TWO, "--budget", "120", "--fault", "negative-amount-accepted", "-x")
    assert {name: run["complete"] for name, run in done.runs.items()} == {"depth": True, "oneclickdz": False}


def test_two_processes_find_the_same_and_keep_each_contract_in_one(run):
    options = ("--budget", "120", "--fault", "negative-amount-accepted", *(f"--contract={name}" for name in bundled()))
    alone = run(*options).runs
    done = run(*options, "-n", "2")
    assert set(done.runs) == set(alone) == set(bundled())
    for name, told in done.runs.items():
        assert [one["id"] for one in told["findings"]] == [one["id"] for one in alone[name]["findings"]]
        assert told["coverage"]["codes"] == alone[name]["coverage"]["codes"]
        assert told["stats"]["requests"] <= 120
    assert Counter(line["run"] for line in done.lines if line["type"] == "run") == dict.fromkeys(bundled(), 1)
