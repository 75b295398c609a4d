"""Runs a client program against answers by script, and takes down what it does with them."""

from errorcontract.audit.cases import FAMILIES, GOOD, Script, cases
from errorcontract.audit.command import Command, CommandError
from errorcontract.audit.play import Played, Plays
from errorcontract.audit.server import Heard, Host
from errorcontract.audit.voice import Voice

__all__ = [
    "FAMILIES",
    "GOOD",
    "Command",
    "CommandError",
    "Heard",
    "Host",
    "Played",
    "Plays",
    "Script",
    "Voice",
    "cases",
]
