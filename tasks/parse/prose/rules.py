"""The rules of prose as `rules/prose/*.yaml` has them, compiled once, and the automaton that picks those to try."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from tasks.parse.prose.by_year import ByYear, by_year
from tasks.parse.rulefile import pattern_at, read
from warehouse.catalogue import indicators

RULE_FILES = ("proactive.yaml", "requests.yaml", "disputes.yaml", "resources.yaml")
ANY_YEAR = (0, 9999)


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern over masked sentences, and the indicator of the numeral that its group `n` stands for."""

    rule_id: str
    pattern: re.Pattern[str]
    indicator: str | None  # None: the label, the year or the topic says which
    by_year: ByYear[str]  # the indicators
    labels: Mapping[str, str]  # word of the group `label` -> indicator, or its ending after the topic
    joint: tuple[str, ...]  # the indicators that one figure states together
    topics: frozenset[str]  # what the sentence must be about; empty: anything
    prefix_topic: bool  # the indicator is the topic and the label's ending
    refine: str | None
    years: tuple[int, int]
    unless: re.Pattern[str] | None  # in the words that lead to the numeral
    unless_before: re.Pattern[str] | None  # in the sentence up to the numeral
    when: re.Pattern[str] | None  # somewhere in the sentence
    around: re.Pattern[str] | None  # somewhere in the sentence, the one before it or their heading
    applicants: Mapping[str, str]  # word of the group `label` -> applicant type
    only_none: bool  # the figure states something only where it is 0
    money: bool
    weak: bool
    respectively: bool  # the labels stand before all figures: the pattern has `things` and `figures` for `n`
    beside: frozenset[str]  # the indicators beside which the same figure may state this too


@dataclass(frozen=True, slots=True)
class Words:
    """`words.yaml`, compiled."""

    macros: Mapping[str, str]
    topics: Mapping[str, tuple[str, ...]]
    side_topics: frozenset[str]
    topic_guards: Mapping[str, re.Pattern[str]]
    handled_in_all: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules in the order in which they are tried, and the automaton over their key words and the topics'."""

    rules: tuple[Rule, ...]
    automaton: AhoCorasick
    word_rules: tuple[tuple[int, ...], ...]  # by word of the automaton: the rules that it wakes
    word_topics: tuple[str | None, ...]  # by word of the automaton: the topic that it sets
    words: Words
    weak_rules: frozenset[str]


@cache
def units() -> Mapping[str, str]:
    """Indicator -> its unit in the catalogue."""
    return {indicator_id: indicator.unit for indicator_id, indicator in indicators().items()}


@cache
def shared_words() -> Words:
    """What the rules of all files share."""
    data = read("prose/words.yaml")
    return Words(
        macros=data["macros"],
        topics={topic: tuple(words) for topic, words in data["topics"].items()},
        side_topics=frozenset(data["side_topics"]),
        topic_guards={topic: pattern_at("prose/words.yaml", "topic_guards", topic) for topic in data["topic_guards"]},
        handled_in_all=pattern_at("prose/words.yaml", "handled_in_all"),
    )


@cache
def rule_book() -> RuleBook:
    """The rules of all files."""
    words = shared_words()
    rules: list[Rule] = []
    woken: dict[str, list[int]] = {}
    for name in RULE_FILES:
        for entry in read(f"prose/{name}"):
            keys = sorted(entry[entry["keys"]]) if isinstance(entry["keys"], str) else entry["keys"]
            for key in keys:
                woken.setdefault(key, []).append(len(rules))
            rules.append(_rule(entry, words.macros))
    topics = {word: topic for topic, names in words.topics.items() for word in names}
    vocabulary = sorted({*woken, *topics})
    return RuleBook(
        rules=tuple(rules),
        automaton=AhoCorasick(vocabulary),
        word_rules=tuple(tuple(woken.get(word, ())) for word in vocabulary),
        word_topics=tuple(topics.get(word) for word in vocabulary),
        words=words,
        weak_rules=frozenset(rule.rule_id for rule in rules if rule.weak),
    )


def expand(pattern: str, macros: Mapping[str, str], labels: Mapping[str, str] | None = None) -> str:
    """The pattern with its `{name}` macros written out."""
    known = dict(macros)
    if labels:
        longest_first = sorted(labels, key=len, reverse=True)
        known["label"] = "(?P<label>" + "|".join(map(re.escape, longest_first)) + ")"
    for name, text in known.items():
        pattern = pattern.replace("{" + name + "}", text)
    return pattern


def _rule(entry: Mapping[str, Any], macros: Mapping[str, str]) -> Rule:
    labels = entry.get("labels", {})
    applicants = entry.get("applicants", {})
    years = entry.get("years", ANY_YEAR)

    def pattern(name: str) -> re.Pattern[str] | None:
        return re.compile(expand(entry[name], macros)) if name in entry else None

    return Rule(
        rule_id=entry["id"],
        pattern=re.compile(expand(entry["pattern"], macros, labels or applicants)),
        indicator=entry.get("indicator"),
        by_year=by_year(entry, "indicator") if "by_year" in entry else (),
        labels=labels,
        joint=tuple(entry.get("joint", ())),
        topics=frozenset(entry.get("topic", entry.get("prefix_topic", ()))),
        prefix_topic="prefix_topic" in entry,
        refine=entry.get("refine"),
        years=(years[0], years[1]),
        unless=pattern("unless"),
        unless_before=pattern("unless_before"),
        when=pattern("when"),
        around=pattern("around"),
        applicants=applicants,
        only_none=entry.get("only_none", False),
        money=entry.get("money", False),
        weak=entry.get("weak", False),
        respectively="{respectively}" in entry["pattern"],
        beside=frozenset(entry.get("beside", ())),
    )
