"""Whole runs against hostile targets: none hangs, takes much memory, reaches the terminal raw or breaks a report."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from .hostile import EVERYWHERE, HERE, MARKS, Hostile
from .nursery import tiny

MOST_SECONDS, MOST_MIB = 60, 250
MADE = ("report.html", "findings.json", "findings.sarif", "junit.xml", "summary.md", "traffic.har")
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
BRIEF = ("--budget", "24", "--request-timeout", "1")

GIVEN_UP = {
    "never answers": "the target hangs: no complete answer within ",
    "drips its body, a byte a second": "the target hangs: the body did not end within ",
    "a body of 5 GB, that says so": "the target gives no whole answer: longer than 2097152 bytes",
    "chunks of one byte without end": "the target (hangs|gives no whole answer): ",
    "headers without end": "the target gives no whole answer: the answer's header section is larger than 1000 lines",
    "interim answers without end, 103": "the target gives no whole answer: the answer is not HTTP: more than 50",
    "expands a millionfold, gzip in gzip": "the target gives no whole answer: expands to more than 2097152 bytes",
    "a coding that nobody knows": "the target gives no whole answer: sent in the coding .*rot13', which was not asked",
    "resets without an answer": "the target gives no whole answer: the connection broke off",
    "HTTP/2": "the target gives no whole answer: the answer is not HTTP",
}
REFUSED = {
    "TLS that ends in the handshake": "TLS can't be agreed on, .*Does it speak https, and is the port right",
    "TLS that falls silent in the handshake": "does not answer: .*timed out",
    "a certificate that nobody vouches for": "its certificate is refused, self-signed certificate. If it is to be",
    "a certificate that has expired": "its certificate is refused, certificate has expired. Renew it",
}
FOUND = {
    "promises more than it sends": "response-complete",
    "no last chunk": "response-complete",
    "TLS that ends in the body": "response-complete",
    "HTTP/1.0": "envelope-shape",
    "a number too large for a float": "envelope-shape",
    "a number of 5,000 digits": "envelope-shape",
    "arrays 100,000 deep": "json-body",
    "objects 900 deep in an error": "details-typed",
    "lone surrogates": "envelope-shape",
    "bytes that are no UTF-8": "json-body",
    "a name of 1 MB": "envelope-shape",
    "a type of content that acts": "json-content-type",
    "redirects into a script": "redirect-location",
    **dict.fromkeys(MARKS, "envelope-shape"),
}


class Acting(HTMLParser):
    """Collects what of a page would act and was not put there by us."""

    def __init__(self):
        super().__init__()
        self.found = []
        self._script = False

    def handle_starttag(self, tag, attributes):
        self._script = tag == "script"
        self.found += [tag] if tag in {"canary", "iframe", "object", "embed", "base"} else []
        self.found += [name for name, value in attributes if "canary" in f"{name} {value}" and name.startswith("on")]
        self.found += [value for name, value in attributes if name in {"href", "src"} and leads(value or "")]

    def handle_endtag(self, tag):
        self._script = self._script and tag != "script"

    def handle_data(self, data):
        if self._script and "canary()" in data and "</script>" not in data and "application/json" not in data:
            self.found.append("a script")


def leads(value):
    return value.lower().replace("\t", "").strip().startswith(("javascript:", "http://canary", "file:", "vbscript:"))


@pytest.fixture
def attacked(run):
    """A run against a behaviour, held to its limits of time and memory, its terminal and its reports looked at."""

    def ran(name, *more, honest=0, **options):
        with Hostile(name, honest) as server:
            done = run(*tiny(server.url, *BRIEF, *more), **options)
        assert done.seconds < MOST_SECONDS
        assert done.peak < MOST_MIB
        assert RAW.findall(done.text) == []
        if done.code != 4:
            check_reports(done.folder)
        return done

    return ran


def check_reports(folder):
    assert [name for name in MADE if not (folder / name).stat().st_size] == []
    for name in ("findings.json", "findings.sarif", "traffic.har"):
        json.loads((folder / name).read_text("utf-8"), parse_constant=pytest.fail)
    acting = Acting()
    acting.feed((folder / "report.html").read_text("utf-8"))
    assert acting.found == []


@pytest.mark.parametrize("name", GIVEN_UP)
def test_it_is_given_up_with_the_reason(attacked, name):
    ran = attacked(name)
    assert ran.code == 2
    assert not ran.run["complete"]
    assert re.match(GIVEN_UP[name], ran.run["why_incomplete"])
    assert f"errorcontract: {ran.run['why_incomplete']}" in ran.text


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_before_anything_is_sent(attacked, name):
    env = {"SSL_CERT_FILE": str(HERE / "expired.pem")} if "expired" in name else {}
    ran = attacked(name, env=env)
    assert ran.code == 4
    assert re.search(REFUSED[name], ran.text)


@pytest.mark.parametrize("name", FOUND)
def test_it_becomes_a_finding(attacked, name):
    env = {"SSL_CERT_FILE": str(HERE / "good.pem")} if "TLS" in name else {}
    ran = attacked(name, env=env)
    assert ran.code == 1 or FOUND[name] == "redirect-location"
    assert ran.run["complete"]
    assert FOUND[name] in {finding["rule"] for finding in ran.run["findings"]}


def test_a_target_that_hangs_later_is_given_up_and_what_was_found_is_told(attacked):
    ran = attacked("falls silent in the body", honest=12)
    assert ran.code == 2
    assert ran.run["why_incomplete"].startswith("the target hangs: the body did not end within 1 s")
    assert {finding["id"] for finding in ran.run["findings"]} == ran.journalled
    assert "response-complete" in {finding["rule"] for finding in ran.run["findings"]}


@pytest.mark.parametrize("name", EVERYWHERE)
def test_odd_values_in_every_member_of_a_success_are_findings_and_no_mistake_of_ours(run, name):
    with Hostile(name) as server:
        ran = run("--target", server.url, "--contract", "oneclickdz", "--budget", "40", "--request-timeout", "5")
    assert ran.code == 1
    assert ran.run["complete"]
    assert RAW.findall(ran.text) == []
    check_reports(ran.folder)
