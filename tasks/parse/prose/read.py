"""Numbers that a report states in its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain

from tasks.model import Document, Period, Span
from tasks.parse.prose.clauses import find_hits, read_sentence
from tasks.parse.prose.holders import ReportFacts, other_figures, reporter
from tasks.parse.prose.lists import Lists
from tasks.parse.prose.nones import stated_nones
from tasks.parse.prose.numerals import Figure, NumeralToken, find_numerals
from tasks.parse.prose.quotes import quote_of
from tasks.parse.prose.readings import Reading
from tasks.parse.prose.reasons import SCOPE_REASONS, reason_for
from tasks.parse.prose.rules import rule_book, units
from tasks.parse.prose.running import RunningText
from tasks.parse.prose.scope import Scope
from tasks.parse.prose.sentences import Sentence, masked_sentences, sentence_spans
from tasks.parse.spans import outside
from tasks.parse.stated import Stated

_HEADING_LENGTH = 40
_STATES = ("year", "to_date", "cumulative", "previous_year")  # scopes of which a figure states something
_PERIODS: Mapping[Scope, Period] = {
    "cumulative": "cumulative",
    "previous_year": "previous_year",
    "to_date": "cumulative",  # until all is read: the year may have no number of its own
}


@dataclass(frozen=True, slots=True)
class ProseReading:
    """What the sentences state, and why each of their other numerals states nothing."""

    stated: tuple[Stated, ...]
    figures: Sequence[Figure]  # all numerals of the text, those of the tables too
    reasons: Mapping[Span, str]


def read_prose(
    document: Document, covered: Sequence[Span], year: int | None, publisher: str | None = None
) -> ProseReading:
    """Read the sentences outside the spans that the reader of tables took.

    `year` and `publisher` are the report's, as far as they are known. Every numeral outside `covered` is either the
    `value_span` of a stated number or has a reason.
    """
    text = document.text
    numerals, figures = find_numerals(text, covered)
    sentences = sentence_spans(text)
    spans = outside(covered, sentences, [start for start, _ in sentences])
    reasons: dict[Span, str] = {}
    lists = Lists(text, reasons)
    damaged = _damage(document, numerals)
    previous: Sentence | None = None
    report = ReportFacts(_year_meant(numerals, text, year), reporter(publisher), other_figures(text))
    to_date: set[Span] = set()
    for sentence, readings in _read_all(text, spans, numerals, report):
        is_heading = previous is not None and previous.end - previous.start <= _HEADING_LENGTH
        nones = stated_nones(text, sentence, previous if is_heading else None, year)
        lists.follow(sentence, chain(nones, _settle(text, sentence, readings, report, damaged, reasons)))
        to_date.update((r.token.start, r.token.end) for r in readings.values() if r.scope == "to_date")
        previous = sentence
    lists.end()
    return ProseReading(tuple(_drop_weak(_with_periods(lists.settled, to_date), reasons)), figures, reasons)


def _with_periods(stated: Sequence[Stated], to_date: AbstractSet[Span]) -> list[Stated]:
    """What is stated as so far (截至年底已公开90条) is of the year, unless the year has a smaller number of its own."""
    own: dict[str, float] = {
        fact.indicator_id: fact.value for fact in stated if fact.period == "year" and fact.value_span not in to_date
    }
    return [
        replace(fact, period="year")
        if fact.value_span in to_date and fact.value <= own.get(fact.indicator_id, fact.value)
        else fact
        for fact in stated
    ]


def _drop_weak(stated: Sequence[Stated], reasons: dict[Span, str]) -> Iterator[Stated]:
    """Leave out what a weak rule took (发布信息) where a strong one states the same indicator (主动公开政府信息)."""
    weak = rule_book().weak_rules
    strong = {(s.indicator_id, s.period) for s in stated if s.rule_id not in weak}
    for fact in stated:
        if (
            fact.indicator_id == "proactive.total"
            and fact.rule_id in weak
            and (fact.indicator_id, fact.period) in strong
        ):
            reasons[fact.value_span] = "part_of_total"
        else:
            yield fact


def _read_all(
    text: str, spans: Sequence[Span], numerals: Sequence[NumeralToken], report: ReportFacts
) -> Iterator[tuple[Sentence, dict[int, Reading]]]:
    book = rule_book()
    running = RunningText(text)
    for sentence in masked_sentences(text, spans, numerals, report.year):
        readable = ("#" in sentence.mask or "%" in sentence.mask) and "|" not in sentence.mask
        before = running.before(sentence)
        if not readable and sentence.end - sentence.start > _HEADING_LENGTH:
            yield sentence, {}
            running.follow(sentence)
            continue
        hits = find_hits(book, sentence.mask)
        yield sentence, read_sentence(book, sentence, hits, before, report) if readable else {}
        running.follow(sentence, hits, has_figure=readable)


def _settle(
    text: str,
    sentence: Sentence,
    readings: Mapping[int, Reading],
    report: ReportFacts,
    damaged: Mapping[Span, str],
    reasons: dict[Span, str],
) -> Iterator[Stated]:
    for position, token in sentence.signs.items():
        span = (token.start, token.end)
        reading = readings.get(position)
        if span in damaged:
            reasons[span] = damaged[span]
        elif reading is None:
            reasons[span] = reason_for(sentence, position, token, readings, report)
        elif reading.reason is not None:
            reasons[span] = reading.reason
        elif token.value is None:
            reasons[span] = "damaged"
        elif reading.scope in _STATES:
            yield from _stated(text, sentence, reading)
            if reading.also is not None:
                yield from _stated(text, sentence, reading.also)
        else:
            reasons[span] = SCOPE_REASONS.get(reading.scope, reading.scope)


def _stated(text: str, sentence: Sentence, reading: Reading) -> Iterator[Stated]:
    token, rule = reading.token, reading.rule
    value = token.value or 0.0
    if rule.money and token.measure == "元":
        value = round(value / 10_000, 8)
    for indicator in reading.indicators:
        yield Stated(
            indicator_id=indicator,
            applicant_type=reading.applicant,
            value=value,
            unit=units()[indicator],
            value_span=(token.start, token.end),
            quote_span=quote_of(text, sentence, reading),
            qualifier=token.qualifier,
            period=_PERIODS.get(reading.scope, "year"),
            method="prose",
            rule_id=rule.rule_id,
        )


def _damage(document: Document, numerals: Sequence[NumeralToken]) -> dict[Span, str]:
    """The numerals that can't be trusted: at the end of a text that was cut off, or touching a damaged place."""
    found: dict[Span, str] = {}
    if numerals:
        last = numerals[-1]
        rest = document.text[last.end :].strip()
        if not rest or (document.truncated and not any(mark in rest for mark in "。;；,，、\n") and len(rest) < 12):
            found[last.start, last.end] = "truncated"
    for noise in document.noise:
        if noise.kind == "pinyin":  # a gloss stood beside the number: nothing of it is lost
            continue
        for token in numerals:
            if token.start <= noise.end and noise.start <= token.end:
                found[token.start, token.end] = "damaged"
    return found


def _year_meant(numerals: Sequence[NumeralToken], text: str, year: int | None) -> int | None:
    """The year that the sentences mean by the report's year: one before it where the whole text was left unrevised."""
    if year is None:
        return None
    openings = [
        t.value for t in numerals if t.kind == "year" and text[t.end + 1 : t.end + 2] in ("，", ",", "度", "全")
    ]
    return year - 1 if year not in openings and openings.count(year - 1) > 1 else year
