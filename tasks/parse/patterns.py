"""Many patterns over one text, of which only those are tried whose words stand in it: more rules cost hardly more.

A pattern is taken apart once for the words that must stand wherever it fits (增加(?:了|约)*$: 增加), and the words of
all patterns are looked for in one pass (Aho-Corasick). No public module takes patterns apart (`sre_parse`, which
did, is deprecated), and a reader of our own would have to agree with `re` in everything; the tests hold this one to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from re import _constants, _parser  # type: ignore[attr-defined]  # the standard library's own reader of patterns
from typing import Any

from ahocorasick_rs import AhoCorasick

Words = frozenset[str]


class PatternSet:
    """Patterns by number, for texts that are searched as a whole."""

    def __init__(self, patterns: Mapping[int, re.Pattern[str]]) -> None:
        needs = {number: needed_words(pattern) for number, pattern in patterns.items()}
        vocabulary = sorted({word for sets in needs.values() for words in sets for word in words})
        place = {word: index for index, word in enumerate(vocabulary)}
        self._automaton = AhoCorasick(vocabulary)
        self._needs = {
            number: tuple(frozenset(place[word] for word in words) for words in sets) for number, sets in needs.items()
        }
        self._wordless = [number for number, sets in needs.items() if not sets]
        self._woken: list[list[int]] = [[] for _ in vocabulary]
        for number, sets in self._needs.items():
            for word in min(sets, key=len, default=()):
                self._woken[word].append(number)

    def likely(self, text: str) -> list[int]:
        """The numbers of the patterns that may fit in the text, ascending; no other fits."""
        found = {word for word, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)}
        if not found:
            return self._wordless
        woken = {number for word in found for number in self._woken[word]}
        return sorted(
            [*self._wordless, *(number for number in woken if not any(map(found.isdisjoint, self._needs[number])))]
        )


def needed_words(pattern: re.Pattern[str]) -> list[Words]:
    """Sets of words of each of which at least one stands in every text that the pattern fits in."""
    if pattern.flags & re.IGNORECASE:
        return []
    return _of_sequence(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> list[Words]:
    sets: list[Words] = []
    letters = ""
    for operator, argument in chain(items, [(None, None)]):
        if operator is _constants.LITERAL:
            letters += chr(argument)
            continue
        if letters:
            sets.append(frozenset([letters]))
            letters = ""
        sets += _of_item(operator, argument)
    return sets


def _of_item(operator: Any, argument: Any) -> list[Words]:
    if operator is _constants.SUBPATTERN:
        return _of_sequence(argument[3])
    if operator is _constants.ASSERT:
        return _of_sequence(argument[1])
    if operator in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and argument[0] > 0:
        return _of_sequence(argument[2])
    if operator is _constants.IN and all(kind is _constants.LITERAL for kind, _ in argument):
        return [frozenset(chr(code) for _, code in argument)]
    if operator is _constants.BRANCH:
        ways = [_of_sequence(way) for way in argument[1]]
        return [frozenset().union(*map(_most_telling, ways))] if all(ways) else []
    return []


def _most_telling(sets: list[Words]) -> Words:
    """Of several sets the one whose words are longest, on the whole."""
    return max(sets, key=lambda words: sum(map(len, words)) / len(words))
