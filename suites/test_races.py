"""Does a reference that comes several times at once have exactly one effect?"""

import pytest


@pytest.mark.asks("races")
def test_references_at_once_have_one_effect(promises):
    promises.assert_kept()
