"""The library requests with urllib3's Retry as it comes: `Retry(3)`."""

from over_requests import calls
from urllib3.util import Retry
from work import run

run(**calls(Retry(3)))
