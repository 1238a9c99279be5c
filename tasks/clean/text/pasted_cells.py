"""The cells of one line of a pasted table: between pipes, set apart by blanks, or the line as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from tasks.clean.text.labels import VALUE, Kind, is_label, kind
from tasks.clean.text.lines import BLANKS, Line
from tasks.model import Span

PIPE = re.compile("[|｜│┃]")
SENTENCE = re.compile("[。；;！!]|[：:]$")
_NOTE = re.compile(r"[(（][^()（）]{4,}[)）]")
_LONGEST_ROW = 200  # characters; what is longer may be a whole table, half of its words values at least
_MOST_STRANGE = 10  # of so many words of a table on one line less than one may be unknown
_LONGEST_WORD = 12  # characters of an unknown label with a single value behind it
_LABEL_LINES = 6  # lines over which a label may be cut


class Found(NamedTuple):
    """The text of one cell: its span, empty for a blank cell, and what it is."""

    start: int
    end: int
    kind: Kind


Row = list[Found]
BLANK = Kind("value", False, False)


def is_piped(line: Line) -> bool:
    """Whether pipes part a line into cells; a whole text with a pipe at its end is none."""
    if not PIPE.search(line.text):
        return False
    return line.text.count("。") < 2 or kind(PIPE.split(line.text.lstrip("|｜ "), maxsplit=1)[0].strip(BLANKS)).sure


def piped_spans(line: Line) -> Iterator[Span]:
    """The spans between the pipes of a line, and before and behind them."""
    at = 0
    for stop in [*(match.start() for match in PIPE.finditer(line.text)), len(line.text)]:
        yield stripped(line.text, at, stop, line.start)
        at = stop + 1


def stripped(text: str, start: int, end: int, offset: int = 0) -> Span:
    """The span without the blanks and breaks at its ends; of blanks alone an empty one at its start."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(BLANKS + "\r\n"))
    if left == len(piece):
        return offset + start, offset + start
    return offset + start + left, offset + start + len(piece.rstrip(BLANKS + "\r\n"))


def spaced_cells(line: Line) -> list[Found]:
    """The cells of a row whose columns are set apart by blanks; nothing where the line is no such row."""
    if "\t" in line.text and (tabbed := _tabbed_cells(line)):
        return tabbed
    pieces = list(re.finditer(r"\S+", line.text))
    if (
        len(pieces) < 2
        or (len(line.text) > _LONGEST_ROW and not _is_dense([piece[0] for piece in pieces]))
        or (is_label(line.text) and kind(pieces[-1][0]).role != "value")
    ):
        return []
    words = [
        Found(line.start + start, line.start + end, kind(line.text[start:end])) for start, end in _closed_up(pieces)
    ]
    strange = sum(word.kind.role == "text" for word in words)
    is_table = len(line.text) > _LONGEST_ROW and strange * _MOST_STRANGE < len(words) and not SENTENCE.search(line.text)
    if is_table or (not strange and (len(words) > 2 or any(word.kind.role != "value" for word in words))):
        return words
    values = len(words)
    while values and words[values - 1].kind.role in ("value", "unit"):
        values -= 1
    if values in (0, len(words)):
        return []
    label = Found(words[0].start, words[values - 1].end, kind(line.text[: words[values - 1].end - line.start]))
    is_word = values == 1 and label.end - label.start <= _LONGEST_WORD
    if label.kind.role == "text" and ((len(words) - values < 3 and not is_word) or SENTENCE.search(line.text)):
        return []
    return [label, *words[values:]]


def value_pair(line: Line) -> list[Found]:
    """The two values that are all a line holds; nothing where it holds anything else."""
    pieces = list(re.finditer(r"\S+", line.text))
    if len(pieces) != 2 or any(_is_word(piece[0]) for piece in pieces):
        return []
    return [Found(line.start + piece.start(), line.start + piece.end(), kind(piece[0])) for piece in pieces]


def _is_dense(words: Sequence[str]) -> bool:
    """Whether values and units are at least half of a long line's words, as where it is a whole table."""
    return sum(kind(word).role in ("value", "unit") for word in words) * 2 >= len(words)


def _tabbed_cells(line: Line) -> list[Found]:
    """The cells between the tabs of a line, blank ones too; nothing where none of them is known from a table."""
    if SENTENCE.search(line.text):
        return []
    spans = [stripped(line.text, *match.span()) for match in re.finditer("[^\t]*(?:\t|$)", line.text)][:-1]
    cells = [
        Found(line.start + start, line.start + end, kind(line.text[start:end]) if end > start else BLANK)
        for start, end in spans
    ]
    return cells if any(cell.kind.role not in ("text", "value") for cell in cells) or len(cells) > 3 else []


def _closed_up(pieces: Sequence[re.Match[str]]) -> Iterator[Span]:
    """The words of a line; a label with blanks inside (指 标 名 称, 本年新 制作数量) is one."""
    index = 0
    while index < len(pieces):
        reach = index
        if kind(pieces[index][0]).role not in ("value", "unit"):
            texts = list(takewhile(_is_word, (piece[0] for piece in pieces[index : index + _LABEL_LINES])))
            reach += next((count for count in range(len(texts), 1, -1) if is_label("".join(texts[:count]))), 1) - 1
        yield pieces[index].start(), pieces[reach].end()
        index = reach + 1


def _is_word(text: str) -> bool:
    return not VALUE.fullmatch(text)


def all_labels(line: Line) -> bool:
    """Whether a line consists of several labels of columns, or pieces of such."""
    words = line.text.split()
    return len(words) > 1 and all(kind(word).role in ("column", "fragment") for word in words)


def label_reach(lines: Sequence[Line], index: int) -> int:
    """The last line of the label that begins at a line: the longest that is known, else the line; then its note."""
    if kind(lines[index].text).role in ("value", "unit"):
        return index
    places = [index]
    for place in range(index + 1, min(index + 2 * _LABEL_LINES, len(lines))):
        if lines[place].raw and (not lines[place].text or kind(lines[place].text).role == "value"):
            break
        if lines[place].text:
            places.append(place)
    pieces = [lines[place].text for place in places[:_LABEL_LINES]]
    whole = next((count for count in range(len(pieces), 1, -1) if is_label("".join(pieces[:count]))), 1)
    if whole < len(pieces) and _NOTE.fullmatch(pieces[whole]) and kind(pieces[whole]).role == "text":
        whole += 1
    return places[whole - 1]
