"""The scripts of bench/ and the sample of these tests are no packages; they are found by their folders."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

for folder in (HERE, HERE.parents[1] / "bench"):
    sys.path.append(str(folder))
