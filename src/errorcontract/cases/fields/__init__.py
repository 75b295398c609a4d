"""Is every value outside the documented range of a field refused, and its field named?"""

from errorcontract.cases.fields.held import as_in, good_value, is_price, known_value, with_amount
from errorcontract.cases.fields.kinds import cases, of_kinds
from errorcontract.cases.fields.promise import hostile_promise

__all__ = ["as_in", "cases", "good_value", "hostile_promise", "is_price", "known_value", "of_kinds", "with_amount"]
