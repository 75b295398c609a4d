"""--list-…: prints what there is, and runs nothing."""

from __future__ import annotations

import pytest
from errorcontract.fixtures.reference_api import load

from errorcontract.contract import bundled, profiles
from errorcontract.rules import all_rules


@pytest.fixture
def listed(pytester):
    def lines(*options):
        result = pytester.runpytest("-p", "errorcontract.plugin", *options)
        assert result.ret == pytest.ExitCode.OK
        assert not (pytester.path / "reports").exists()
        return [line for line in result.outlines if line.strip()]

    return lines


def by_contract(lines):
    """The first two words of each line below the name of a contract."""
    found, name = {}, ""
    for line in lines:
        if not line.startswith("  "):
            name = line.removesuffix(":")
        else:
            found.setdefault(name, []).append(tuple(line.split()[:2]))
    return found


def test_every_fault_is_listed_with_its_rule_below_its_contract(listed):
    faults = {name: [(fault.name, fault.rule) for fault in load(name).faults] for name in bundled()}
    assert by_contract(listed("--list-faults")) == faults
    assert by_contract(listed("--list-faults", "--contract", "depth")) == {"depth": faults["depth"]}


def test_every_choice_is_listed_below_its_contract(listed):
    told = by_contract(listed("--list-choices"))
    assert {name: [first for first, _ in lines] for name, lines in told.items()} == {
        name: [choice.name for choice in load(name).choices] for name in bundled()
    }


def test_every_rule_contract_and_profile_is_listed(listed):
    assert [line.split()[0] for line in listed("--list-rules")] == [rule.id for rule in all_rules()]
    told = [line.split()[0] for line in listed("--list-contracts")]
    assert told == [*bundled(), "profiles,", *profiles()]


def test_an_unknown_contract_has_nothing_to_list(pytester):
    result = pytester.runpytest("-p", "errorcontract.plugin", "--list-faults", "--contract", "oneclikdz")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "oneclickdz" in result.stderr.str() + result.stdout.str()
