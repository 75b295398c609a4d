"""What one API promises, as values: made by the loader from a contract folder; see docs/contracts.md."""
