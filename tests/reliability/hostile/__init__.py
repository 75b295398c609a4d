"""Targets with bad manners, each behaviour by its name."""

from . import coded, elsewhere, endless, framed, told
from .server import BEHAVIOURS, HERE, TLS, Hostile
from .told import EVERYWHERE, MARKS

__all__ = ["BEHAVIOURS", "EVERYWHERE", "HERE", "MARKS", "TLS", "Hostile"]
__all__ += ["coded", "elsewhere", "endless", "framed", "told"]
