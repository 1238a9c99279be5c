"""Each pattern of the rule files that stands alone has beside it a text that it fits, and one that it leaves alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tasks.parse.rulefile import RULES, read

FILES = sorted(str(file.relative_to(RULES)) for file in RULES.rglob("*.yaml"))
APART = {"macros", "name_characters"}  # pieces of patterns


def mappings(node: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """The mappings of a file with their places; not those of its lists, which are rules with tests of their own."""
    if isinstance(node, dict):
        yield place, node
        for key, value in node.items():
            if key not in APART:
                yield from mappings(value, (*place, str(key)))


ENTRIES = {place: entry for file in FILES for place, entry in mappings(read(file), (file,))}
ALONE = {  # where the example is a list, it says what becomes of the text: that is tested with its reader
    place: entry
    for place, entry in ENTRIES.items()
    if "pattern" in entry and not isinstance(entry.get("example"), list)
}


@pytest.mark.parametrize("place", ALONE, ids=":".join)
def test_a_pattern_fits_its_example_alone(place: tuple[str, ...]) -> None:
    entry = ALONE[place]
    pattern = re.compile(entry["pattern"])
    assert pattern.search(entry["example"])
    assert not pattern.search(entry["counter"])


@pytest.mark.parametrize("place", ENTRIES, ids=":".join)
def test_no_pattern_stands_without_an_example(place: tuple[str, ...]) -> None:
    written = {key: value for key, value in ENTRIES[place].items() if isinstance(value, str) and key not in APART}
    assert [key for key, value in written.items() if "(?" in value and key not in ("pattern", "core")] == []
