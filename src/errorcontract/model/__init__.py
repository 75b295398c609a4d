"""The values that cross from stage to stage."""

from errorcontract.model.amounts import TEXT_BOUNDS, is_text, number_of, smallest_step, with_bounds, written_like
from errorcontract.model.basis import Basis, Provenance, RetryClass
from errorcontract.model.case import Answers, Case, Outcome, Promise, Step, Trace, moments
from errorcontract.model.conduct import Attempt, Conduct, Ending, Usual, route
from errorcontract.model.contract.causes import Before, Cause, Code, Recipe
from errorcontract.model.contract.contract import Contract, Learn, Ledger, RateLimit
from errorcontract.model.contract.credentials import Credentials, LockOut, OtherCredential
from errorcontract.model.contract.envelope import Pointers, RequestId
from errorcontract.model.contract.error_bodies import (
    Canonical,
    Documentation,
    ErrorPromises,
    Language,
    Shape,
    Timestamp,
    Told,
    Violations,
)
from errorcontract.model.contract.hiding import Asked, Hiding
from errorcontract.model.contract.http import Accepted, Gone, HttpPromises
from errorcontract.model.contract.inputs import Field, Good
from errorcontract.model.contract.operations import Limited, Makes, Operation, Watch
from errorcontract.model.contract.private import Marked, Private
from errorcontract.model.contract.retrying import LOST, Attempts, Backoff, RetryPolicy, Stance
from errorcontract.model.contract.waiting import Delay, Hint
from errorcontract.model.exchange import (
    HIDDEN,
    Exchange,
    Headers,
    Request,
    Response,
    answer_of,
    first_header,
    hidden,
)
from errorcontract.model.finding import Breach, Finding, Severity, with_variants
from errorcontract.model.hint import header_wait, http_date, is_http_date, is_seconds
from errorcontract.model.notation import expanded, with_moments
from errorcontract.model.pointer import MISSING, resolve

__all__ = [
    "HIDDEN",
    "LOST",
    "MISSING",
    "TEXT_BOUNDS",
    "Accepted",
    "Answers",
    "Asked",
    "Attempt",
    "Attempts",
    "Backoff",
    "Basis",
    "Before",
    "Breach",
    "Canonical",
    "Case",
    "Cause",
    "Code",
    "Conduct",
    "Contract",
    "Credentials",
    "Delay",
    "Documentation",
    "Ending",
    "ErrorPromises",
    "Exchange",
    "Field",
    "Finding",
    "Gone",
    "Good",
    "Headers",
    "Hiding",
    "Hint",
    "HttpPromises",
    "Language",
    "Learn",
    "Ledger",
    "Limited",
    "LockOut",
    "Makes",
    "Marked",
    "Operation",
    "OtherCredential",
    "Outcome",
    "Pointers",
    "Private",
    "Promise",
    "Provenance",
    "RateLimit",
    "Recipe",
    "Request",
    "RequestId",
    "Response",
    "RetryClass",
    "RetryPolicy",
    "Severity",
    "Shape",
    "Stance",
    "Step",
    "Timestamp",
    "Told",
    "Trace",
    "Usual",
    "Violations",
    "Watch",
    "answer_of",
    "expanded",
    "first_header",
    "header_wait",
    "hidden",
    "http_date",
    "is_http_date",
    "is_seconds",
    "is_text",
    "moments",
    "number_of",
    "resolve",
    "route",
    "smallest_step",
    "with_bounds",
    "with_moments",
    "with_variants",
    "written_like",
]
