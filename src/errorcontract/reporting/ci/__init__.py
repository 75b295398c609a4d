"""What a CI server is told in its own words, where it is known which one runs this."""

from errorcontract.reporting.ci.server import CHOICES, Server, server_of

__all__ = ["CHOICES", "Server", "server_of"]
