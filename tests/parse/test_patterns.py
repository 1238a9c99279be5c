"""Sets of patterns: none that fits is passed over, and what has no chance is not tried."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.parse.patterns import PatternSet, needed_words
from tasks.parse.rulefile import read

PIECES = (
    "ab",
    "a",
    "b+",
    "[cd]",
    "[^a]",
    "(?:ab|c)",
    "(?:a|)",
    "(?=cd)",
    "(?<=b)",
    "(?<!b)",
    "d?",
    "c{2,3}",
    "^",
    "$",
    ".",
)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("增加(?:了|约)*$", [{"增加"}]),
        ("(?:较|比)上年", [{"较", "比"}, {"上年"}]),
        ("(?:上半年|季度)?公开", [{"公开"}]),
        ("[较比][^,]{0,8}(?<!新)增", [{"较", "比"}, {"增"}]),
        ("(?:省|市|)级", [{"级"}]),
        ("(?:[一-龥]+局|收到)$", [{"局", "收到"}]),
        (r"\d+条(?!款)", [{"条"}]),
        ("(?i:none)|[a-z]+", []),
        ("[^。]*", []),
    ],
)
def test_words_that_must_stand_where_a_pattern_fits(pattern: str, words: list[set[str]]) -> None:
    assert needed_words(re.compile(pattern)) == words


def test_only_patterns_whose_words_all_stand_there_are_likely() -> None:
    patterns = PatternSet({3: re.compile("(?:较|比)上年"), 5: re.compile("上年末?"), 8: re.compile(r"\d")})
    assert patterns.likely("与上年持平") == [5, 8]
    assert patterns.likely("上年相比") == [3, 5, 8]
    assert patterns.likely("今年") == [8]


@given(
    st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join), min_size=1, max_size=6),
    st.text("abcd", max_size=8),
)
def test_no_pattern_that_fits_is_passed_over(patterns: list[str], text: str) -> None:
    compiled = dict(enumerate(map(re.compile, patterns)))
    likely = PatternSet(compiled).likely(text)
    assert {number for number, pattern in compiled.items() if pattern.search(text)} <= set(likely)


@pytest.mark.parametrize(("name", "lists"), [("prose/scope.yaml", ["rules"]), ("screening.yaml", ["for", "against"])])
def test_rule_files_keep_what_their_own_words_are_for(name: str, lists: list[str]) -> None:
    entries: list[dict[str, Any]] = [entry for each in lists for entry in read(name)[each]]
    patterns = {number: re.compile(entry["pattern"]) for number, entry in enumerate(entries)}
    worded = sum(bool(needed_words(pattern)) for pattern in patterns.values())
    assert worded >= 0.9 * len(patterns)
    for text in (example for entry in entries for example in [*entry.get("examples", ()), entry.get("example", "")]):
        fitting = {number for number, pattern in patterns.items() if pattern.search(text)}
        assert fitting <= set(PatternSet(patterns).likely(text))
