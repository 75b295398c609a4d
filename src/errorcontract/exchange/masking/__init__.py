"""Hides credentials, tokens and personal values in whatever a run keeps or prints, by value and by place."""

from errorcontract.exchange.masking.mask import Mask
from errorcontract.exchange.masking.names import secret_header, secret_member
from errorcontract.exchange.masking.places import Places

__all__ = ["Mask", "Places", "secret_header", "secret_member"]
