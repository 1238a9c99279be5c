"""Which indicator the numerals of one masked sentence state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tasks.parse.numerals import NumeralToken
from tasks.parse.prose_rules import Rule, RuleBook
from tasks.parse.scope import Scope, scope_of
from tasks.parse.sentences import Sentence


class Reading(NamedTuple):
    """One numeral read by one rule. `indicators` is empty where the words fit but the figure can't be given to one."""

    token: NumeralToken
    rule: Rule
    indicators: tuple[str, ...]
    scope: Scope
    reason: str | None = None


class _Hits(NamedTuple):
    rules: tuple[int, ...]
    topics: tuple[tuple[int, str], ...]  # position in the mask, topic; ascending

    def topic_at(self, position: int, carried: str | None) -> str | None:
        topic = carried
        for start, name in self.topics:
            if start > position:
                break
            topic = name
        return topic


def find_hits(book: RuleBook, mask: str) -> _Hits:
    """The rules that the sentence's words wake, and the topics that they set."""
    rules: set[int] = set()
    topics: list[tuple[int, int, str]] = []
    for word, start, end in book.automaton.find_matches_as_indexes(mask, overlapping=True):
        rules.update(book.word_rules[word])
        topic = book.word_topics[word]
        if topic is not None and not (topic == "proactive" and mask[start - 1 : start] in ("已", "于", "经", "属")):
            topics.append((start, end, topic))
    topics.sort()
    return _Hits(tuple(sorted(rules)), tuple((start, topic) for start, _, topic in topics))


def read_sentence(
    book: RuleBook, sentence: Sentence, hits: _Hits, carried: str | None, year: int | None
) -> dict[int, Reading]:
    """Numeral position in the mask -> its reading by the first rule that takes it."""
    readings: dict[int, Reading] = {}
    for index in hits.rules:
        rule = book.rules[index]
        if year is not None and not rule.years[0] <= year <= rule.years[1]:
            continue
        if rule.when is not None and not rule.when.search(sentence.mask):
            continue
        for position, token, label in _matches(rule, sentence):
            if position in readings:
                continue
            topic = hits.topic_at(position, carried)
            if rule.topics and (topic or "none") not in rule.topics:
                continue
            reading = _read(book, rule, sentence.mask, position, token, label, topic, year)
            if reading is not None:
                readings[position] = reading
    return readings


def _matches(rule: Rule, sentence: Sentence) -> Iterator[tuple[int, NumeralToken, str | None]]:
    for match in rule.pattern.finditer(sentence.mask):
        position = match.start("n")
        token = sentence.signs.get(position)
        if token is None:
            continue
        if rule.unless is not None and rule.unless.search(leading_words(sentence.mask, position)):
            continue
        yield position, token, match["label"] if rule.labels else None


def leading_words(mask: str, position: int) -> str:
    """The words between the numeral before, or the clause's start, and the numeral at that place."""
    start = max(mask.rfind("#", 0, position), mask.rfind(";", 0, position), mask.rfind("%", 0, position))
    return mask[start + 1 : position]


def _read(  # noqa: PLR0913
    book: RuleBook,
    rule: Rule,
    mask: str,
    position: int,
    token: NumeralToken,
    label: str | None,
    topic: str | None,
    year: int | None,
) -> Reading | None:
    scope = scope_of(mask, position)
    leading = leading_words(mask, position)
    if rule.joint:
        shared = token.value == 0 or "各" in leading
        return Reading(token, rule, rule.joint if shared else (), scope, None if shared else "several_indicators")
    indicator = rule.indicator
    if rule.by_year:
        indicator = next((name for first, name in rule.by_year if year is None or year >= first), None)
    if label is not None:
        indicator = rule.labels[label]
        if _names_two(rule, leading, label):
            return Reading(token, rule, (), scope, "several_indicators")
        if rule.prefix_topic:
            indicator = f"{topic}.{indicator}"
    if rule.refine == "channels":
        return _by_channel(book, rule, token, leading, mask[:position], scope)
    if rule.refine == "received" and _holds_carried_in(mask, position, leading):
        return Reading(token, rule, (), scope, "several_indicators")
    return Reading(token, rule, (indicator,), scope) if indicator else None


def _names_two(rule: Rule, leading: str, label: str) -> bool:
    """Whether two outcomes share the figure: 已主动公开和同意公开的3件."""
    tail = leading[leading.rfind(",") + 1 :]
    named = {name for word, name in rule.labels.items() if word in tail and word not in label and label not in word}
    return bool(named - {rule.labels[label]}) and any(joint in tail for joint in "和与及、或")


def _by_channel(  # noqa: PLR0913
    book: RuleBook, rule: Rule, token: NumeralToken, leading: str, lead: str, scope: Scope
) -> Reading | None:
    tail = leading[max(leading.rfind(","), leading.rfind(":")) + 1 :]
    nearest = tail if any(words.search(tail) for _, words in book.words.channels) else leading
    named = [name for name, words in book.words.channels if words.search(nearest)]
    open_list = book.words.several_channels.search(nearest) is not None
    several = len(named) > 1 or open_list
    if rule.indicator == "proactive.total":
        if several and not open_list and "proactive.channel.website" not in named:
            return Reading(token, rule, (), scope, "several_indicators")
        if rule.weak and (several or not named) and any(word in lead for word in ("其中", "包括", "包含", "分别")):
            return Reading(token, rule, (), scope, "part_of_total")
        return Reading(token, rule, (named[0] if named and not several else "proactive.total",), scope)
    if several:
        return Reading(token, rule, (), scope, "several_indicators")
    return Reading(token, rule, (named[0],), scope) if named else None


def _holds_carried_in(mask: str, position: int, leading: str) -> bool:
    """受理45件(包括2019年结转4件): all that was handled, not what was new."""
    after = mask[position + 1 : position + 24].partition("#")[0]
    bracket = after.find("结转")
    return "新收" not in leading and 0 <= bracket and any(word in after[:bracket] for word in ("含", "包括", "其中"))
