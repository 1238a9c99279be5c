"""A document's table cells as one stream: labels as text, values as single signs, both found in one pass.

Whatever a table went through (a grid, pipes, a cell a line, blanks between), its cells keep their order. Read as a
stream they need one reader only: a label, then the values up to the next label.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from tasks.model import CellState, Document, Noise, Paragraph, Table
from tasks.parse.tables.amounts import Amount, empty_state, read_amount
from tasks.parse.tables.forms import half_width
from tasks.parse.tables.turned import upright

VALUE = "\x00"  # a cell that holds a value or stands empty
WALL = "\x01"  # prose: no table goes on across it
_FILL = "\x02"  # an explanation in brackets, which holds no label
_LONGEST_LABEL = 90  # characters; what is longer is prose
_LONGEST_VALUE = 40  # with a note in brackets
_EXPLANATION = re.compile(r"\((?!未经复议|复议后)[^()\x00\x01]{5,}(?:\)|(?=[\x00\x01]))")
_DEFINITION = re.compile("[:：][^:：]*指[^:：]*。$")  # of a label's own word: 规章：指…的文件。
_RUN = re.compile(f"{VALUE}+")
_BROKEN = re.compile(r"[1-9]\d*(?:\s\d+)+")
_ODD = re.compile(r"(?!\(?\d{1,2}[).]$)[^A-Za-z?%]{1,8}|[Nn]/?[Aa]|[Nn]ull|NULL|NaN")  # no label, no numbering
_BOTH_WAYS = re.compile(
    r"(?:[+＋]|增加?)[(（]?\d+[)）]?[,，、;；/／]*(?:[\-－−]|减少?)[(（]?\d+[)）]?"
)  # +(3)-(1): no one number
_WORD = re.compile(r"[^\s\u3000\xa0]+")
_BLANKS = re.compile(r"[\s\u3000\xa0]+")
_GLUED = re.compile(
    r"(\d(?:(?<=[\u4e00-\u9fff)）”\"’].)|(?<=[)）][:：].))\d*(?:\.\d+)?)$"
)  # digits behind a label that nothing sets them apart from, or but a colon behind its unit in brackets


@dataclass(slots=True, eq=False)
class Token:
    """One cell, or one short line of text outside tables."""

    no: int  # among the stream's tokens
    text: str  # without blanks
    start: int  # in Document.text
    end: int
    state: CellState  # `number` also where the number has a sign, a word for it or a unit
    row: int
    column: int
    table: int  # index among the document's tables; -1 outside
    ragged: bool
    amount: Amount | None  # the number, where there is one


@dataclass(frozen=True, slots=True)
class Stream:
    """The tokens, and their text as one string: each value one VALUE, explanations filled, brackets of one width."""

    tokens: tuple[Token, ...]
    text: str
    written: str  # as `text`, with the explanations
    _starts: tuple[int, ...]  # of each token in `text`

    def at(self, offset: int) -> int:
        """The index of the token that holds an offset of `text`."""
        return bisect_right(self._starts, offset) - 1

    def bounds(self, offset: int) -> tuple[int, int]:
        """Start and end in `text` of the token that holds an offset."""
        place = bisect_right(self._starts, offset) - 1
        following = self._starts[place + 1] if place + 1 < len(self._starts) else len(self.text)
        return self._starts[place], following

    def stretches(self) -> Iterator[tuple[int, int, int]]:
        """Each run of values as (start of the words before it, start of the run, its end), in offsets of `text`."""
        before = 0
        for run in _RUN.finditer(self.text):
            yield before, run.start(), run.end()
            before = run.end()
        if before < len(self.text):
            yield before, len(self.text), len(self.text)


def stream_of(document: Document) -> Stream:
    """The stream of a document's tables and of the short lines between them."""
    tokens: list[Token] = []
    table = -1
    strange = [noise for noise in document.noise if noise.kind == "hijack"]
    for block in document.blocks:
        if isinstance(block, Table):
            table += 1
            _add_cells(tokens, document.text, block, table)
        elif block.end > block.start:
            _add_line(tokens, document.text, block)
    if strange:
        tokens = [_without(token, document.text, strange) for token in tokens]
    pieces = [token.text if token.state == "text" else VALUE for token in tokens]
    starts = tuple(accumulate(map(len, pieces), initial=0))[:-1]
    written = half_width("".join(pieces))
    text = half_width("".join(map(_told, pieces))) if "。" in written else written
    text = _EXPLANATION.sub(_filled, text) if "(" in text else text
    return Stream(tuple(tokens), text, written, starts)


