"""`python -m errorcontract.contract FOLDER...`: says everything that is wrong with contracts; 0 if nothing is."""

from __future__ import annotations

import sys

from errorcontract.contract.loader import lint
from errorcontract.contract.rooms import bundled
from errorcontract.errors import HarnessError

USAGE = 4


def main(arguments: list[str]) -> int:
    """Check the named contracts, all bundled ones without names. 0: sound, 1: problems, 4: no such contract."""
    worst = 0
    for name in arguments or bundled():
        try:
            found = lint(name)
        except HarnessError as error:
            sys.stderr.write(f"{error}\n")
            return USAGE
        for problem in found:
            sys.stdout.write(f"{name}: {problem}\n")
        sys.stdout.write("" if found else f"{name}: sound\n")
        worst = max(worst, bool(found))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
