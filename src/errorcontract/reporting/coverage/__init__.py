"""What a run reached of the contract, derived from its tallies."""

from errorcontract.reporting.coverage.codes import NOT_ASKED
from errorcontract.reporting.coverage.derive import coverage_of
from errorcontract.reporting.coverage.reached import CodeCoverage, Coverage, OperationCoverage, RuleCoverage

__all__ = ["NOT_ASKED", "CodeCoverage", "Coverage", "OperationCoverage", "RuleCoverage", "coverage_of"]
