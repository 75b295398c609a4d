"""Runs a client program against answers by script, and takes down what it does with them."""

from errorcontract.audit.cases import FAMILIES, cases
from errorcontract.audit.command import Command, CommandError
from errorcontract.audit.heard import Heard
from errorcontract.audit.play import Plays
from errorcontract.audit.played import Played
from errorcontract.audit.script import GOOD, Script
from errorcontract.audit.server import Host
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
