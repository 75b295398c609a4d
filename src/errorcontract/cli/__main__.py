"""`python -m errorcontract.cli`: the same as `errorcontract`."""

import sys

from errorcontract.cli.command import main

if __name__ == "__main__":
    sys.exit(main())
