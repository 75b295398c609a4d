"""The library requests with urllib3's Retry for some statuses and every method: `allowed_methods=None`."""

from over_requests import calls
from urllib3.util import Retry
from work import run

run(**calls(Retry(3, backoff_factor=0.5, status_forcelist=[429, 500, 502, 503, 504], allowed_methods=None)))
