"""One rule: one id, one file, one test module, one page, and at least one fault that proves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from errorcontract.fixtures.clients import FAULTS as CLIENTS
from errorcontract.fixtures.reference_api import CONTRACTS, load

from errorcontract.audit import FAMILIES as CLIENT_FAMILIES
from errorcontract.cases import families, generators
from errorcontract.contract import bundled
from errorcontract.rules import all_rules

RULES = {rule.id: rule for rule in all_rules()}
FAULTS = [*(fault for name in CONTRACTS for fault in load(name).faults), *CLIENTS.values()]
OBLIGATIONS = {"oneclickdz": "OC", "merchant": "MC", "datamanager": "GD", "depth": "DP", "http-guide": "HG"}
HOW_MANY = {"oneclickdz": 21, "merchant": 18, "datamanager": 19, "depth": 19, "http-guide": 19}
NO_RULE = ("matter of clients", "not judged")
LINK = r"\[([\w-]+)\]\(\.\./rules/\1\.md\)"
NAME = r"`([\w-]+)`"
PARTS = ("Promise", "Breaks it", "Left alone", "Basis and severity", "How it is provoked")

each_contract = pytest.mark.parametrize("contract", OBLIGATIONS)
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))


def table(text: str) -> Iterator[list[str]]:
    """The rows of the tables of a page, without heads and rulers."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if (
            line.startswith("|")
            and not re.fullmatch(r"[|\s:-]+", line)
            and not (number + 1 < len(lines) and re.fullmatch(r"\|[|\s:-]+", lines[number + 1]))
        ):
            yield [cell.strip() for cell in line.strip("|").split("|")]


@pytest.fixture(scope="module")
def pages(root):
    return {path.stem: path.read_text("utf-8") for path in (root / "docs" / "rules").glob("*.md")}


def test_the_registry_finds_the_rule_of_every_file_that_has_one(source):
    files = {
        file.stem
        for file in (source / "rules").glob("*.py")
        if re.search(r"^RULE\b", file.read_text("utf-8"), re.MULTILINE)
    }
    assert files == {id_.replace("-", "_") for id_ in RULES}
    assert len(RULES) == len(all_rules())


@each_rule
def test_a_rule_stands_in_the_file_of_its_name(rule):
    module = import_module(f"errorcontract.rules.{rule.id.replace('-', '_')}")
    assert module.RULE is rule
    assert module.__doc__
    assert re.fullmatch(r"[a-z]+(-[a-z]+|-[1-9][0-9a-z]*)*", rule.id)


@each_rule
def test_a_rule_has_a_test_module_with_what_keeps_it_breaks_it_and_does_not_concern_it(root, rule):
    text = (root / "tests" / "rules" / f"test_{rule.id.replace('-', '_')}.py").read_text("utf-8")
    assert "KEPT" in text
    assert "breach" in text
    assert "== []" in text


def test_every_test_module_of_rules_has_its_rule(root):
    named = {file.stem.removeprefix("test_").replace("_", "-") for file in (root / "tests" / "rules").glob("test_*.py")}
    assert named - {"every-rule"} == set(RULES)


@each_rule
def test_a_rule_has_a_fault_that_it_alone_is_meant_to_catch(heads, rule):
    assert any(fault.rule == rule.id for fault in FAULTS) or rule.id in heads.PROVED_BY_TESTS


def test_a_rule_without_a_fault_has_a_test_that_sees_it_bite_and_a_line_that_says_why(root, heads):
    index = list(table((root / "docs" / "obligations.md").read_text("utf-8")))
    for rule, file in heads.PROVED_BY_TESTS.items():
        assert rule in RULES
        assert rule not in {fault.rule for fault in FAULTS}, "it has a fault now, so the table needs it no more"
        assert f'"{rule}"' in (root / file).read_text("utf-8")
        assert [row[2] for row in index if row[0] == f"[{rule}](rules/{rule}.md)"] == [f"`{file}`"]


def test_every_fault_names_a_rule_that_there_is():
    assert {fault.rule for fault in FAULTS} <= set(RULES)
    assert set(CONTRACTS) <= set(bundled())


@each_rule
def test_a_rule_has_a_page_that_begins_with_what_the_code_says(pages, heads, rule):
    begin, part, _ = pages[rule.id].partition(heads.FIRST_PART)
    assert begin == heads.head(rule), "python tests/architecture/heads.py writes the heads anew"
    assert part


