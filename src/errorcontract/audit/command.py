"""The command of a client, as its user wrote it."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from errorcontract.errors import UsageError

URL = "ERRORCONTRACT_URL"


class CommandError(UsageError):
    """The command of a client can't be run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command as the user wrote it, `{url}` for the base URL. `environment`: what the client is given besides."""

    text: str
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None

    def words(self, url: str) -> list[str]:
        """The command with the URL in its place."""
        return [word.replace("{url}", url) for word in self.split()]

    def split(self) -> list[str]:
        """Its words, as a shell would read them. Raises CommandError where it is none."""
        try:
            words = shlex.split(self.text)
        except ValueError as problem:
            raise CommandError(f"--client {self.text!r} can't be read: {problem}") from None
        if not words:
            raise CommandError("--client is empty: write a command such as 'node pay.mjs {url}'")
        folder = str(self.folder) if self.folder and os.sep in words[0] else None
        found = shutil.which(words[0]) or (folder and shutil.which(os.path.join(folder, words[0])))  # noqa: PTH118
        if not found:
            raise CommandError(f"--client: there is no program {words[0]!r}")
        return words

    def told(self, url: str) -> str:
        """The command for people."""
        return shlex.join(self.words(url)) if "{url}" in self.text else f"{URL}={shlex.quote(url)} {self.text}"
