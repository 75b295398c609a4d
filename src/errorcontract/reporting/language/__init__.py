"""The words of the interface, one catalogue for each language. What a run found stays as it was told."""

from errorcontract.reporting.language.catalogue import LANGUAGES, Language, language

__all__ = ["LANGUAGES", "Language", "language"]
