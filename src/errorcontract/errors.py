"""What can go wrong with the harness itself. A broken promise of a target is a finding, never one of these."""


class HarnessError(Exception):
    """The harness can't do what was asked; the text says why and what to do."""


class UsageError(HarnessError):
    """An option or its value is wrong (exit code 4)."""


class ContractError(HarnessError):
    """A contract can't be used: a missing file, a wrong key, a reference that leads nowhere."""


class TargetError(HarnessError):
    """A target that must not or can't be tested: a production host, no answer, no URL."""


class JournalError(HarnessError):
    """The record of a run can't be written, as on a full disk: nothing more is sent."""


class BudgetSpentError(HarnessError):
    """The run has used the requests it was given."""
