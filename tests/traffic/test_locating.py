"""The API is found in a recording by what was asked, wherever it stood."""

from __future__ import annotations

from errorcontract.traffic import located, read

from .conftest import API, answering, entry

GATEWAY = "https://gateway.example.test/pay"
OTHER = "https://other.example.test"


def at(url, method="GET", second=0, **changes):
    return entry(method, url, startedDateTime=f"2026-05-04T10:00:{second:02}Z", **changes)


def test_exchanges_are_named_after_the_operations_they_called(archive, contract):
    entries = [at(f"{API}/v3/account/balance"), at(f"{API}/v3/mobile/check-ref/a%2Fb?x=1")]
    found = located(read(archive(*entries)), contract)
    assert found.url == API
    assert {one.request.operation for one in found.exchanges} == {"getBalance", "getTopUpByRef"}


def test_an_api_behind_a_path_is_found_there(archive, contract):
    found = located(read(archive(at(f"{GATEWAY}/v3/account/balance"))), contract)
    assert (found.url, found.exchanges[0].request.target) == (GATEWAY, "/v3/account/balance")


def test_the_address_that_fits_most_often_is_the_apis_and_the_others_are_told(archive, contract):
    entries = [at(f"{API}/v3/account/balance", second=n) for n in range(2)]
    found = located(read(archive(*entries, at(f"{OTHER}/v3/account/balance"))), contract)
    assert (found.url, len(found.exchanges), found.alike) == (API, 2, {OTHER: 1})
    assert found.left_out == {"at another address than the API": 1}


def test_the_address_that_is_named_is_the_only_one(archive, contract):
    entries = [at(f"{API}/v3/account/balance", second=n) for n in range(2)]
    whole = read(archive(*entries, at(f"{OTHER}/v3/account/balance")))
    assert [one.origin for one in located(whole, contract, OTHER).exchanges] == [OTHER]
    assert located(whole, contract, "https://nowhere.test") is None


def test_a_host_is_no_beginning_of_another_one(archive, contract):
    whole = read(archive(at(f"{API}/v3/account/balance"), at(f"{API}.evil.test/v3/account/balance", second=1)))
    assert len(located(whole, contract, API).exchanges) == 1


def test_errors_beside_the_operations_count_below_the_apis_prefix_only(archive, contract):
    error = answering(404, {"success": False})
    errors = [at(f"{API}{path}", response=error) for path in ("/v3/no-such", "/shop")]
    found = located(read(archive(at(f"{API}/v3/account/balance"), *errors)), contract)
    assert {one.request.target for one in found.exchanges} == {"/v3/account/balance", "/v3/no-such"}
    assert found.left_out == {"at no operation of the contract": 1}


def test_what_worked_though_the_contract_does_not_know_it_is_nobodys_business(archive, contract):
    entries = [at(f"{API}/v3/account/balance"), at(f"{API}/v3/new-feature"), at(f"{API}/v3/account/balance", "PATCH")]
    found = located(read(archive(*entries)), contract)
    assert len(found.exchanges) == 1
    assert sum(found.left_out.values()) == 2


def test_a_recording_of_something_else_holds_nothing(archive, contract):
    assert located(read(archive(at("https://elsewhere.test/index.html"))), contract) is None
