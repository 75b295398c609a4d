"""What a contract tells callers about sending again, and what HTTP says where it is silent."""

from __future__ import annotations

import pytest

from errorcontract.contract import bundled, lint, load
from errorcontract.model import Provenance, RetryClass, RetryPolicy

POLICY = """
retry_policy:
  answers:
    - {on: [429, ORDINARY], again: after-delay, provenance: documented, source: page 7}
    - {on: [4xx], provenance: inferred, source: page 8}
  attempts: {provenance: documented, source: page 7, most: {number: 3, provenance: inferred, source: page 8}}
  unsafe: []
  keys: [X-Once]
"""


def test_the_first_entry_that_fits_counts():
    policy = load("oneclickdz").retry_policy
    assert policy.after("RATE_LIMIT_EXCEEDED", 429).again is RetryClass.AFTER_DELAY
    assert policy.after("ERR_VALIDATION", 400).again is RetryClass.NEVER
    assert policy.after(None, 418).again is RetryClass.NEVER
    assert policy.after("ERR_SERVICE", 503).again is RetryClass.BACKOFF
    assert policy.after(None, 502) is None
    assert policy.leaves_open(None, 0).basis.provenance is Provenance.DOCUMENTED
    assert policy.leaves_open("ERR_VALIDATION", 400) is None


def test_codes_tell_apart_what_a_status_does_not():
    policy = load("datamanager").retry_policy
    assert policy.after("ABORTED", 409).again is RetryClass.BACKOFF
    assert policy.after("ALREADY_EXISTS", 409).again is RetryClass.NEVER


def test_where_a_contract_is_silent_nothing_is_more_than_a_standard():
    policy = RetryPolicy()
    assert policy.answers == ()
    told = [policy.attempts.stops, policy.waits(None, 429), policy.unknown, *(stance.basis for stance in policy.unsafe)]
    assert {basis.provenance for basis in told} == {Provenance.STANDARD}
    assert policy.body_delay is None


@pytest.mark.parametrize("name", bundled())
def test_every_bundled_contract_tells_its_callers(name):
    policy = load(name).retry_policy
    assert policy.answers
    assert policy.after(None, 429).again is not RetryClass.NEVER
    assert policy.after(None, 400).again is RetryClass.NEVER


@pytest.fixture
def folder(tmp_path):
    """A small contract with a policy that holds a mistake."""

    def made(policy):
        (tmp_path / "openapi.yaml").write_text(
            "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"
            "paths: {/a: {get: {operationId: getA, responses: {'200': {description: ok}}}}}\n",
            "utf-8",
        )
        (tmp_path / "codes.schema.json").write_text(
            '{"oneOf": [{"properties": {"code": {"const": "ORDINARY"}, "status": {"const": 400}}, "x-retry": "never",'
            ' "x-provenance": "documented", "x-source": "s", "x-provokable": false, "x-why-not": "w"}]}',
            "utf-8",
        )
        (tmp_path / "contract.yaml").write_text(
            "contract: small\ntitle: t\nextends: success-envelope\nenvelope: {provenance: documented, source: s}\n"
            f"operations: {{getA: {{effect: read, good: [{{name: a}}]}}}}\ncauses: {{}}\n{policy}",
            "utf-8",
        )
        return tmp_path

    return made


def test_a_policy_of_ones_own_is_read(folder):
    policy = load(folder(POLICY)).retry_policy
    assert policy.after("ORDINARY", 400).again is RetryClass.AFTER_DELAY
    assert (policy.attempts.most, policy.attempts.most_basis.provenance) == (3, Provenance.INFERRED)
    assert policy.unsafe == ()
    assert policy.keys == {"x-once"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("ORDINARY", "ORDINERY"), "unknown code 'ORDINERY', did you mean 'ORDINARY'?"),
        (("4xx", "9xx"), "unknown code '9xx'"),
        (("keys: [X-Once]", "harmless: [getB]"), "unknown operation 'getB', did you mean 'getA'?"),
        (("after-delay", "after-dela"), "did you mean 'after-delay'?"),
        (("attempts:", "atempts:"), "did you mean 'attempts'?"),
    ],
)
def test_a_mistake_in_a_policy_is_refused_with_the_nearest_right_word(folder, wrong, told):
    [problem] = lint(folder(POLICY.replace(*wrong)))
    assert told in str(problem)
    assert "retry_policy" in str(problem)
