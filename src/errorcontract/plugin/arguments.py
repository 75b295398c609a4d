"""The command line of a run as its report may show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from errorcontract.exchange import secret_member
from errorcontract.exchange.secrets import extra_header

_HEADER, _DATA = "--header", "--data"


def shown(arguments: Sequence[str]) -> list[str]:
    """The arguments, those that hold a credential with the name of its variable in its place."""
    return [_shown(before, argument) for before, argument in pairwise(["", *arguments])]


def _shown(before: str, argument: str) -> str:
    option, equals, value = argument.partition("=")
    if before in {_HEADER, _DATA}:
        return "".join(_value(before, argument))
    return f"{option}={''.join(_value(option, value))}" if equals and option in {_HEADER, _DATA} else argument


def _value(option: str, value: str) -> Iterator[str]:
    name, equals, rest = value.partition("=")
    if option == _HEADER:
        yield _of_header(value)
    else:
        yield f"{name}=***{name}***" if equals and rest and secret_member(name) else value


def _of_header(line: str) -> str:
    try:
        (name, value), secrets = extra_header(line, cautious=True)
    except ValueError:
        return "***"
    return f"{name}: {value}" if secrets and "env:" not in line else line
