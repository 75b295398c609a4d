"""Did the target keep its promises in traffic that was recorded? Asked with --traffic."""

import pytest


@pytest.mark.asks("traffic")
def test_recorded_traffic_keeps_the_promises(promises):
    promises.assert_kept()
