"""An audit of a client program: the cases that it is put through, and what comes of them."""

from errorcontract.run.audit.audit import Audit
from errorcontract.run.audit.by_hand import PORT
from errorcontract.run.audit.story import case_of, trace_of
from errorcontract.run.audit.voice import voice_of

__all__ = ["PORT", "Audit", "case_of", "trace_of", "voice_of"]
