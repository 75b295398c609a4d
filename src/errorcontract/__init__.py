"""errorcontract: proves that an API keeps the promises it makes about its errors."""

from importlib import metadata as _metadata
from pathlib import Path as _Path

_ROOT = _Path(__file__).resolve().parents[2]

# In a checkout the data rooms (contracts, suites, fixtures) stand beside src/;
# in a wheel they are packed below this package. Both answer to the same names.
if (_ROOT / "contracts").is_dir() and (_ROOT / "pyproject.toml").is_file():
    __path__.append(str(_ROOT))

try:
    __version__ = _metadata.version("errorcontract")
except _metadata.PackageNotFoundError:  # an uninstalled clone
    __version__ = "0.0.0+clone"

__all__ = ["__version__"]
