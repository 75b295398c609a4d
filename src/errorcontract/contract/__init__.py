"""The room that turns a contract folder into a Contract, or says what is wrong with it."""

from errorcontract.contract.loader import lint, load, production_hosts_of
from errorcontract.contract.problem import Problem
from errorcontract.contract.rooms import bundled, production_hosts

__all__ = ["Problem", "bundled", "lint", "load", "production_hosts", "production_hosts_of"]
