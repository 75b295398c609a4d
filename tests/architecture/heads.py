"""The heads of the pages of rules, as the code has them. `python tests/architecture/heads.py` writes them anew."""

from __future__ import annotations

from pathlib import Path

from errorcontract.fixtures.clients import FAULTS as CLIENTS
from errorcontract.fixtures.reference_api import CONTRACTS, load

from errorcontract.rules import Rule, all_rules

PAGES = Path(__file__).parents[2] / "docs" / "rules"
FIRST_PART = "## Promise\n"
PROVED_BY_TESTS = {"hint-present-where-promised": "tests/faults/test_a_promised_hint.py"}
"""Rules that none of the bundled contracts gives ground for, each with the test that shows that it bites."""


def head(rule: Rule) -> str:
    """Title, id, group, promise, and the faults that prove the rule, or the test."""
    proofs = "".join(_proofs(rule, contract) for contract in CONTRACTS) + _clients(rule)
    if rule.id in PROVED_BY_TESTS:
        proofs += f"No bundled contract gives ground for it; `{PROVED_BY_TESTS[rule.id]}` proves it.\n\n"
    return f"# {rule.id}\n\n**{rule.title}**\n\nGroup: {rule.group}\n\n{proofs}"


def _proofs(rule: Rule, contract: str) -> str:
    faults = [f"- `{fault.name}`: {fault.origin}\n" for fault in load(contract).faults if fault.rule == rule.id]
    return f"Faults that prove it, in {contract}:\n\n{''.join(faults)}\n" if faults else ""


def _clients(rule: Rule) -> str:
    faults = [f"- `{fault.name}`: {fault.origin}\n" for fault in CLIENTS.values() if fault.rule == rule.id]
    return f"Faulty clients that prove it:\n\n{''.join(faults)}\n" if faults else ""


def rewrite(pages: Path = PAGES) -> None:
    """Put the head of today before the first part of each page that there is."""
    for rule in all_rules():
        page = pages / f"{rule.id}.md"
        if page.is_file():
            _, _, rest = page.read_text("utf-8").partition(FIRST_PART)
            page.write_text(head(rule) + FIRST_PART + rest, "utf-8")


if __name__ == "__main__":
    rewrite()
