"""From a file of recorded traffic to exchanges with the API that a contract is about. Sends nothing."""

from errorcontract.traffic.har import read
from errorcontract.traffic.located import Located, located
from errorcontract.traffic.recording import Recorded, Recording

__all__ = ["Located", "Recorded", "Recording", "located", "read"]
