"""findings.json: findings and coverage as plain data. The shape is fixed: members may be added, never changed."""

from errorcontract.reporting.findings_json.document import render, schema

__all__ = ["render", "schema"]
