"""Does a reference that comes several times at once have exactly one effect, and does nothing else suffer from it?"""

from errorcontract.cases.families.races.family import cases

__all__ = ["cases"]
