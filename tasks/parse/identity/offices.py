"""Offices that compile a report or answer for it in the place of their body: `offices` in `rules/publisher.yaml`."""

from __future__ import annotations

import re

from tasks.parse.identity.names import BodyName, read_name
from tasks.parse.identity.self_word import speaker
from tasks.parse.rulefile import pattern_at


def _office_of(body: str) -> re.Pattern[str]:
    return pattern_at("publisher.yaml", "offices", body)


def answers_for_government(name: BodyName) -> bool:
    """Whether the body may be one that answers for a whole government: the contact of its report, and no more."""
    return pattern_at("publisher.yaml", "answers_for").search(name.core) is not None


def governing(name: BodyName, self_word: str | None) -> BodyName:
    """The government, township or zone whose office the name is; the office itself where that is what reports."""
    if speaker(self_word) == "office":
        return name
    answers = name.core.startswith("人民政府") and self_word is None and answers_for_government(name)
    if answers or _office_of("government").fullmatch(name.core):
        return read_name(name.text.removesuffix(name.core) + "人民政府") or name
    in_township = bool(name.places) and name.places[-1].kind == "township"
    if in_township and _office_of("township").fullmatch(name.core):
        return read_name(name.text.removesuffix(name.core)) or name
    return read_name(_office_of("zone").sub("", name.text)) or name
