"""The questions that a run asks of a target, one module each."""
