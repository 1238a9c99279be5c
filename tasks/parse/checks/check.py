"""The identities of the catalogue held against a report's numbers, and the cells that may be wrong where they fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tasks.model import Generation
from tasks.parse.checks.equations import applies, equations, hold
from tasks.parse.checks.primary import Key
from tasks.parse.checks.suspects import Suspect, suspects
from tasks.parse.stated import Finding


def check(
    generation: Generation | None,
    values: Mapping[Key, float],
    restated: Mapping[Key, frozenset[float]] | None = None,
) -> tuple[Finding, ...]:
    """Every identity of the form in every column and row for which at least one of its numbers is stated.

    A number that is not stated may be anything from zero: `pass` and `fail` only where that is so whatever it is.
    Then, where identities fail, the number whose change alone would make them pass (`tables.suspect`), or the numbers
    of which it must be one (`tables.suspects`). `restated`: what else the report states of a number.
    """
    if generation is None:
        return ()
    held = [hold(equation, values) for equation in equations(generation) if applies(equation, values)]
    findings = [
        Finding(
            one.equation.identity_id,
            one.equation.applicant_type,
            one.lhs,
            one.rhs,
            one.status,
            one.equation.severity,
            one.equation.row,
        )
        for one in held
    ]
    return (*findings, *(_finding(group) for group in suspects(held, values, restated or {})))


def _finding(group: Sequence[Suspect]) -> Finding:
    """`lhs` is what stands, `rhs` what would mend, where it is one number."""
    first = group[0]
    if len(group) == 1:
        applicant_type, found, wanted = first.key[1], first.found, first.wanted
        detail = f"{_words(first)} would make every identity pass"
        return Finding("tables.suspect", applicant_type, found, wanted, "fail", "warning", detail)
    detail = "one of these would make every identity pass: " + "; ".join(_words(one) for one in group)
    return Finding("tables.suspects", first.key[1], None, None, "fail", "warning", detail)


def _words(one: Suspect) -> str:
    return f"{one.key[0]} of {one.key[1]}: {one.wanted:g} in place of {one.found:g}"
