"""Reads what a run left, whichever of its files is there."""

from errorcontract.reporting.read_back.source import read_back
from errorcontract.reporting.read_back.told import CodeTold, Told

__all__ = ["CodeTold", "Told", "read_back"]
