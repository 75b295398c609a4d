"""The page that a release manager reads: our part of pytest-html's report."""

from errorcontract.reporting.html.compose import STYLE, lead
from errorcontract.reporting.html.finish import polish, whole_page

__all__ = ["STYLE", "lead", "polish", "whole_page"]
