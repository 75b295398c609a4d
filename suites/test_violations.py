"""Are several faults of one request all named in one answer?"""

import pytest


@pytest.mark.asks("violations")
def test_several_faults_are_all_named_at_once(promises):
    promises.assert_kept()
