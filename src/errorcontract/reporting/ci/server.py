"""Which CI server runs this."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Server(StrEnum):
    """Those that are told something in their own words."""

    GITHUB = "github"
    GITLAB = "gitlab"


AUTO, NONE = "auto", "none"
CHOICES = (AUTO, *(one.value for one in Server), NONE)
_VARIABLES = {"GITHUB_ACTIONS": Server.GITHUB, "GITLAB_CI": Server.GITLAB}


def server_of(choice: str, environment: Mapping[str, str]) -> Server | None:
    """The server that was chosen, or that the environment tells of; None where there is none, or none is wanted."""
    if choice != AUTO:
        return Server(choice) if choice != NONE else None
    return next((one for name, one in _VARIABLES.items() if environment.get(name) == "true"), None)
