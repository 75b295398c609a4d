"""A profile and an OpenAPI document are enough to ask an API that has no contract."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from errorcontract.contract import profiles

DOCUMENT = {
    "openapi": "3.1.0",
    "security": [{"key": []}],
    "paths": {
        "/accounts/v1/accounts/{account}": {
            "get": {
                "operationId": "getAccount",
                "parameters": [
                    {"name": "account", "in": "path", "required": True, "schema": {"type": "string", "example": "12"}}
                ],
                "responses": {"200": {"description": "it"}},
            }
        },
        "/things": {
            "post": {
                "operationId": "makeThing",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {"name": {"type": "string"}, "size": {"type": "integer", "minimum": 1}},
                            }
                        }
                    },
                },
                "responses": {"200": {"description": "made"}},
            }
        },
    },
    "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
}


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "api.json"
    path.write_text(json.dumps(DOCUMENT), "utf-8")
    return str(path)


@pytest.fixture
def html():
    """A server that answers a page of HTML to everything, as a proxy in front of nothing does."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self):
            self.raw_requestline = self.rfile.readline(65537)
            self.close_connection = True
            if self.raw_requestline and self.parse_request():
                self.send_error(502)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def profile(run, document):
    """Asks a target what a profile promises."""

    def asked(name, url, token="any"):  # noqa: S107
        options = ("--contract", name, "--openapi", document, "--budget", "120")
        done = run("--target", url, *options, env={"ERRORCONTRACT_TOKEN": token})
        assert "Traceback" not in done.text
        assert done.run["complete"], done.text
        assert done.run["contract"] == name
        return done

    return asked


def rules(done, *severities):
    return {finding["rule"] for finding in done.run["findings"] if finding["severity"] in (severities or {"error"})}


@pytest.mark.parametrize(("api", "token"), [("merchant", "merchant-token"), ("datamanager", "dm-token")])
def test_an_api_that_keeps_to_the_profile_keeps_it(profile, reference, api, token):
    done = profile("google-status", reference(contract=api), token)
    assert (done.code, rules(done)) == (pytest.ExitCode.OK, set()), done.text
    assert done.run["stats"]["requests"] > 50
    asked = {one["operation"] for one in done.run["coverage"]["operations"] if one["requests"]}
    assert asked >= {"getAccount", "makeThing"}


def test_an_api_whose_statuses_are_its_codes_keeps_it(profile, reference):
    done = profile("http-status", reference(contract="http-guide"), "user-token")
    assert (done.code, rules(done)) == (pytest.ExitCode.OK, set()), done.text


@pytest.mark.parametrize("name", profiles())
def test_a_server_of_another_kind_is_found_out_and_told_first(profile, html, name):
    done = profile(name, html)
    assert "json-body" in rules(done, "error", "warning")
    assert "this does not look like the API of the contract" in done.run["lead"]
    assert done.code == (pytest.ExitCode.TESTS_FAILED if rules(done) else pytest.ExitCode.OK), done.text


def test_a_promise_of_the_documents_of_a_profile_fails_the_run(profile, html):
    assert profile("google-status", html).code == pytest.ExitCode.TESTS_FAILED


def test_an_api_that_does_not_speak_the_profile_that_was_named_for_it_fails_the_run(profile, reference):
    done = profile("problem-details", reference(contract="merchant"), "merchant-token")
    assert (done.code, rules(done)) == (pytest.ExitCode.TESTS_FAILED, {"json-content-type"}), done.text


@pytest.mark.parametrize("name", ["google-status", "problem-details"])
def test_a_profile_without_a_document_is_refused_with_what_is_missing(pytester, counting, name):
    result = pytester.runpytest(
        "-p", "errorcontract.plugin", "--pyargs", "errorcontract.suites", "--target", counting.url, "--contract", name
    )
    told = result.stdout.str() + result.stderr.str()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "--openapi" in told
    assert "Traceback" not in told
    assert counting.requests == 0
