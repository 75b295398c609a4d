"""Sending requests and keeping what came back."""

from errorcontract.exchange.answer import Answer, Limits
from errorcontract.exchange.client import Client
from errorcontract.exchange.journal import EVIDENCE_BYTES, KEPT_BYTES, Journal
from errorcontract.exchange.masking import Mask, Places, secret_member
from errorcontract.exchange.pace import Pace, parse_rate
from errorcontract.exchange.record import Record
from errorcontract.exchange.secrets import Secrets
from errorcontract.exchange.stage import Stage
from errorcontract.exchange.throttle import TOO_MANY

__all__ = [
    "EVIDENCE_BYTES",
    "KEPT_BYTES",
    "TOO_MANY",
    "Answer",
    "Client",
    "Journal",
    "Limits",
    "Mask",
    "Pace",
    "Places",
    "Record",
    "Secrets",
    "Stage",
    "parse_rate",
    "secret_member",
]
