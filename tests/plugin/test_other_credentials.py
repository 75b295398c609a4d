"""Credentials with other rights: where they come from, and what becomes of a case whose credential nobody gave."""

from __future__ import annotations

import pytest
from errorcontract.fixtures.reference_api import load

from errorcontract.contract import load as contract_of

OPTIONS = ("--contract", "depth", "--budget", "250")
MAIN = {"ERRORCONTRACT_TOKEN": "the-main-one"}
OTHERS = contract_of("depth").credentials.others
ADMIN = OTHERS["admin"]


def bearer(*values):
    return {f"Bearer {value}" for value in values}


def notes(done):
    return [line["text"] for line in done.lines if line["type"] == "note"]


def unsent(done):
    return sum(line["unsent"].get("an earlier answer lacked what this case needs", 0) for line in done.lines)


@pytest.fixture
def elsewhere(counting):
    """The counting server at an address that counts as another machine's."""
    return counting.url.replace("127.0.0.1", "0.0.0.0")  # noqa: S104 - reaches this machine, and is no loopback address


def test_on_this_machine_the_test_values_are_used(run, counting):
    run("--target", counting.url, *OPTIONS, env=MAIN)
    assert counting.credentials >= bearer("the-main-one", *(one.test_value for one in OTHERS.values()))


def test_an_environment_variable_wins(run, counting):
    done = run("--target", counting.url, *OPTIONS, env=MAIN | {ADMIN.environment: "given-for-the-admin"})
    assert counting.credentials >= bearer("given-for-the-admin", OTHERS["expired"].test_value)
    assert not counting.credentials & bearer(ADMIN.test_value)
    assert not any(ADMIN.environment in text for text in notes(done))


def test_elsewhere_nobody_guesses_and_the_report_names_the_variables(run, elsewhere, counting):
    done = run("--target", elsewhere, *OPTIONS, "--rate", "500/second", env=MAIN)
    assert not counting.credentials & bearer(*(one.test_value for one in OTHERS.values()))
    for name, one in OTHERS.items():
        assert f"cases that need the credential {name!r} are unsent: set {one.environment} to have them asked" in notes(
            done
        )
        assert one.environment in (done.folder / "report.html").read_text("utf-8")


def test_elsewhere_a_given_one_is_sent(run, elsewhere, counting):
    env = MAIN | {ADMIN.environment: "given-for-the-admin"}
    done = run("--target", elsewhere, *OPTIONS, "--rate", "500/second", env=env)
    assert counting.credentials >= bearer("given-for-the-admin")
    assert not any(ADMIN.environment in text for text in notes(done))
    assert any(OTHERS["expired"].environment in text for text in notes(done))


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_no_report_holds_one(run, reference, name):
    fault = next(one.name for one in load("depth").faults if one.rule == "no-internals")
    url = reference("--fault", fault, contract="depth")
    done = run("--target", url, *OPTIONS, env={OTHERS[name].environment: OTHERS[name].test_value})
    secret = OTHERS[name].test_value.encode()
    assert done.run["stats"]["requests"] > 100
    assert done.text.encode().count(secret) == 0
    assert not [path.name for path in done.folder.iterdir() if secret in path.read_bytes()]
