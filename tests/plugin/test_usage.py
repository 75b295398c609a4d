"""A wrong option is refused with exit code 4 and a useful word, before anything is sent."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys

import pytest

from errorcontract.errors import HarnessError
from errorcontract.target import target

CONTRACT = ("--contract", "oneclickdz")


@pytest.fixture
def refused(pytester, monkeypatch):
    """Runs pytest with options that must be refused, and gives what it said."""
    for name in list(os.environ):
        if name.endswith("_TOKEN"):
            monkeypatch.delenv(name)

    def said(*options):
        result = pytester.runpytest("-p", "errorcontract.plugin", "--pyargs", "errorcontract.suites", *options)
        text = "\n".join([*result.outlines, *result.errlines])
        assert result.ret == pytest.ExitCode.USAGE_ERROR, text
        assert "Traceback" not in text
        assert not list(pytester.path.rglob("findings.json"))
        return text

    return said


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--contract", "oneclikdz"], "oneclickdz"),
        (["--contract", "no-such-folder/at-all"], "no-such-folder/at-all"),
        (["--contract", "oneclickdz", "--fault", "negative-amount-acepted"], "negative-amount-accepted"),
        (["--fault", "nothing-like-it-zzz"], "--list-faults"),
        (["--choice", "new-balanse"], "new-balance"),
        (["--choice", "nothing-like-it-zzz"], "--list-choices"),
        (["--budget", "0"], "whole number, 1 or more"),
        (["--budget", "-1"], "whole number, 1 or more"),
        (["--budget", "abc"], "whole number, 1 or more"),
        (["--budget", "1.5"], "whole number, 1 or more"),
        (["--budget", "٥"], "whole number, 1 or more"),
        (["--rate", "60"], "write N/second or N/minute"),
        (["--rate", "0/second"], "write N/second or N/minute"),
        (["--rate", "fast"], "write N/second or N/minute"),
        (["--header", "nonsense"], "NAME: VALUE"),
        (["--header", "X-Key: env:EC_NOT_SET_ANYWHERE"], "EC_NOT_SET_ANYWHERE is not set"),
        (["--data", "nonsense"], "KEY=VALUE"),
        (["--data", "=1"], "KEY=VALUE"),
        (["--data", "fone=0770000000"], "phone"),
        (["--baseline", "no-such-file.json"], "--baseline no-such-file.json"),
        (["--openapi", "no-such-file.yaml"], "--openapi no-such-file.yaml"),
        (["--fail-on", "nothing"], "--fail-on"),
        (["--target", "http://127.0.0.1:1"], "oneclickdz"),
        (["--target", "http://127.0.0.1:1", *CONTRACT, *CONTRACT], "exactly one --contract"),
        (["--client", "python {url}"], "exactly one --contract"),
        (["--client", "python {url}", *CONTRACT, "--contract", "depth"], "exactly one --contract"),
        (["--client", "python {url}", *CONTRACT, "--target", "http://127.0.0.1:1"], "can't be combined with --target"),
        (["--client", "python {url}", *CONTRACT, "--fault", "charged-twice"], "can't be combined with --fault"),
        (["--client", "python {url}", *CONTRACT, "--budget", "5"], "can't be combined with --budget"),
        (["--client", "no-such-program {url}", *CONTRACT], "there is no program 'no-such-program'"),
        (["--client", "", *CONTRACT], "--client is empty"),
        (["--target", "http://127.0.0.1:1", *CONTRACT, "--fault", "charged-twice"], "can't be combined with --target"),
        (["--target", "http://127.0.0.1:1", *CONTRACT, "--choice", "new-balance"], "can't be combined with --target"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_wrong_option_is_refused_with_a_useful_word(refused, options, told):
    assert told in refused(*options)


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "nonsense",
        "127.0.0.1:8080",
        "ftp://127.0.0.1/",
        "http://",
        "http:///v3",
        "http://h:notaport",
        "http://h:0",
        "http://h:99999",
        "http://a b/",
        "http://h/\n",
        "http://h/?a=1",
        "http://h/#f",
        "http://user:pw@h/",
        "http://[::1",
    ],
)
def test_a_target_that_is_no_base_url_is_refused(url):
    with pytest.raises(HarnessError, match="--target"):
        target(url.replace("\n", "\x01"), [])


@pytest.mark.parametrize(
    "url",
    [
        "https://api.oneclickdz.com",
        "http://api.oneclickdz.com",
        "https://API.OneClickDZ.com/v3",
        "https://api.oneclickdz.com./",
        "https://api.oneclickdz.com:8443/x",
        " https://api.oneclickdz.com ",
        "https://api。oneclickdz。com",
        "https://ａｐｉ.oneclickdz.com",
        "HTTPS://api.oneclickdz.com/",
        "https://api%2Eoneclickdz%2Ecom",
    ],
)
def test_a_production_host_is_refused_in_every_spelling(refused, url):
    assert "production host" in (told := refused("--target", url, *CONTRACT)) or "is not a URL" in told


def test_a_production_host_of_a_contract_in_a_folder_is_refused_too(refused, pytester):
    from errorcontract.contract.rooms import room  # noqa: PLC0415

    folder = pytester.mkdir("my-api")
    for file in (room() / "oneclickdz").iterdir():
        text = (
            file.read_text("utf-8")
            .replace("api.oneclickdz.com", "pay.example.test")
            .replace("contract: oneclickdz", "contract: my-api")
        )
        (folder / file.name).write_text(text, "utf-8")
    assert "production host" in refused("--target", "https://pay.example.test", "--contract", str(folder))
    assert "production host" in refused("--target", "https://api.oneclickdz.com", "--contract", str(folder))


def test_a_host_that_only_looks_like_production_is_none():
    hosts = ["api.oneclickdz.com"]
    assert target("https://api.oneclickdz.com.staging.test", hosts).url == "https://api.oneclickdz.com.staging.test"
    assert target("https://sandbox-api.oneclickdz.com/v3/", hosts).url == "https://sandbox-api.oneclickdz.com/v3"


def test_a_target_where_nothing_listens_is_refused(refused):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert "does not answer" in refused("--target", f"http://127.0.0.1:{port}", *CONTRACT)


def test_missing_credentials_are_asked_for_by_name(refused):
    told = refused("--target", "http://staging.example.test", *CONTRACT)
    assert "ONECLICKDZ_TOKEN or ERRORCONTRACT_TOKEN" in told


@pytest.mark.parametrize("empty", ["", "  "])
def test_empty_credentials_are_none(refused, monkeypatch, empty):
    monkeypatch.setenv("ERRORCONTRACT_TOKEN", empty)
    assert "no credentials" in refused("--target", "http://127.0.0.1:1", *CONTRACT)


def test_a_wrong_contract_file_is_refused_with_its_place(refused, pytester):
    from errorcontract.contract.rooms import room  # noqa: PLC0415

    folder = pytester.mkdir("wrong")
    for file in (room() / "oneclickdz").iterdir():
        (folder / file.name).write_text(file.read_text("utf-8").replace("request_id:", "requestid:", 1), "utf-8")
    told = refused("--contract", str(folder))
    assert "contract.yaml" in told
    assert "request_id" in told


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"accepted": [{"id": "x"}]}', '{"accepted": 5}', '{"accepted": [1]}', "not json"]
)
def test_a_wrong_baseline_is_refused(refused, pytester, content):
    (pytester.path / "baseline.json").write_text(content)
    assert "--baseline baseline.json" in refused("--baseline", "baseline.json")


@pytest.mark.parametrize("content", ["", "[]", "just text", "{", "a: b"])
def test_a_document_that_is_no_openapi_is_refused(refused, pytester, content):
    (pytester.path / "api.yaml").write_text(content)
    assert "--openapi api.yaml" in refused("--openapi", "api.yaml")


def test_a_report_folder_that_is_a_file_is_refused(refused, pytester):
    (pytester.path / "taken").write_text("")
    assert "--report-dir" in refused("--report-dir", "taken")


def test_a_report_folder_below_a_file_is_refused(refused, pytester):
    (pytester.path / "taken").write_text("")
    assert "--report-dir" in refused("--report-dir", "taken/below")


@pytest.mark.parametrize(
    "options",
    [
        ["--budget", "0"],
        ["--rate", "x"],
        ["--header", "x"],
        ["--data", "x"],
        ["--baseline", "none.json"],
        ["--fault", "charged-twice"],
        ["--choice", "new-balance"],
        ["--openapi", "none.yaml"],
        ["--contract", "oneclikdz"],
        ["--data", "fone=1"],
        ["--report-dir", "taken"],
    ],
    ids=" ".join,
)
def test_nothing_is_sent_for_a_wrong_option(refused, pytester, counting, options):
    (pytester.path / "taken").write_text("")
    refused("--target", counting.url, *([] if "--contract" in options else CONTRACT), *options)
    assert counting.requests == 0


def test_an_earlier_report_survives_a_wrong_option(refused, pytester):
    reports = pytester.mkdir("reports")
    (reports / "journal.ndjson").write_text("an earlier run")
    refused("--budget", "0")
    assert (reports / "journal.ndjson").read_text() == "an earlier run"


def test_credentials_the_target_refuses_are_a_usage_error(pytester, reference, monkeypatch):
    monkeypatch.setenv("ERRORCONTRACT_TOKEN", "not-the-right-one")
    result = pytester.runpytest(
        "-p", "errorcontract.plugin", "--pyargs", "errorcontract.suites", "--target", reference(), *CONTRACT
    )
    text = result.stdout.str() + result.stderr.str()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "refuses the credential" in text
    assert "not-the-right-one" not in text
    assert json.loads((pytester.path / "reports" / "findings.json").read_text("utf-8"))["runs"][0]["complete"] is False


@pytest.mark.parametrize("value", [b"k\xff\xfe", b"k\nX-Other: 1", b"k\r"])
def test_a_credential_that_no_header_can_hold_is_refused_without_showing_it(pytester, counting, value):
    environment = {**os.environb, b"ERRORCONTRACT_TOKEN": value}
    command = [sys.executable, "-m", "pytest", "-p", "errorcontract.plugin", "--pyargs", "errorcontract.suites"]
    done = subprocess.run(
        [*command, "--target", counting.url, *CONTRACT],
        env=environment,
        cwd=pytester.path,
        capture_output=True,
        check=False,
    )
    told = (done.stdout + done.stderr).decode()
    assert done.returncode == pytest.ExitCode.USAGE_ERROR, told
    assert "ERRORCONTRACT_TOKEN can't be sent in a header" in told
    assert "Traceback" not in told
    assert counting.requests == 0


def test_a_contract_without_a_reference_api_needs_a_target(refused, pytester):
    from errorcontract.contract.rooms import room  # noqa: PLC0415

    folder = pytester.mkdir("my-api")
    for file in (room() / "oneclickdz").iterdir():
        (folder / file.name).write_text(
            file.read_text("utf-8").replace("contract: oneclickdz", "contract: my-api"), "utf-8"
        )
    assert "--target" in refused("--contract", str(folder))
