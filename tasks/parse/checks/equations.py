"""The identities of the catalogue as equations between a report's numbers, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from math import inf
from typing import NamedTuple

from tasks.model import CheckStatus, Generation, Severity
from tasks.parse.checks.primary import Key
from warehouse.catalogue import Identity, Indicator, Term, identities, indicators

NEAR = 1e-6  # how far apart two numbers may be that count as equal
_SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning", "info": "info"}


class Equation(NamedTuple):
    """One identity in one column or row: left = right, or left <= right. A coefficient a key."""

    identity_id: str
    applicant_type: str
    severity: Severity
    left: tuple[tuple[Key, int], ...]
    right: tuple[tuple[Key, int], ...]
    bound: bool  # left <= right
    any_of: frozenset[Key]  # it says something only where one of these is stated
    row: str | None  # the indicator whose applicants it adds up


class Held(NamedTuple):
    """An equation with a report's numbers in it."""

    equation: Equation
    status: CheckStatus
    lhs: float | None  # None where a term is not stated
    rhs: float | None


@cache
def equations(generation: Generation) -> tuple[Equation, ...]:
    """The catalogue's identities of one form, in each column or row for which they hold."""
    return tuple(
        equation
        for identity in identities()
        if generation in identity.generations and not identity.across_years
        for equation in _instances(identity, generation, indicators())
    )


def _instances(identity: Identity, generation: str, known: Mapping[str, Indicator]) -> Iterator[Equation]:
    if identity.over_applicants:
        for indicator in known.values():
            if generation in indicator.applicant_generations:
                yield _equation(identity, "total", indicator.indicator_id, None)
        return
    of_terms = [known[term.indicator_id] for term in identity.terms if term.indicator_id]
    split = all(generation in indicator.applicant_generations for indicator in of_terms)
    for applicant_type in of_terms[0].applicant_types if split else ("total",):
        yield _equation(identity, applicant_type, None, of_terms[0])


def _equation(identity: Identity, applicant_type: str, row: str | None, first: Indicator | None) -> Equation:
    left, right = _side(identity.left, applicant_type, row), _side(identity.right, applicant_type, row)
    against_prose = identity.source.startswith("prose")
    needed = [(first.indicator_id, applicant_type)] if against_prose and first else [key for key, _ in (*left, *right)]
    return Equation(
        identity_id=identity.identity_id,
        applicant_type=applicant_type,
        severity=_SEVERITIES[identity.severity],
        left=left,
        right=right,
        bound=identity.relation == "<=",
        any_of=frozenset(needed),
        row=row,
    )


def _side(terms: tuple[Term, ...], applicant_type: str, row: str | None) -> tuple[tuple[Key, int], ...]:
    return tuple(((row or term.indicator_id or "", term.applicant_type or applicant_type), term.sign) for term in terms)


def applies(equation: Equation, values: Mapping[Key, float]) -> bool:
    """Whether a report states enough of an equation's numbers for it to say something."""
    return not values.keys().isdisjoint(equation.any_of)


def hold(equation: Equation, values: Mapping[Key, float]) -> Held:
    """Put a report's numbers into an equation; it passes or fails only where it does so whatever is not stated."""
    low_left, high_left = _range(equation.left, values)
    low_right, high_right = _range(equation.right, values)
    status: CheckStatus
    if low_left > high_right + NEAR or (not equation.bound and low_right > high_left + NEAR):
        status = "fail"
    elif equation.bound:
        status = "pass" if high_left <= low_right + NEAR else "incomplete"
    else:
        status = "pass" if low_left == high_left and low_right == high_right else "incomplete"
    return Held(
        equation,
        status,
        low_left if low_left == high_left else None,
        low_right if low_right == high_right else None,
    )


def _range(side: tuple[tuple[Key, int], ...], values: Mapping[Key, float]) -> tuple[float, float]:
    """The least and the most that a side can be; what is not stated is zero or more."""
    total = low = high = 0.0
    for key, sign in side:
        value = values.get(key)
        if value is not None:
            total += sign * value
        elif sign > 0:
            high = inf
        else:
            low = -inf
    return total + low, total + high


def keys(equation: Equation) -> Iterator[Key]:
    """The numbers of an equation."""
    yield from (key for key, _ in equation.left)
    yield from (key for key, _ in equation.right)


def change(held: Held, key: Key) -> float | None:
    """By how much a number must change for the identity to hold; None where it is not in it."""
    weight = sum(sign for name, sign in held.equation.left if name == key)
    weight -= sum(sign for name, sign in held.equation.right if name == key)
    if not weight or held.lhs is None or held.rhs is None:
        return None
    return (held.rhs - held.lhs) / weight
