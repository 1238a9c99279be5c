"""None said in words: 未收到政府信息公开申请, 没有发生行政复议、行政诉讼, 未收取任何费用."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tasks.parse.prose_rules import load_yaml, units
from tasks.parse.sentences import Sentence
from tasks.parse.stated import Stated


@dataclass(frozen=True, slots=True)
class _Target:
    rule_id: str
    by_year: tuple[tuple[int, str], ...]
    pattern: re.Pattern[str]
    years: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _NoneRules:
    trigger: re.Pattern[str]
    stop: re.Pattern[str]
    veto: re.Pattern[str]
    targets: tuple[_Target, ...]
    after: re.Pattern[str]


@cache
def _rules() -> _NoneRules:
    data = load_yaml("nones.yaml")
    return _NoneRules(
        trigger=re.compile(data["trigger"]),
        stop=re.compile(data["stop"]),
        veto=re.compile(data["veto"]),
        after=re.compile(data["after"]),
        targets=tuple(
            _Target(
                entry["id"],
                tuple(sorted(entry.get("by_year", {0: entry.get("indicator")}).items(), reverse=True)),
                re.compile(entry["pattern"]),
                tuple(entry.get("years", (0, 9999))),
            )
            for entry in data["targets"]
        ),
    )


def stated_nones(text: str, sentence: Sentence, year: int | None) -> Iterator[Stated]:
    """The indicators that the sentence says to be none; one clause may say it of several."""
    rules = _rules()
    seen: set[str] = set()
    position = sentence.start
    while match := rules.trigger.search(text, position, sentence.end):
        start, end = match.start(), _clause_end(rules, text, match.end(), sentence.end)
        clause = text[start:end]
        lead = text[max(sentence.start, start - 40) : start]
        found = [] if rules.veto.search(lead[-14:]) else list(_targets(rules, clause, start, year))
        position = max([last for _, (_, last) in found], default=match.end())
        if not found:
            found = list(_targets_before(rules, text, sentence, start, end, year))
        for target, span in found:
            indicator = next(name for first, name in target.by_year if year is None or year >= first)
            if indicator not in seen:
                seen.add(indicator)
                yield _stated(target, indicator, span, sentence)


def _clause_end(rules: _NoneRules, text: str, start: int, end: int) -> int:
    stop = rules.stop.search(text, start, end)
    return stop.start() if stop else end


def _targets(rules: _NoneRules, clause: str, start: int, year: int | None) -> Iterator[tuple[_Target, tuple[int, int]]]:
    for target in rules.targets:
        if year is not None and not target.years[0] <= year <= target.years[1]:
            continue
        match = target.pattern.search(clause)
        if match and not rules.veto.search(clause[: match.end()] + _rest(clause, match.end())):
            yield target, (start, start + match.end())


def _rest(clause: str, position: int) -> str:
    """The few words after a target that may turn it: 行政诉讼败诉."""
    return re.split("[,，]", clause[position : position + 8])[0]


def _targets_before(
    rules: _NoneRules, text: str, sentence: Sentence, start: int, end: int, year: int | None
) -> Iterator[tuple[_Target, tuple[int, int]]]:
    """行政复议、行政诉讼均未发生: the things stand before the words that say none."""
    if not rules.after.match(text[start:end]):
        return
    lead_start = max(sentence.start, start - 36)
    lead = "未发生" + text[lead_start:start]
    for target, (_, last) in _targets(rules, lead, lead_start - 3, year):
        first = lead_start + max(0, lead.find(text[last - 2 : last]) - 3)
        yield target, (min(first, start), end)


def _stated(target: _Target, indicator: str, span: tuple[int, int], sentence: Sentence) -> Stated:
    return Stated(
        indicator_id=indicator,
        applicant_type="total",
        value=0.0,
        unit=units()[indicator],
        value_span=span,
        quote_span=(sentence.start, sentence.end),
        qualifier="exact",
        period="year",
        method="prose",
        rule_id=target.rule_id,
    )
