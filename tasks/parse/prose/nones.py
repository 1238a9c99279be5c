"""None said in words: 未收到政府信息公开申请, 没有发生行政复议、行政诉讼, 未收取任何费用."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tasks.model import Span
from tasks.parse.patterns import PatternSet
from tasks.parse.prose.by_year import ByYear, by_year, in_year
from tasks.parse.prose.quotes import quote_of_none
from tasks.parse.prose.rules import ANY_YEAR, units
from tasks.parse.prose.sentences import Sentence
from tasks.parse.rulefile import pattern_at, read
from tasks.parse.stated import Stated


@dataclass(frozen=True, slots=True)
class _Target:
    rule_id: str
    indicators: ByYear[str]
    pattern: re.Pattern[str]
    years: tuple[int, int]
    named_before: bool  # whether it may stand before the words that say none


class _NoneRules(NamedTuple):
    """`nones.yaml`, compiled."""

    targets: tuple[_Target, ...]  # what words that say none stand beside
    saying_none: tuple[_Target, ...]  # what says none by its own words (免费提供)
    trigger: re.Pattern[str]
    stop: re.Pattern[str]
    veto: re.Pattern[str]
    after: re.Pattern[str]
    alone: re.Pattern[str]


@cache
def _rules() -> _NoneRules:
    data = read("prose/nones.yaml")
    targets: dict[bool, list[_Target]] = {True: [], False: []}
    for entry in data["targets"]:
        targets[entry.get("by_itself", False)].append(
            _Target(
                entry["id"],
                by_year(entry, "indicator"),
                re.compile(entry["pattern"]),
                tuple(entry.get("years", ANY_YEAR)),
                entry.get("named_before", False),
            )
        )
    patterns = (pattern_at("prose/nones.yaml", name) for name in _NoneRules._fields[2:])
    return _NoneRules(tuple(targets[False]), tuple(targets[True]), *patterns)


@cache
def _patterns() -> PatternSet:
    """The patterns of the targets, numbered as these are."""
    return PatternSet({number: target.pattern for number, target in enumerate(_rules().targets)})


def stated_nones(text: str, sentence: Sentence, heading: Sentence | None, year: int | None) -> Iterator[Stated]:
    """The indicators that the sentence says to be none; one clause may say it of several.

    `heading` is the line before where it is short: 无 below 行政复议、行政诉讼情况 speaks of what the heading names.
    """
    rules = _rules()
    seen: set[str] = set()
    for target, span in _found(rules, text, sentence, heading, year):
        indicator = in_year(target.indicators, year)
        if indicator is not None and indicator not in seen:
            seen.add(indicator)
            yield _stated(target, indicator, span, quote_of_none(text, sentence, span))


def _found(
    rules: _NoneRules, text: str, sentence: Sentence, heading: Sentence | None, year: int | None
) -> Iterator[tuple[_Target, Span]]:
    alone = rules.alone.fullmatch(text[sentence.start : sentence.end].strip()) if heading is not None else None
    if heading is not None and alone:
        thing = alone["thing"] or ""
        yield from _named_before(rules, text, (heading.start, sentence.end), sentence.start, year, thing)
        return
    for target in rules.saying_none:
        if said := target.pattern.search(text, sentence.start, sentence.end):
            yield target, said.span()
    position = sentence.start
    while match := rules.trigger.search(text, position, sentence.end):
        start = match.start()
        stop = rules.stop.search(text, match.end(), sentence.end)
        end = _before_count(text, start, stop) if stop else sentence.end
        is_vetoed = rules.veto.search(text[max(sentence.start, start - 14) : start])
        found = [] if is_vetoed else list(_named_after(rules, text[start:end], start, year))
        position = max([last for _, (_, last) in found], default=match.end())
        if not found and rules.after.match(text[start:end]):
            found = list(_named_before(rules, text, (max(sentence.start, start - 36), end), start, year))
        yield from found


def _before_count(text: str, start: int, stop: re.Match[str]) -> int:
    """Where the clause ends; what is counted by a figure (发生行政诉讼3件) is no part of it."""
    if not stop.group().isdigit():
        return stop.start()
    return max(text.rfind(",", start, stop.start()), text.rfind("，", start, stop.start()), start)


def _named_after(rules: _NoneRules, clause: str, start: int, year: int | None) -> Iterator[tuple[_Target, Span]]:
    """未发生行政复议、行政诉讼: the clause opens with the words that say none; it starts at `start` of the text."""
    for number in _patterns().likely(clause):
        target = rules.targets[number]
        if year is not None and not target.years[0] <= year <= target.years[1]:
            continue
        match = target.pattern.search(clause)
        if match and not rules.veto.search(clause[: match.end()] + _rest(clause, match.end())):
            yield target, (start, start + match.end())


def _named_before(
    rules: _NoneRules, text: str, span: Span, none_start: int, year: int | None, thing: str = ""
) -> Iterator[tuple[_Target, Span]]:
    """行政复议、行政诉讼均未发生: the things stand before the words that say none, which start at `none_start`."""
    for target, _ in _named_after(rules, "未发生" + text[span[0] : none_start] + "…" + thing, 0, year):
        if target.named_before:
            yield target, span


def _rest(clause: str, position: int) -> str:
    """The few words after a target that may turn it: 行政诉讼败诉."""
    return re.split("[,，]", clause[position : position + 8])[0]


def _stated(target: _Target, indicator: str, value_span: Span, quote_span: Span) -> Stated:
    return Stated(
        indicator_id=indicator,
        applicant_type="total",
        value=0.0,
        unit=units()[indicator],
        value_span=value_span,
        quote_span=quote_span,
        qualifier="exact",
        period="year",
        method="prose",
        rule_id=target.rule_id,
    )