def _told(piece: str) -> str:
    """A label whose cell goes on to define it, without the definition."""
    return _DEFINITION.sub(_filled, piece, count=1) if piece.endswith("。") else piece


def _filled(match: re.Match[str]) -> str:
    return _FILL * len(match[0])


def _without(token: Token, source: str, strange: Sequence[Noise]) -> Token:
    """A label without the words of another site that were put into it."""
    within = [noise for noise in strange if noise.start < token.end and token.start < noise.end]
    if token.state != "text" or token.text == WALL or not within:
        return token
    ends = [token.start, *(noise.end for noise in within)]
    kept = (source[end : noise.start] for end, noise in zip(ends, within, strict=False))
    return replace(token, text=_BLANKS.sub("", "".join(kept) + source[max(ends) : token.end]) or token.text)


def _add_cells(tokens: list[Token], source: str, block: Table, table: int) -> None:
    ragged = block.ragged
    for cell in upright(block):
        text, state, amount = cell.text, cell.state, None
        if state == "number":
            amount = read_amount(text)
        elif state == "text":
            text = text or _BLANKS.sub("", source[cell.start : cell.end])
            if _BROKEN.fullmatch(text):
                text = _BLANKS.sub("", text)  # one number, wrapped in a narrow cell or torn by the editor
            state, amount = _content(text)
            if state == "text" and ((text.isascii() and _ODD.fullmatch(text)) or _BOTH_WAYS.fullmatch(text)):
                state = "number"  # it stands where a number does, and is none
        tokens.append(
            Token(len(tokens), text, cell.start, cell.end, state, cell.row, cell.column, table, ragged, amount)
        )


def _add_line(tokens: list[Token], source: str, block: Paragraph) -> None:
    """A line outside tables: one token, or one a word where it is a row of labels or of a label and its values."""
    if block.end - block.start > _LONGEST_LABEL:
        tokens.append(Token(len(tokens), WALL, block.start, block.end, "text", -1, -1, -1, True, None))
        return
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(source, block.start, block.end)]
    if not _is_row([word for word, _, _ in words]):
        words = _unglued("".join(word for word, _, _ in words), block)
    for text, start, end in words:
        state, amount = _content(text)
        tokens.append(Token(len(tokens), text, start, end, state, -1, -1, -1, True, amount))


def _is_row(words: Sequence[str]) -> bool:
    """Whether the words of a line are labels, or labels and then their values."""
    if len(words) < 2:
        return False
    states = [_content(word)[0] for word in words]
    values = len(states) - states.count("text")
    return "text" not in states[-values:] if values else not _GLUED.search(words[-1])


def _unglued(line: str, block: Paragraph) -> list[tuple[str, int, int]]:
    """A line as one word; the digits at its end as another."""
    digits = _GLUED.search(line)
    if not digits:
        return [(line, block.start, block.end)]
    start = block.end - len(digits[0])
    return [(line[: digits.start()], block.start, start), (digits[0], start, block.end)]


@lru_cache(maxsize=4096)
def _content(text: str) -> tuple[CellState, Amount | None]:
    """What a cell holds, for the cells that the layout alone calls text: +19, 增15 and 12件 are numbers too."""
    if not text:
        return "blank", None
    if len(text) > _LONGEST_VALUE:
        return "text", None
    amount = read_amount(text)
    return ("number", amount) if amount else (empty_state(text) or "text", None)
