"""--list-…: prints what there is, and runs nothing."""

from __future__ import annotations

import pytest
from errorcontract.fixtures.reference_api import load

from errorcontract.contract import bundled
from errorcontract.rules import all_rules


@pytest.fixture
def listed(pytester):
    def lines(*options):
        result = pytester.runpytest("-p", "errorcontract.plugin", *options)
        assert result.ret == pytest.ExitCode.OK
        assert not (pytester.path / "reports").exists()
        return [line for line in result.outlines if line.strip()]

    return lines


def test_every_fault_is_listed_with_its_rule(listed):
    faults = [(fault.name, fault.rule) for name in bundled() for fault in load(name).faults]
    assert [tuple(line.split()[:2]) for line in listed("--list-faults")] == faults
    assert [tuple(line.split()[:2]) for line in listed("--list-faults", "--contract", "oneclickdz")]


def test_every_choice_rule_and_contract_is_listed(listed):
    assert [line.split()[0] for line in listed("--list-choices")] == [
        one.name for name in bundled() for one in load(name).choices
    ]
    assert [line.split()[0] for line in listed("--list-rules")] == [rule.id for rule in all_rules()]
    assert [line.split()[0] for line in listed("--list-contracts")] == list(bundled())


def test_an_unknown_contract_has_nothing_to_list(pytester):
    result = pytester.runpytest("-p", "errorcontract.plugin", "--list-faults", "--contract", "oneclikdz")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "oneclickdz" in result.stderr.str() + result.stdout.str()
