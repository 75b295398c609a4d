"""Does a client keep to what the contract asks of callers? Asked with --client only."""

import pytest


@pytest.mark.asks("client-success")
def test_a_client_calls_when_all_goes_well(promises):
    promises.assert_kept()


@pytest.mark.asks("client-delays")
def test_a_client_waits_as_it_is_told(promises):
    promises.assert_kept()


@pytest.mark.asks("client-recovery")
def test_a_client_outlives_an_outage(promises):
    promises.assert_kept()


@pytest.mark.asks("client-lost")
def test_a_client_does_nothing_twice_when_answers_get_lost(promises):
    promises.assert_kept()


@pytest.mark.asks("client-unreadable", "client-unknown")
def test_a_client_survives_what_it_does_not_know(promises):
    promises.assert_kept()


@pytest.mark.asks("client-codes")
def test_a_client_takes_every_code_as_it_is_meant(promises):
    promises.assert_kept()
