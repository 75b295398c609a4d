"""Cases: what to send, and what is promised for it. Everything is made from the contract alone."""

from errorcontract.cases.build import TOKEN, Build, Names
from errorcontract.cases.families import families
from errorcontract.cases.generated import Generator, generators
from errorcontract.cases.kit import Kit
from errorcontract.cases.plan import Share, allot
from errorcontract.cases.prepare import Preparation, preparations

__all__ = [
    "TOKEN",
    "Build",
    "Generator",
    "Kit",
    "Names",
    "Preparation",
    "Share",
    "allot",
    "families",
    "generators",
    "preparations",
]
