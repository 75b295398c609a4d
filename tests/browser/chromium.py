"""Where a Chromium is on this machine."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MISSING = (
    "no Chromium was found for the tests of the page: install one (Debian: apt-get install chromium), "
    "or name it with CHROMIUM=/path/to/chromium"
)


def find_chromium() -> str | None:
    """The program that CHROMIUM names, else the first of the usual names that is there."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def required() -> bool:
    """Whether its absence is a failure, as it is in CI."""
    return os.environ.get("ERRORCONTRACT_BROWSER") == "required"
