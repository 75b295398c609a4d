"""The repository that a run is started in: its commit, its address, and where a file stands in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

_LIKE_SCP = re.compile(r"(?:[\w.-]+@)?([\w.-]+):(?!//)(.+)")


def commit() -> str | None:
    """The commit that is checked out."""
    return _git("rev-parse", "--short=12", "HEAD")


def address() -> str | None:
    """The URL of the repository that this one came from, without any credentials."""
    url = _git("remote", "get-url", "origin")
    return None if url is None else without_credentials(url)


def without_credentials(url: str) -> str | None:
    """A URL that names host and path only; None for what is no address on a network."""
    short = _LIKE_SCP.fullmatch(url)
    if short:
        return f"ssh://{short[1]}/{short[2]}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", "")) if host and parts.scheme != "file" else None


def place_of(file: Path) -> str:
    """The path of a file in the repository, or in the current folder; else its name with the two folders above."""
    top = _git("rev-parse", "--show-toplevel")
    for folder in (Path(top).resolve() if top else None, Path.cwd().resolve()):
        if folder is not None and file.resolve().is_relative_to(folder):
            return file.resolve().relative_to(folder).as_posix()
    return "/".join(file.resolve().parts[-3:]).lstrip("/")


def _git(*arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    done = subprocess.run([git, *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or None
