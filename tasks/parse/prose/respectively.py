"""Figures that follow the things they count in the same order: 网站、微博分别公开20条、35条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_JOINT = re.compile(r"[、,和及与]|以及")


def pairs(match: re.Match[str], labels: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Where each figure stands, and the label of the thing that stands at the same place in the list of things.

    The match has the groups `things` and `figures`. None where one of the things has no label.
    """
    things = [_label(thing, labels) for thing in _JOINT.split(match["things"]) if thing]
    figures = [match.start("figures") + place for place, sign in enumerate(match["figures"]) if sign == "#"]
    known = [thing for thing in things if thing is not None]
    if len(known) == len(things) == len(figures):
        yield from zip(figures, known, strict=True)


def _label(thing: str, labels: Mapping[str, str]) -> str | None:
    """The longest label that the words hold."""
    return max((label for label in labels if label in thing), key=len, default=None)
