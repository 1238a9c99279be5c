"""Which number is wrong, where identities fail: the one whose change alone would make all of them pass.

Failures that share no number are looked into apart: each has its own mistake. What else the report says decides between
several numbers: one that a sentence states as the table does is sound, and one that a sentence states as the identities
want it is the wrong one. Where several are left, no identity tells them apart: the terms of a sum that stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tasks.parse.checks.equations import NEAR, Held, change, keys
from tasks.parse.checks.primary import Key


class Suspect(NamedTuple):
    """A number, and what it would have to be."""

    key: Key
    found: float
    wanted: float


def suspects(
    held: Sequence[Held], values: Mapping[Key, float], restated: Mapping[Key, frozenset[float]]
) -> Iterator[list[Suspect]]:
    """For each group of failures that share numbers, the numbers whose change alone would mend them all.

    `restated`: what the report states of a number elsewhere.
    """
    failed = [one for one in held if one.status == "fail" and not one.equation.bound]
    if not failed:
        return
    sound = {key for one in held if one.status == "pass" and not one.equation.bound for key in keys(one.equation)}
    for group in _connected(failed):
        if any(one.lhs is None or one.rhs is None for one in group):
            continue
        mends = [mend for key in keys(group[0].equation) if key not in sound for mend in _mends(key, group, values)]
        if mends:
            yield _decided(mends, restated)


def _connected(failed: Sequence[Held]) -> list[list[Held]]:
    """Failures in groups that have no number in common."""
    groups: list[tuple[set[Key], list[Held]]] = []
    for one in failed:
        own, members = set(keys(one.equation)), [one]
        for group in [group for group in groups if group[0] & own]:
            groups.remove(group)
            own, members = own | group[0], [*group[1], *members]
        groups.append((own, members))
    return [members for _, members in groups]


def _mends(key: Key, group: Sequence[Held], values: Mapping[Key, float]) -> Iterator[Suspect]:
    changes = {change(one, key) for one in group}
    first = changes.pop()
    if first is None or any(other is None or abs(other - first) > NEAR for other in changes):
        return
    if values[key] + first > -NEAR:
        yield Suspect(key, values[key], values[key] + first)


def _decided(mends: list[Suspect], restated: Mapping[Key, frozenset[float]]) -> list[Suspect]:
    confirmed = [one for one in mends if one.wanted in restated.get(one.key, ())]
    if len(confirmed) == 1:
        return confirmed
    return [one for one in mends if one.found not in restated.get(one.key, ())] or mends
