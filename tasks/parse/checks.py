"""The identities of the catalogue held against a report's numbers, and the one cell that would mend them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tasks.model import CheckStatus, Generation, Severity
from tasks.parse.stated import Finding
from warehouse.catalogue import Identity, Indicator, Term, identities, indicators

Key = tuple[str, str]  # indicator and applicant type
_NEAR = 1e-6
_SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning", "info": "info"}


@dataclass(frozen=True, slots=True)
class _Equation:
    """One identity in one column or row: left = right, or left <= right. A coefficient a key."""

    identity_id: str
    applicant_type: str
    severity: Severity
    left: tuple[tuple[Key, int], ...]
    right: tuple[tuple[Key, int], ...]
    bound: bool  # left <= right
    needs: Key | None  # without this number the identity says nothing: prose against table
    row: str | None  # the indicator whose applicants it adds up


@dataclass(frozen=True, slots=True)
class _Held:
    """An equation with a report's numbers in it."""

    equation: _Equation
    status: CheckStatus
    lhs: float | None  # None where a term is not stated
    rhs: float | None


def check(generation: Generation | None, values: Mapping[Key, float]) -> tuple[Finding, ...]:
    """Every identity of the form in every column and row for which at least one of its numbers is stated.

    A number that is not stated may be anything from zero: `pass` and `fail` only where that is so whatever it is.
    Then, where identities fail, the one number whose change alone would make all pass, if there is exactly one.
    """
    if generation is None:
        return ()
    held = [_hold(equation, values) for equation in _equations(generation) if _applies(equation, values)]
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
    suspect = _suspect(held, values)
    if suspect:
        (indicator_id, applicant_type), wanted = suspect
        found = values[indicator_id, applicant_type]
        detail = f"{indicator_id} of {applicant_type}: {wanted:g} in place of {found:g} would make every identity pass"
        findings.append(Finding("tables.suspect", applicant_type, found, wanted, "fail", "warning", detail))
    return tuple(findings)


def _applies(equation: _Equation, values: Mapping[Key, float]) -> bool:
    if equation.needs is not None:
        return equation.needs in values
    return any(key in values for key, _ in equation.left) or any(key in values for key, _ in equation.right)


def _hold(equation: _Equation, values: Mapping[Key, float]) -> _Held:
    low_left, high_left = _range(equation.left, values)
    low_right, high_right = _range(equation.right, values)
    status: CheckStatus
    if low_left > high_right + _NEAR or (not equation.bound and low_right > high_left + _NEAR):
        status = "fail"
    elif equation.bound:
        status = "pass" if high_left <= low_right + _NEAR else "incomplete"
    else:
        status = "pass" if low_left == high_left and low_right == high_right else "incomplete"
    return _Held(
        equation,
        status,
        low_left if low_left == high_left else None,
        low_right if low_right == high_right else None,
    )


def _range(side: tuple[tuple[Key, int], ...], values: Mapping[Key, float]) -> tuple[float, float]:
    """The least and the most that a side can be; what is not stated is zero or more."""
    low = high = 0.0
    for key, sign in side:
        value = values.get(key)
        if value is not None:
            low += sign * value
            high += sign * value
        elif sign > 0:
            high = float("inf")
        else:
            low = float("-inf")
    return low, high


def _suspect(held: list[_Held], values: Mapping[Key, float]) -> tuple[Key, float] | None:
    """The one number whose change alone makes every identity pass, and what it would have to be."""
    failed = [one for one in held if one.status == "fail" and not one.equation.bound]
    if not failed or any(one.lhs is None or one.rhs is None for one in failed):
        return None
    sound = {key for one in held if one.status == "pass" and not one.equation.bound for key in _keys(one.equation)}
    mends: list[tuple[Key, float]] = []
    for key in _keys(failed[0].equation):
        if key in sound:
            continue
        changes = [_change(one, key) for one in failed]
        first = changes[0]
        if first is None or any(change is None or abs(change - first) > _NEAR for change in changes):
            continue
        if values[key] + first > -_NEAR:
            mends.append((key, values[key] + first))
    return mends[0] if len(mends) == 1 else None


def _keys(equation: _Equation) -> Iterator[Key]:
    yield from (key for key, _ in equation.left)
    yield from (key for key, _ in equation.right)


def _change(held: _Held, key: Key) -> float | None:
    """By how much a number must change for the identity to hold; None where it is not in it."""
    weight = sum(sign for name, sign in held.equation.left if name == key)
    weight -= sum(sign for name, sign in held.equation.right if name == key)
    if not weight or held.lhs is None or held.rhs is None:
        return None
    return (held.rhs - held.lhs) / weight


@cache
def _equations(generation: Generation) -> tuple[_Equation, ...]:
    """The catalogue's identities of one form, in each column or row for which they hold."""
    return tuple(
        equation
        for identity in identities()
        if generation in identity.generations and not identity.across_years
        for equation in _instances(identity, generation, indicators())
    )


def _instances(identity: Identity, generation: str, known: Mapping[str, Indicator]) -> Iterator[_Equation]:
    if identity.over_applicants:
        for indicator in known.values():
            if generation in indicator.applicant_generations:
                yield _equation(identity, "total", indicator.indicator_id, None)
        return
    of_terms = [known[term.indicator_id] for term in identity.terms if term.indicator_id]
    split = all(generation in indicator.applicant_generations for indicator in of_terms)
    for applicant_type in of_terms[0].applicant_types if split else ("total",):
        yield _equation(identity, applicant_type, None, of_terms[0])


def _equation(identity: Identity, applicant_type: str, row: str | None, first: Indicator | None) -> _Equation:
    against_prose = identity.source.startswith("prose")
    return _Equation(
        identity_id=identity.identity_id,
        applicant_type=applicant_type,
        severity=_SEVERITIES[identity.severity],
        left=_side(identity.left, applicant_type, row),
        right=_side(identity.right, applicant_type, row),
        bound=identity.relation == "<=",
        needs=(first.indicator_id, applicant_type) if against_prose and first else None,
        row=row,
    )


def _side(terms: tuple[Term, ...], applicant_type: str, row: str | None) -> tuple[tuple[Key, int], ...]:
    return tuple(((row or term.indicator_id or "", term.applicant_type or applicant_type), term.sign) for term in terms)
