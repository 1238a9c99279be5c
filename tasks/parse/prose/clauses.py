"""Which indicator the numerals of one masked sentence state."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tasks.parse.prose.by_year import in_year
from tasks.parse.prose.channels import by_channel, is_one_of_several
from tasks.parse.prose.holders import ReportFacts, names_a_part
from tasks.parse.prose.numerals import NumeralToken
from tasks.parse.prose.readings import Before, Place, Reading, leading_words
from tasks.parse.prose.respectively import pairs
from tasks.parse.prose.rules import Rule, RuleBook, Words
from tasks.parse.prose.scope import Scope, scope_of
from tasks.parse.prose.sentences import Sentence

_FARTHEST = 36  # characters from a figure on that may say what it holds


class Hits(NamedTuple):
    """The words of a sentence that rules or topics know."""

    words: tuple[int, ...]  # of the book's automaton
    topics: tuple[tuple[int, str], ...]  # position in the mask, topic; ascending

    def topic_at(self, position: int, carried: str | None) -> str | None:
        """The topic of a numeral at that place: that of the last topic word before it."""
        topic = carried
        for start, name in self.topics:
            if start > position:
                break
            topic = name
        return topic


_NO_HITS = Hits((), ())


def find_hits(book: RuleBook, mask: str) -> Hits:
    """The words that may wake rules, and the topics that they set."""
    found = book.automaton.find_matches_as_indexes(mask, overlapping=True)
    if not found:
        return _NO_HITS
    topics = [
        (start, end, topic)
        for word, start, end in found
        if (topic := book.word_topics[word]) and not _guarded(book, topic, mask[max(0, start - 4) : end + 4])
    ]
    topics.sort()
    return Hits(tuple([word for word, _, _ in found]), tuple([(start, topic) for start, _, topic in topics]))


def _guarded(book: RuleBook, topic: str, window: str) -> bool:
    guard = book.words.topic_guards.get(topic)
    return guard is not None and guard.search(window) is not None


def read_sentence(
    book: RuleBook, sentence: Sentence, hits: Hits, before: Before, report: ReportFacts
) -> dict[int, Reading]:
    """Numeral position in the mask -> its reading by the first rule that takes it."""
    readings: dict[int, Reading] = {}
    signs = sentence.signs
    for rule in _woken(book, hits, report.year):
        for match in rule.pattern.finditer(sentence.mask):
            for position, label in _figures(rule, match):
                if position not in signs or not _is_free(readings.get(position), rule):
                    continue
                place = _place(rule, sentence, position, hits, before, report)
                if place is None or not _fits(rule, place):
                    continue
                reading = _read(book.words, rule, signs[position], label, place)
                if reading is not None:
                    start = min(match.start(), reading.matched[0] or match.start())
                    reading = reading._replace(matched=(start, match.end()))
                    readings[position] = readings[position]._replace(also=reading) if rule.beside else reading
    return _without_parts(sentence.mask, readings)


def _woken(book: RuleBook, hits: Hits, year: int | None) -> Iterator[Rule]:
    """The rules of the report's year whose words stand in the sentence, in the order in which they are tried."""
    for index in sorted({index for word in hits.words for index in book.word_rules[word]}):
        rule = book.rules[index]
        if year is None or rule.years[0] <= year <= rule.years[1]:
            yield rule


def _place(
    rule: Rule, sentence: Sentence, position: int, hits: Hits, before: Before, report: ReportFacts
) -> Place | None:
    """Where the figure stands; None where something is spoken of there that the rule is not about."""
    topic = hits.topic_at(position, before.topic)
    if rule.prefix_topic:
        topic = _with_cases(hits, sentence.signs, position, topic)
    if rule.topics and (topic or "none") not in rule.topics:
        return None
    return Place(sentence.mask, position, leading_words(sentence.mask, position), topic, report, before)


def _with_cases(hits: Hits, signs: Mapping[int, NumeralToken], position: int, topic: str | None) -> str | None:
    """Which cases results are of: the last kind named before that has any (行政复议5件、行政诉讼0件,其中维持2件)."""
    for start, name in reversed(hits.topics):
        if start < position:
            figure = min(place for place in signs if place > start)
            if figure == position or signs[figure].value != 0:
                return name
    return topic


def _figures(rule: Rule, match: re.Match[str]) -> Iterable[tuple[int, str | None]]:
    """Where the figures of a match stand, and the label of each."""
    if rule.respectively:
        return pairs(match, rule.labels)
    return ((match.start("n"), match["label"] if rule.labels or rule.applicants else None),)


