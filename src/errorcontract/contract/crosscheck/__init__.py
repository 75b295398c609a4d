"""Checks across the files of a contract: every name must name something, every promise must be possible."""

from errorcontract.contract.crosscheck.check import cross_check

__all__ = ["cross_check"]
