"""The page that a release manager reads, with what pytest-html knows of the questions."""

from errorcontract.reporting.html.asked import Asked, asked_of
from errorcontract.reporting.html.compose import whole_page

__all__ = ["Asked", "asked_of", "whole_page"]