def _is_free(reading: Reading | None, rule: Rule) -> bool:
    """Whether the rule may take the figure: one that no rule took, or one that it states something beside."""
    if not rule.beside:
        return reading is None
    return reading is not None and not rule.beside.isdisjoint(reading.indicators) and reading.applicant == "total"


def _fits(rule: Rule, place: Place) -> bool:
    if rule.unless and rule.unless.search(place.leading):
        return False
    if rule.unless_before and rule.unless_before.search(place.mask, 0, place.position):
        return False
    if rule.when and not rule.when.search(place.mask):
        return False
    return rule.around is None or any(rule.around.search(words) for words in (place.mask, place.before.words))


def _without_parts(mask: str, readings: dict[int, Reading]) -> dict[int, Reading]:
    """The readings of a sentence, of which those state nothing that are a part of what another states."""
    if len(readings) < 2:
        return readings
    readings = _as_parts(readings, _weak_totals(readings))
    stated = defaultdict(list)
    for position in sorted(readings):
        if readings[position].indicators:
            stated[_statement(readings[position])].append(position)
    repeated = [(first, later) for first, *others in stated.values() for later in others]
    several = [first for first, later in repeated if _of_another_carrier(mask, later, readings[later])]
    return _as_parts(readings, [*(later for _, later in repeated), *several])


def _as_parts(readings: Mapping[int, Reading], positions: Iterable[int]) -> dict[int, Reading]:
    parts = {at: readings[at]._replace(indicators=(), reason="part_of_total") for at in positions}
    return {**readings, **parts}


def _weak_totals(readings: Mapping[int, Reading]) -> list[int]:
    """Where a weak rule took a total (更新信息) beside one of a strong rule (信息发布总量), before it or after."""
    strong = {_statement(reading) for reading in readings.values() if not reading.rule.weak}
    return [
        position
        for position, reading in readings.items()
        if reading.rule.weak and reading.indicators == ("proactive.total",) and _statement(reading) in strong
    ]


def _of_another_carrier(mask: str, position: int, reading: Reading) -> bool:
    """Whether a channel's second figure is of another carrier of it (two sites): neither is then the channel's."""
    return reading.rule.refine == "channels" and is_one_of_several(mask, position)


def _statement(reading: Reading) -> tuple[tuple[str, ...], str, Scope]:
    """What a sentence states once: a second figure for it is a part of the first."""
    return reading.indicators, reading.applicant, reading.scope


def _read(words: Words, rule: Rule, token: NumeralToken, label: str | None, place: Place) -> Reading | None:
    report = place.report
    scope = scope_of(place.mask, place.position, report)
    if scope == "year" and report.others and names_a_part(place.before.words.partition(";")[0]):
        scope = "other_body"
    if rule.only_none and token.value != 0:
        return None
    if rule.joint:
        shared = token.value == 0 or "各" in place.leading
        return Reading(token, rule, rule.joint if shared else (), scope, None if shared else "several_indicators")
    if rule.refine == "channels":
        return by_channel(rule, token, place, scope)
    if (label is not None and label in rule.labels and _names_two(rule, place.leading, label)) or (
        rule.refine == "received" and _holds_carried_in(words, place)
    ):
        return Reading(token, rule, (), scope, "several_indicators")
    indicator = _indicator(rule, label, place)
    applicant = rule.applicants.get(label or "", "total")
    return Reading(token, rule, (indicator,), scope, applicant=applicant) if indicator else None


def _indicator(rule: Rule, label: str | None, place: Place) -> str | None:
    if label is not None and label in rule.labels:
        return f"{place.topic}.{rule.labels[label]}" if rule.prefix_topic else rule.labels[label]
    return in_year(rule.by_year, place.report.year) if rule.by_year else rule.indicator


def _names_two(rule: Rule, leading: str, label: str) -> bool:
    """Whether two outcomes share the figure: 已主动公开和同意公开的3件."""
    tail = leading[max(leading.rfind(","), leading.rfind("等")) + 1 :]  # 不存在、不掌握等无法提供: one outcome
    named = {name for word, name in rule.labels.items() if word in tail and word not in label and label not in word}
    is_joint = label in tail and "分别" not in tail and any(joint in tail for joint in "和与及、或")
    return is_joint and bool(named - {rule.labels[label]})


def _holds_carried_in(words: Words, place: Place) -> bool:
    """受理45件(包括2019年结转4件): all that was handled, not what was new."""
    after = place.mask[place.position : place.position + _FARTHEST]
    return words.handled_in_all.match(place.leading.replace("%", "") + after) is not None
