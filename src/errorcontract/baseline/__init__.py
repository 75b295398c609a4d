"""Findings that were accepted before: which they are, why, and until which day."""

from errorcontract.baseline.entry import Entry
from errorcontract.baseline.file import read
from errorcontract.baseline.upkeep import Upkeep, accept, drop_unneeded

__all__ = ["Entry", "Upkeep", "accept", "drop_unneeded", "read"]