@each_rule
def test_a_page_has_every_part_in_order(pages, rule):
    parts = re.findall(r"^## (.+)$", pages[rule.id], re.MULTILINE)
    assert tuple(parts) == (*PARTS, "Fixing a client" if rule.group == "client" else "Fixing a server")
    assert all(part.strip() for part in re.split(r"^## .+$", pages[rule.id], flags=re.MULTILINE))


@each_rule
def test_a_page_names_families_of_cases_that_there_are(pages, rule):
    known = {*families(), *generators(), *CLIENT_FAMILIES}
    said = re.search(r"^## How it is provoked\n(.*?)^## ", pages[rule.id], re.MULTILINE | re.DOTALL)
    assert said is not None
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)*)`", said[1]))
    assert named <= known
    assert named or "every family" in said[1].lower()


@each_rule
def test_the_links_of_a_page_lead_somewhere(pages, rule):
    assert set(re.findall(r"\]\(([\w-]+)\.md\)", pages[rule.id])) <= set(RULES)


def test_every_page_has_its_rule(pages):
    assert set(pages) == set(RULES)


def test_the_index_lists_every_rule_once_under_its_group(root):
    sections = re.split(r"^## (.+)$", (root / "docs" / "rules.md").read_text("utf-8"), flags=re.MULTILINE)
    listed = [(group, *row) for group, text in zip(sections[1::2], sections[2::2], strict=True) for row in table(text)]
    assert sorted(listed) == sorted(
        (rule.group, f"[{rule.id}](rules/{rule.id}.md)", rule.title) for rule in RULES.values()
    )


@pytest.fixture(scope="module")
def obligations(root):
    pages = {path.stem: path.read_text("utf-8") for path in (root / "docs" / "obligations").glob("*.md")}
    return {contract: list(table(page)) for contract, page in pages.items()}


def test_every_bundled_contract_has_a_page_of_obligations(obligations):
    assert set(obligations) == set(OBLIGATIONS) == set(CONTRACTS)


@each_contract
def test_every_obligation_stands_there_once(obligations, contract):
    expected = [f"{OBLIGATIONS[contract]}-{number:02}" for number in range(1, HOW_MANY[contract] + 1)]
    assert [row[0] for row in obligations[contract]] == expected


def faults_of(contract: str) -> dict[str, str | None]:
    """The rule that each fault is meant for: those of a reference API, and of clients that call it."""
    clients = [fault for fault in CLIENTS.values() if contract in fault.contracts]
    return {fault.name: fault.rule for fault in (*load(contract).faults, *clients)}


@each_contract
def test_every_rule_and_fault_that_an_obligation_names_is_there(obligations, contract):
    faults = set(faults_of(contract))
    for _, _, rules, proofs in obligations[contract]:
        named = re.findall(LINK, rules)
        assert set(named) <= set(RULES)
        assert rules.count("[") == len(named) == len(set(named))
        assert set(re.findall(NAME, proofs)) <= faults


@each_contract
def test_a_fault_is_meant_for_one_of_the_rules_beside_it(obligations, contract):
    rule_of = faults_of(contract)
    for number, _, rules, proofs in obligations[contract]:
        for name in re.findall(NAME, proofs):
            assert f"[{rule_of[name]}]" in rules, (number, name)


@each_contract
def test_an_obligation_that_no_rule_judges_says_why(obligations, contract):
    for number, _, rules, proofs in obligations[contract]:
        assert ("[" in rules and "`" in proofs) or (rules in NO_RULE and len(proofs) > 30), number


def test_the_index_of_obligations_counts_them(root, obligations):
    index = (root / "docs" / "obligations.md").read_text("utf-8")
    counted = []
    for contract, prefix in OBLIGATIONS.items():
        rules = [row[2] for row in obligations[contract]]
        kinds = [sum("[" in cell for cell in rules), *(rules.count(kind) for kind in NO_RULE)]
        page = f"[{contract}](obligations/{contract}.md)"
        counted.append([page, f"{prefix}-01 to {prefix}-{len(rules)}", *map(str, kinds)])
    assert [row for row in table(index) if "(obligations/" in row[0]] == counted
