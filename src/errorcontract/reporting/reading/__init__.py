"""What runs wrote down, as values: lines of the journal, members of findings.json."""
