"""Sending requests and keeping what came back."""

from errorcontract.exchange.client import Client, Limits
from errorcontract.exchange.journal import Journal
from errorcontract.exchange.mask import Mask
from errorcontract.exchange.pace import Pace, parse_rate
from errorcontract.exchange.secrets import Secrets
from errorcontract.exchange.stage import Record, Stage

__all__ = ["Client", "Journal", "Limits", "Mask", "Pace", "Record", "Secrets", "Stage", "parse_rate"]
