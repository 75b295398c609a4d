"""Do balance, orders and look-ups agree with the answers, whatever was asked before?"""

import pytest


@pytest.mark.asks("ledger")
def test_after_any_sequence_the_books_agree_with_the_answers(promises):
    promises.assert_kept()


@pytest.mark.asks("poverty")
def test_so_they_do_when_the_account_is_nearly_empty(promises):
    promises.assert_kept()
