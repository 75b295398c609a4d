"""What a state machine may ask of a target, made from the contract alone: ways to call, and the words of a sequence."""

from errorcontract.cases.machine.calls import Call, Telling, Turn, Way
from errorcontract.cases.machine.stories import (
    FAMILY,
    Form,
    Sight,
    apart,
    calls_of,
    counted,
    forms,
    later,
    narrow,
    plainer,
    without,
)
from errorcontract.cases.machine.tour import NEXT, tour
from errorcontract.cases.machine.ways import FEW_REQUESTS, REQUESTS, Ways, concerns, dearest, pays, ways

__all__ = [
    "FAMILY",
    "FEW_REQUESTS",
    "NEXT",
    "REQUESTS",
    "Call",
    "Form",
    "Sight",
    "Telling",
    "Turn",
    "Way",
    "Ways",
    "apart",
    "calls_of",
    "concerns",
    "counted",
    "dearest",
    "forms",
    "later",
    "narrow",
    "pays",
    "plainer",
    "tour",
    "ways",
    "without",
]
