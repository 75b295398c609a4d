"""The `errorcontract` command: what there is to do beside a test run. Runs themselves are pytest's."""

from errorcontract.cli.command import main, parser

__all__ = ["main", "parser"]
