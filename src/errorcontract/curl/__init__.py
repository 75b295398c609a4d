"""Prints a story of requests as commands that show the same again when pasted into a shell."""

from errorcontract.curl.command import command
from errorcontract.curl.private import Variable, variables
from errorcontract.curl.script import Place, Setup, commands
from errorcontract.curl.words import Words

__all__ = ["Place", "Setup", "Variable", "Words", "command", "commands", "variables"]
