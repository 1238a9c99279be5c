"""Lines that hold a whole report, its cells between pipes: prose and tables set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tasks.clean.text.labels import is_label
from tasks.clean.text.lines import BLANKS, Line
from tasks.clean.text.pasted_cells import PIPE

_SHORTEST = 200  # characters
_FEWEST_SENTENCES = 2
_FEWEST_PIPES = 8
_MOST_WORDS = 6  # of a label with blanks inside: 指 标 名 称


def set_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines, those that run on from prose to a table and back cut between the two."""
    return [part for line in lines for part in (_parts(line) if _runs_on(line) else (line,))]


def _runs_on(line: Line) -> bool:
    return (
        len(line.text) > _SHORTEST
        and line.text.count("。") >= _FEWEST_SENTENCES
        and len(PIPE.findall(line.text)) >= _FEWEST_PIPES
    )


def _parts(line: Line) -> Iterator[Line]:
    """The prose and the rows of a line. What stands between two pipes is a cell, or prose where it has a full stop."""
    cuts = [0]
    at = 0
    for piece in PIPE.split(line.text):
        if "。" in piece:
            cuts += [at, at + _end_of_prose(piece) if at + len(piece) < len(line.text) else len(line.text)]
        at += len(piece) + 1
    for start, end in pairwise((*cuts, len(line.text))):
        text = line.text[start:end].strip(BLANKS)
        if text:
            first = line.start + line.text.index(text, start)
            yield Line(first, first + len(text), text, len(text))


def _end_of_prose(piece: str) -> int:
    """Where the first cell of a table begins behind the prose before it: a label, else the last word."""
    words = list(re.finditer(r"\S+", piece[piece.rindex("。") + 1 :]))
    labels = (words[-count:] for count in range(_MOST_WORDS, 0, -1))
    label = next((label for label in labels if is_label("".join(word[0] for word in label))), words[-1:])
    return piece.rindex("。") + 1 + label[0].start() if label else len(piece)
