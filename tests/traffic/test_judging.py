"""Recorded traffic is judged by the same rules as a run, as far as a recording can tell; nothing is sent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from errorcontract.contract.rooms import room

from .conftest import API, answering, entry, posted

SWEEP = os.environ.get("ERRORCONTRACT_SWEEP") == "1"
RECORDED = ["oneclickdz", "depth", *(("merchant", "datamanager", "http-guide") if SWEEP else ())]
"""Contracts whose conforming runs are judged once more; with a sweep, all of them."""

SEND = f"{API}/v3/mobile/send"
ORDER = {"plan_code": "PREPAID_DJEZZY", "MSSIDN": "0778037340", "amount": 100, "ref": "order-1"}
DONE = {"success": True, "data": {"topupId": "t1", "topupRef": "order-1", "newBalance": 1.0}, "requestId": "req_1"}


@pytest.fixture
def judge(tmp_path):
    """Runs pytest in a folder and a process of its own; the exit code, what it printed, and findings.json."""

    def judged(*arguments, folder="told"):
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--pyargs", "errorcontract.suites"]
        kept = {name: value for name, value in os.environ.items() if not name.endswith(("_TOKEN", "_ADDOPTS"))}
        report = tmp_path / folder
        done = subprocess.run(
            [*command, f"--report-dir={report}", *map(str, arguments)],
            cwd=tmp_path,
            env=kept,
            text=True,
            capture_output=True,
            timeout=240,
            check=False,
        )
        told = report / "findings.json"
        return (
            done.returncode,
            done.stdout + done.stderr,
            json.loads(told.read_text("utf-8")) if told.exists() else None,
        )

    return judged


def of(archive, *entries):
    return ("--traffic", archive(*entries), "--contract", "oneclickdz")


def rules(told):
    return sorted({finding["rule"] for finding in told["runs"][0]["findings"]})


def at(second, made):
    return made | {"startedDateTime": f"2026-05-04T10:00:{second:02}Z"}


@pytest.mark.parametrize("name", RECORDED)
def test_the_recording_of_a_conforming_run_shows_no_finding(judge, tmp_path, name):
    judge("--contract", name, "--budget", "350")
    code, text, told = judge("--traffic", tmp_path / "told" / "traffic.har", "--contract", name, folder="again")
    [run] = told["runs"]
    assert (code, run["findings"]) == (0, []), text
    assert run["stats"]["requests"] > 150
    assert sum(rule["judged"] for rule in run["coverage"]["rules"]) > 500


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("negative-amount-accepted", "invalid-input-rejected"),
        ("duplicate-as-409", "code-status"),
        ("array-body-crashes", "no-server-error"),
        ("success-true-on-refusal", "success-flag"),
    ],
)
def test_what_a_run_finds_in_single_exchanges_its_recording_shows_too(judge, tmp_path, fault, rule):
    judge("--contract", "oneclickdz", "--fault", fault, "--budget", "250")
    code, text, told = judge("--traffic", tmp_path / "told" / "traffic.har", "--contract", "oneclickdz", folder="again")
    assert (code, rules(told)) == (1, [rule]), text


def test_a_reference_that_was_good_twice_is_a_finding(judge, archive):
    first, second = (at(second, posted(SEND, ORDER, response=answering(200, DONE))) for second in (1, 5))
    code, text, told = judge(*of(archive, first, second))
    assert code == 1, text
    assert "duplicate-rejected" in rules(told)


def test_a_reference_that_was_refused_the_second_time_is_none(judge, archive):
    refusal = {"success": False, "error": {"code": "DUPLICATED_REF", "message": "x"}, "requestId": "req_2"}
    entries = [
        posted(SEND, ORDER, response=answering(200, DONE)),
        posted(SEND, ORDER, response=answering(403, refusal)),
    ]
    code, text, told = judge(*of(archive, at(1, entries[0]), at(5, entries[1])))
    assert "duplicate-rejected" not in rules(told), text
    assert code == 0, text


def test_two_requests_under_way_at_once_are_not_a_second_use(judge, archive):
    first = at(1, posted(SEND, ORDER, response=answering(200, DONE))) | {"time": 9000}
    second = at(5, posted(SEND, ORDER, response=answering(200, DONE | {"requestId": "req_3"})))
    _, text, told = judge(*of(archive, first, second))
    assert "duplicate-rejected" not in rules(told), text


def test_a_body_that_nobody_kept_breaks_no_promise(judge, archive):
    code, text, _ = judge(*of(archive, entry(response={"status": 400, "content": {"size": 90}, "bodySize": -1})))
    assert code == 0, text
    assert "the body was not recorded" in text


def test_what_was_left_out_and_what_cannot_be_judged_is_said(judge, archive):
    code, text, _ = judge(
        *of(
            archive,
            entry(response=answering(200, {"success": True, "data": {"balance": 1}})),
            entry(url="https://elsewhere.test/"),
        )
    )
    assert code == 0, text
    assert "1 at another address than the API" in text
    assert "nor of credentials" in text
    assert "rules that had nothing to judge" in text


def test_credentials_of_a_recording_are_in_no_file_and_no_output(judge, archive, tmp_path):
    token, cookie = "tok-5f2b8c11d9e04a77", "sess-99aa77bb55cc33dd"
    headers = [{"name": "x-access-token", "value": token}, {"name": "Cookie", "value": f"sid={cookie}"}]
    leaking = entry(request={"headers": headers}, response=answering(404, {"oops": token, "c": cookie}))
    code, text, _ = judge(*of(archive, leaking), "-l", "--tb=long")
    assert code == 1, text
    held = [path.name for path in Path(tmp_path / "told").iterdir() if {token, cookie} & words(path)]
    assert (held, token in text, cookie in text) == ([], False, False)


def words(path):
    text = path.read_text("utf-8", "replace")
    return {word for word in ("tok-5f2b8c11d9e04a77", "sess-99aa77bb55cc33dd") if word in text}


def test_commands_never_name_a_production_host(judge, archive):
    code, text, told = judge(
        *of(archive, entry(url="https://api.oneclickdz.com/v3/account/balance", response=answering(500, {"oops": 1})))
    )
    assert code == 1, text
    assert all(
        "staging.invalid" in one["curl"] and "api.oneclickdz.com" not in one["curl"]
        for one in told["runs"][0]["findings"]
    )


def test_a_recording_of_production_may_be_named_as_the_one_to_judge(judge, archive):
    url = "https://api.oneclickdz.com"
    here = entry(url=f"{url}/v3/account/balance", response=answering(500, {"oops": 1}))
    code, text, told = judge(*of(archive, here, entry()), "--target", url)
    assert code == 1, text
    assert told["runs"][0]["target"] == url
    assert "staging.invalid" in told["runs"][0]["findings"][0]["curl"]


def test_a_recording_needs_no_reference_api(judge, archive, tmp_path):
    folder = tmp_path / "my-api"
    folder.mkdir()
    for file in (room() / "oneclickdz").iterdir():
        text = file.read_text("utf-8").replace("contract: oneclickdz", "contract: my-api")
        (folder / file.name).write_text(text, "utf-8")
    recorded = archive(entry(response=answering(500, {"oops": 1})))
    code, text, told = judge("--traffic", recorded, "--contract", folder)
    assert (code, told["runs"][0]["contract"]) == (1, "my-api"), text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--fault", "negative-amount-accepted"), "it can't be combined with --fault"),
        (("--budget", "5"), "it can't be combined with --budget"),
        (("--contract", "depth"), "exactly one --contract"),
        (("--target", "https://elsewhere.test"), "nothing in it is below https://elsewhere.test"),
    ],
)
def test_wrong_usage_is_refused_with_what_to_do(judge, archive, arguments, said):
    code, text, told = judge(*of(archive, entry()), *arguments)
    assert (code, told) == (4, None)
    assert said in text


def test_a_recording_of_something_else_is_refused_with_what_it_holds(judge, archive):
    code, text, _ = judge(*of(archive, entry(url="https://elsewhere.test/x")))
    assert code == 4
    assert "it holds 1 exchanges with https://elsewhere.test" in text
