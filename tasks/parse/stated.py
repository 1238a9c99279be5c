"""What the readers of this room find, before it becomes rows: stated numbers and findings. Spans in `Document.text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tasks.model import CheckStatus, Method, Period, Qualifier, Severity, Span


@dataclass(slots=True)
class Stated:
    """A number that the report states for an indicator, as a reader of tables or of prose found it."""

    indicator_id: str
    applicant_type: str  # `total` where the number is not split
    value: float  # in the indicator's unit
    unit: str
    value_span: Span  # the numeral, or the words that say none
    quote_span: Span  # the clause, or the cell, that states it; holds `value_span`
    qualifier: Qualifier
    period: Period
    method: Method
    rule_id: str


class Finding(NamedTuple):
    """Something about the report that a user should know: becomes a row of `checks`."""

    identity_id: str  # `identity.year`, `tables.unread` … or an identity of the catalogue
    applicant_type: str
    lhs: float | None
    rhs: float | None
    status: CheckStatus
    severity: Severity
    detail: str | None = None


def unsettled(identity_id: str, detail: str, severity: Severity = "warning", applicant_type: str = "total") -> Finding:
    """That something is not stated, or not so that it could be read."""
    return Finding(identity_id, applicant_type, None, None, "incomplete", severity, detail)
