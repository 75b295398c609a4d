"""An archive is read as what was sent and answered, whoever wrote it; what is none of it is left out and counted."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errorcontract.errors import UsageError
from errorcontract.traffic import read

from .conftest import API, answering, entry, posted

MEMBERS = st.sampled_from(["request", "response", "url", "method", "headers", "content", "text", "status", "time"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS | st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
ENTRY = st.fixed_dictionaries(
    {},
    optional={
        "startedDateTime": JSON | st.just("2026-05-04T10:00:00Z"),
        "time": JSON,
        "request": JSON | st.fixed_dictionaries({"url": st.just(API) | JSON, "method": JSON, "postData": JSON}),
        "response": JSON | st.fixed_dictionaries({"status": st.just(200) | JSON, "content": JSON, "headers": JSON}),
    },
)


def only(path):
    [one] = read(path).exchanges
    return one


def test_an_exchange_has_its_address_time_and_answer(archive):
    one = only(archive(entry(url=f"{API}/v3/mobile/plans?a=1", response=answering(200, {"success": True}))))
    assert (one.origin, one.request.target, one.request.method) == (API, "/v3/mobile/plans?a=1", "GET")
    assert (one.response.status, json.loads(one.response.body), one.response.cut) == (200, {"success": True}, None)
    assert one.seconds == 0.0125
    assert one.started == 1777888800.0


def test_exchanges_come_in_the_order_of_their_times(archive):
    late, early = entry(startedDateTime="2026-05-04T10:00:05Z"), entry(startedDateTime="2026-05-04T12:00:01+02:00")
    assert [one.place for one in read(archive(late, early)).exchanges] == [2, 1]


def test_a_body_in_base64_is_decoded(archive):
    content = {"size": 3, "mimeType": "image/png", "text": base64.b64encode(b"\x89PN").decode(), "encoding": "base64"}
    assert only(archive(entry(response={"content": content}))).response.body == b"\x89PN"


@pytest.mark.parametrize("content", [{"size": 40, "mimeType": "application/json"}, {"size": -1}, {}, None])
def test_an_answer_whose_body_nobody_kept_is_cut(archive, content):
    got = only(archive(entry(response={"content": content, "bodySize": -1}))).response
    assert got.cut == "the body was not recorded"


@pytest.mark.parametrize(
    "changes",
    [
        {"response": {"status": 204, "content": {"size": 0}}},
        {"response": {"content": {"size": 0}, "bodySize": 0}},
        {"response": {"content": {}, "headers": [{"name": "content-length", "value": "0"}]}},
    ],
)
def test_an_answer_that_had_no_body_is_whole(archive, changes):
    assert only(archive(entry(**changes))).response.cut is None


def test_a_request_whose_body_nobody_kept_is_known_to_be_unknown(archive):
    assert not only(archive(entry("POST", request={"bodySize": 12}))).body_known
    assert only(archive(posted(f"{API}/v3/mobile/send", {"amount": 1}))).body_known


def test_a_form_is_put_together_from_its_fields_and_a_form_with_files_is_not(archive):
    form = {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a", "value": "b c"}]}
    parts = {"mimeType": "multipart/form-data", "params": [{"name": "file", "fileName": "x"}]}
    assert only(archive(entry("POST", request={"postData": form}))).request.body == b"a=b+c"
    assert not only(archive(entry("POST", request={"postData": parts}))).body_known


def test_the_pseudo_headers_of_http_2_are_left_out_and_joined_ones_are_parted(archive):
    headers = [{"name": ":status", "value": "200"}, {"name": "set-cookie", "value": "a=1\nb=2"}]
    got = only(archive(entry(response={"headers": headers}))).response
    assert got.headers == (("set-cookie", "a=1"), ("set-cookie", "b=2"))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"url": "data:text/plain,x"}, "not sent over HTTP"),
        ({"url": "wss://api.example.test/v3"}, "not sent over HTTP"),
        ({"response": {"status": 0}}, "without an answer"),
        ({"startedDateTime": "yesterday"}, "without a time at which it was sent"),
        ({"_fromCache": "disk"}, "answered by the browser, not by the API"),
        ({"response": {"_fetchedViaServiceWorker": True}}, "answered by the browser, not by the API"),
    ],
)
def test_what_the_api_did_not_answer_is_left_out_with_the_reason(archive, changes, why):
    found = read(archive(entry(**changes), entry()))
    assert (len(found.exchanges), found.left_out) == (1, {why: 1})


def test_a_browsers_question_before_the_request_is_left_out(archive):
    asks = [{"name": "Access-Control-Request-Method", "value": "POST"}]
    found = read(archive(entry("OPTIONS", request={"headers": asks})))
    assert found.left_out == {"a browser's own question whether it may ask": 1}


def test_an_exchange_that_was_recorded_twice_counts_once(archive):
    found = read(archive(entry(), entry()))
    assert (len(found.exchanges), found.left_out) == (1, {"recorded twice": 1})


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"log": {}}', '{"log": {"entries": {}}}', "\xff", "[" * 100_000, '{"log": NaN']
)
def test_a_file_that_is_no_archive_is_refused_by_name(tmp_path, text):
    path = tmp_path / "other.har"
    path.write_text(text, "latin-1")
    with pytest.raises(UsageError, match=r"--traffic .*other\.har: no HTTP Archive"):
        read(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match="No such file"):
        read(tmp_path / "none.har")


def test_a_byte_order_mark_is_no_hindrance(tmp_path):
    path = tmp_path / "marked.har"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"log": {"entries": [entry()]}}).encode())
    assert len(read(path).exchanges) == 1


@settings(deadline=None)
@given(entries=st.lists(ENTRY, max_size=3))
def test_no_entry_is_too_odd_to_be_read_or_left_out(tmp_path_factory, entries):
    path = tmp_path_factory.getbasetemp() / "odd.har"
    path.write_text(json.dumps({"log": {"entries": entries}}), "utf-8")
    found = read(path)
    assert len(found.exchanges) + sum(found.left_out.values()) == len(entries)
