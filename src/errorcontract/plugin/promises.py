"""The fixture that suites are written with."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence

import pytest

from errorcontract.errors import HarnessError, UsageError
from errorcontract.model import Finding
from errorcontract.plugin.session import harness_of
from errorcontract.reporting.text import printed, visible
from errorcontract.run import Answers, Question

_INTERNAL = 3  # the exit code of pytest for mistakes of its own


class Promises:
    """The promises of one operation that a question is about."""

    def __init__(self, config: pytest.Config, question: Question, node: str) -> None:
        self._config, self._question, self._node = config, question, node

    def assert_kept(self) -> None:
        """Put the question to the target; fail where it shows a broken promise that no earlier question showed."""
        answers = self._ask()
        failing = [finding for finding in answers.findings if self._fails(finding)]
        if failing:
            pytest.fail(_told(failing, self._hide), pytrace=False)

    def _ask(self) -> Answers:
        harness = harness_of(self._config)
        if harness is None:
            pytest.fail("no target: this test belongs to a run of the suites", pytrace=False)
        try:
            return harness.ask(self._question, self._node)
        except UsageError as problem:
            pytest.exit(printed(self._hide(f"errorcontract: {problem}")), returncode=pytest.ExitCode.USAGE_ERROR)
        except HarnessError as problem:
            harness.stopped = str(problem)
            pytest.exit(printed(self._hide(f"errorcontract: {problem}")), returncode=pytest.ExitCode.INTERRUPTED)
        except Exception as problem:  # noqa: BLE001 - a mistake of ours is never a broken promise
            harness.stopped = f"an error of the harness itself: {type(problem).__name__}"
            frames = "".join(traceback.format_tb(problem.__traceback__)[-4:])
            words = self._hide(str(problem))[:200]
            told = f"errorcontract: {harness.stopped}: {words}\n{frames}The report holds what was found."
            pytest.exit(printed(self._hide(told)), returncode=_INTERNAL)

    def _hide(self, text: str) -> str:
        harness = harness_of(self._config)
        return harness.masked(text) if harness else text

    def _fails(self, finding: Finding) -> bool:
        counts = {"error"} if self._config.getoption("ec_fail_on") == "error" else {"error", "warning"}
        return finding.severity in counts and finding.accepted is None


@pytest.fixture
def promises(request: pytest.FixtureRequest) -> Promises:
    """The promises that the test's question is about."""
    return Promises(request.config, request.param, request.node.nodeid)


def _told(findings: Sequence[Finding], hide: Callable[[str], str]) -> str:
    return printed("\n\n".join(_one(finding, hide) for finding in findings))


def _one(finding: Finding, hide: Callable[[str], str]) -> str:
    lines = [
        f"{finding.severity.upper()} {finding.rule}: {visible(hide(finding.told))}",
        f"  expected  {visible(hide(finding.expected))}",
        f"  observed  {visible(hide(finding.observed))}",
        f"  basis     {finding.basis.provenance}: {finding.basis.source}",
        f"  id        {finding.id}",
        "  reproduce",
        *(f"    {visible(line)}" for line in hide(finding.curl).split("\n")),
    ]
    return "\n".join(lines)
