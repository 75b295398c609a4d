"""The room that turns a contract folder into a Contract, or says what is wrong with it."""

from errorcontract.contract.loader import data_names_of, lint, load, production_hosts_of, title_of
from errorcontract.contract.problem import Problem, nearest
from errorcontract.contract.rooms import bundled, production_hosts, profiles

__all__ = [
    "Problem",
    "bundled",
    "data_names_of",
    "lint",
    "load",
    "nearest",
    "production_hosts",
    "production_hosts_of",
    "profiles",
    "title_of",
]
