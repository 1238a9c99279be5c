"""The cells of one line of a pasted table: between pipes, set apart by blanks or stops, or the line as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
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
_STOPS = "；;、，,"
_PARTED = re.compile(rf"[\s{_STOPS}]+")
_CLOSING = "。；;"
_COLON = re.compile("[:：]")
_LISTED = re.compile(r"(.+[(（]([^()（）]{1,2})[)）])\s*[:：]\s*([^:：]+)")  # 收到申请数（件）：3
_LED = re.compile(r"(.+?)\s*(?:…|[.．·]{3})[…．.·\s]*([^…．·\s]*[^\d\s])")  # …3件: no page's number
_FEWEST_BARE = 5  # values of a line without a label: section four has fifteen
_LABEL_LINES = 6  # lines over which a label may be cut


class Found(NamedTuple):
    """The text of one cell: its span, empty for a blank cell, and what it is."""

    start: int
    end: int
    kind: Kind


Row = list[Found]
BLANK = Kind("value", False, False)


def is_piped(line: Line) -> bool:
    """Whether pipes part a line into cells; a whole text with a pipe at its end is none, unless it defines a label."""
    if not PIPE.search(line.text):
        return False
    if line.text.count("。") < 2:
        return True
    head = PIPE.split(line.text.lstrip("|｜ "), maxsplit=1)[0].strip(BLANKS)
    is_defined = PIPE.match(line.text[-1]) is not None and kind(_COLON.split(head, maxsplit=1)[0]).role == "row"
    return kind(head).sure or is_defined


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
    """The cells of a row whose columns are set apart by blanks or stops; nothing where the line is no such row."""
    if parted := _tabbed_cells(line) or _listed_cells(line) or _stopped_cells(line):
        return parted
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
    is_short = len(words) - values < 3 and words[values].kind.role != "unit"
    if label.kind.role == "text" and ((is_short and not is_word) or SENTENCE.search(line.text)):
        return []
    return [label, *words[values:]]


def _stopped_cells(line: Line) -> list[Found]:
    """The cells that commas, semicolons or 、 set apart; nothing where they do not make up a row.

    Where commas part them, 1,234 stands as two cells, one more than the form has columns: such a row is left unread.
    """
    text = line.text.rstrip(_CLOSING) if len(line.text) <= _LONGEST_ROW else ""
    ways = (_cells_between(text, line.start, stop) for stop in _STOPS if stop in text and "。" not in text)
    return next(filter(None, ways), [])


def _cells_between(text: str, start: int, stop: str) -> list[Found]:
    """The columns' labels that a stop parts, or the labels of a row and its values."""
    places = [-1, *(at for at, sign in enumerate(text) if sign == stop), len(text)]
    spans = [stripped(text, before + 1, end) for before, end in pairwise(places)]
    values: list[Found] = []
    for first, end in reversed(spans):
        found = kind(text[first:end]) if end > first else BLANK
        if found.role not in ("value", "unit"):
            break
        values.insert(0, Found(start + first, start + end, found))
    labels = list(_known_labels(text, start, spans[: len(spans) - len(values)]))
    is_measured = len(labels) == 1 and len(values) > 1 and values[0].kind.role == "unit"  # 某某数、条、3
    if not is_measured and any(label.kind.role == "text" for label in labels):
        return []
    if not values:
        return labels if _is_head([label.kind for label in labels]) else []
    written = [text[value.start - start : value.end - start] for value in values]
    is_blank = (len(written) > 1 or any(written)) and not re.search(r"\w", "".join(written))
    is_row = is_blank or any(word[-1:].isdigit() for word in written)
    return [*labels, *values] if is_row and (labels or len(values) >= _FEWEST_BARE) else []


def _known_labels(text: str, start: int, spans: Sequence[Span]) -> Iterator[Found]:
    """The labels that pieces of a line make up, each as long as a known one can be: it may hold stops of its own.

    The first piece that is of none ends them, as `text`.
    """
    at = 0
    while at < len(spans):
        first = spans[at][0]
        end = next((end for end in range(len(spans), at, -1) if _is_known(text[first : spans[end - 1][1]])), 0)
        if not end:
            yield Found(start + first, start + spans[-1][1], Kind("text", False, False))
            return
        yield Found(start + first, start + spans[end - 1][1], kind(text[first : spans[end - 1][1]]))
        at = end


def _is_known(text: str) -> bool:
    return is_label(text) if "(" in text or "（" in text else kind(text).role != "text"


def _is_head(kinds: Sequence[Kind]) -> bool:
    """Whether all that stops set apart are labels of columns. A piece of one may be of a heading: 二、情况."""
    columns = sum(found.role == "column" for found in kinds)
    whole = columns == len(kinds) or any(found.sure for found in kinds)
    return len(kinds) > 1 and whole and all(found.role in ("column", "fragment") for found in kinds)


def _listed_cells(line: Line) -> list[Found]:
    """A label and its value: its unit in brackets and a colon between, or dots that lead to value and unit."""
    text = line.text.rstrip(_CLOSING)
    match = _LISTED.fullmatch(text) if ":" in text or "：" in text else None
    if match and VALUE.fullmatch(match[3]) and kind(match[2]).role == "unit":
        return [Found(line.start + match.start(no), line.start + match.end(no), kind(match[no])) for no in (1, 3)]
    led = _LED.fullmatch(text) if "…" in text or "..." in text or "···" in text else None
    if led and VALUE.fullmatch(led[2]) and kind(led[1]).role == "row":
        return [Found(line.start + led.start(no), line.start + led.end(no), kind(led[no])) for no in (1, 2)]
    return []


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
    if "\t" not in line.text or SENTENCE.search(line.text):
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
    is_spaced = len(words) > 1 and all(kind(word).role in ("column", "fragment") for word in words)
    return is_spaced or _is_head([kind(word) for word in _PARTED.split(line.text)])


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
