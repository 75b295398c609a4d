"""The values that cross from stage to stage."""

from errorcontract.model.case import Answers, Case, Outcome, Promise, Step, Trace
from errorcontract.model.contract import (
    Basis,
    Cause,
    Code,
    Contract,
    Credentials,
    Field,
    Good,
    Learn,
    Ledger,
    LockOut,
    Operation,
    Pointers,
    Provenance,
    RateLimit,
    Recipe,
    RequestId,
    RetryClass,
)
from errorcontract.model.exchange import HIDDEN, Exchange, Headers, Request, Response, first_header
from errorcontract.model.finding import Breach, Finding, Severity

__all__ = [
    "HIDDEN", "Answers", "Basis", "Breach", "Case", "Cause", "Code", "Contract", "Credentials", "Exchange",
    "Field", "Finding", "Good", "Headers", "Learn", "Ledger", "LockOut", "Operation", "Outcome", "Pointers",
    "Promise", "Provenance", "RateLimit", "Recipe", "Request", "RequestId", "Response", "RetryClass",
    "Severity", "Step", "Trace", "first_header",
]
