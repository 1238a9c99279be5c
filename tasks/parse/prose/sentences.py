"""The sentences of a text that hold a numeral or say none, each with its numerals masked for the rules.

A mask is the sentence without blanks, with half-width punctuation, and one sign for each numeral:
`#` a count, `%` a percentage, `Ⓨ` the report's year, `Ⓟ` the year before, `Ⓞ` another year, `Ⓓ` a date, `Ⓜ` the first
of some months that are not the whole year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tasks.model import Span
from tasks.parse.prose.numerals import NumeralToken

_BORDER = re.compile(r"[。;；!！?？\n]")
_LONGEST = 600  # characters: keeps the time linear where a page has lost its full stops
_MONTHS = re.compile(r"(\d{1,2})月?份?(?:\d{1,2}日)?[-—－~～至到]+(\d{1,2})月")
_UP_TO = re.compile(r"截[至止]到?(?:(20\d\d)年)?$")
_WRITTEN_EARLY = (
    10  # counted up to this month or a later one, a figure is the year's: the report was written before its end
)
_WHOLE_YEARS = ((1, 12), (2008, 5, 12))  # the regulations are in force since 1 May 2008
_ASIDE = "\ufffc"  # a numeral that no rule reads: an article, a document number, a telephone


class Sentence(NamedTuple):
    """One sentence, whose mask is the text where it has no numeral.

    `signs` holds the place in the mask of each numeral of `numerals`.
    """

    start: int
    end: int
    mask: str
    numerals: tuple[NumeralToken, ...]
    signs: dict[int, NumeralToken]


def sentence_spans(text: str) -> list[Span]:
    """Every sentence of the text: up to 。 ; ! ? or the end of the line, a very long one cut at a comma."""
    spans: list[Span] = []
    start = 0
    for border in _BORDER.finditer(text):
        _add(spans, text, start, border.start())
        start = border.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while end - start > _LONGEST:
        comma = max(text.rfind(mark, start + 1, start + _LONGEST) for mark in ",，")
        cut = comma if comma > start else start + _LONGEST
        spans.append((start, cut))
        start = cut
    if end > start:
        spans.append((start, end))


def masked_sentences(
    text: str, spans: Sequence[Span], numerals: Sequence[NumeralToken], year: int | None
) -> Iterator[Sentence]:
    """The sentences with their masks, in order."""
    position = 0
    for start, end in spans:
        first = position
        while position < len(numerals) and numerals[position].start < end:
            position += 1
        inside = tuple(token for token in numerals[first:position] if token.start >= start)
        mask, signs = _mask(text, start, end, inside, year) if inside else (text[start:end], {})
        yield Sentence(start, end, mask, inside, signs)


def place_in_text(text: str, sentence: Sentence, place: int) -> int:
    """Where in the text the character stands that the mask has at `place`."""
    position, left = sentence.start, place
    for at, token in sentence.signs.items():
        if at > place:
            break
        if at == place:
            return token.mask_start
        position, left = _after_token(text, token), place - at - 1
    for index in range(position, sentence.end):
        if not text[index].isspace():
            if left == 0:
                return index
            left -= 1
    return sentence.end


def _after_token(text: str, token: NumeralToken) -> int:
    """The end of what the token's sign stands for."""
    return _after_year(text, token.mask_end) if token.kind == "year" and token.value is not None else token.mask_end


def _mask(
    text: str, start: int, end: int, numerals: Sequence[NumeralToken], year: int | None
) -> tuple[str, dict[int, NumeralToken]]:
    pieces: list[str] = []
    signs: dict[int, NumeralToken] = {}
    length, position = 0, start
    for token in numerals:
        between = "" if token.mask_start < position else _clean(text[position : token.mask_start])
        sign = "Ⓜ" if _begins_a_part_of_the_year(text, token, year) else _sign(token, year)
        pieces += (between, sign)
        length += len(between)
        signs[length] = token
        length += len(sign)
        position = max(position, token.mask_end)
        if sign in ("Ⓨ", "Ⓟ", "Ⓞ"):
            position = _after_year(text, position)
    pieces.append(_clean(text[position:end]))
    return "".join(pieces), signs


def _begins_a_part_of_the_year(text: str, token: NumeralToken, year: int | None) -> bool:
    """Whether the token is the first of some months (7-9月), or the one that a figure was counted up to (截至6月底)."""
    if token.kind not in ("date", "contact"):
        return False
    if token.kind == "date" and (up_to := _UP_TO.search(text, max(0, token.start - 10), token.start)):
        is_of_year = up_to[1] is None or year in (None, int(up_to[1]))
        return is_of_year and text.startswith("月", token.end) and (token.value or 12) < _WRITTEN_EARLY
    months = _MONTHS.match(text, token.start)
    if months is None:
        return False
    first, last = int(months[1]), int(months[2])
    return first <= last <= 12 and (first, last) not in _WHOLE_YEARS and (year, first, last) not in _WHOLE_YEARS


def _after_year(text: str, position: int) -> int:
    for word in ("年", " 年"):
        if text.startswith(word, position):
            position += len(word)
            return position + 1 if text.startswith("度", position) else position
    return position


def _sign(token: NumeralToken, year: int | None) -> str:
    if token.kind == "count":
        return "#"
    if token.kind == "percent":
        return "%"
    if token.kind == "year" and token.value is not None:
        stated = token.value + 2000 if token.value < 100 else token.value
        if year is None or stated == year:
            return "Ⓨ"
        return "Ⓟ" if stated == year - 1 else "Ⓞ"
    return "Ⓓ" if token.kind == "date" else _ASIDE


def _clean(piece: str) -> str:
    piece = "".join(piece.split())
    for full, half in (("，", ","), ("（", "("), ("）", ")"), ("：", ":")):
        if full in piece:
            piece = piece.replace(full, half)
    return piece
