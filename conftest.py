"""Makes an uninstalled clone work: the package is looked for in src/ only where it is not installed."""

import importlib.util
import sys
from pathlib import Path

if importlib.util.find_spec("errorcontract") is None:
    sys.path.insert(0, str(Path(__file__).parent / "src"))

if "errorcontract.plugin" not in sys.modules:  # an installed one is named by its entry point
    pytest_plugins = ["errorcontract.plugin"]
