"""Characters written in many ways, brought to one: width, blanks, dashes, brackets, digits set apart.

What is done, and why, stands in `data/normalise.yaml`, entry by entry. `fold` keeps every offset; `edits` finds the
places in one paragraph or cell where the length changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from tasks.clean.wording.align import Edit, Moved
from tasks.model import Span

Where = Literal["text", "cell"]
DATA = Path(__file__).parents[1] / "data" / "normalise.yaml"
# Where a pattern may begin: most characters are not asked.
BEGINS = "(?=[^\u4e00-\u9fff\u3002\u201c\u201d\u300a\u300b]|[\u4e00-\u9fff] )"
FULL_WIDTH_BRACKETS = str.maketrans("()", "（）")


class Pattern(NamedTuple):
    """One entry of `patterns`: what a match becomes, or what it loses."""

    name: str
    becomes: str
    drop: str


class Patterns(NamedTuple):
    """The patterns for one kind of place in one expression; group i belongs to rule i."""

    expression: re.Pattern[str]
    rules: tuple[Pattern, ...]


@cache
def entries() -> dict[str, list[dict[str, Any]]]:
    """The table as it stands in the file."""
    loaded: dict[str, list[dict[str, Any]]] = yaml.load(DATA.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


def fold(text: str) -> str:
    """`text` with one character for each way of writing it; of the same length."""
    expression, table = _characters()
    return expression.sub(lambda match: match[0].translate(table), text)


def edits(text: str, where: Where) -> tuple[Edit, ...]:
    """What changes in length in a folded paragraph or cell, in order."""
    if where == "cell":
        return _cell_edits(text)
    return tuple(_edits(text, where)) if _may_change().search(text) else ()


@lru_cache(maxsize=4096)
def _cell_edits(text: str) -> tuple[Edit, ...]:
    return tuple(_edits(text, "cell"))


def _edits(text: str, where: Where) -> Iterator[Edit]:
    expression, rules = _patterns(where)
    for match in expression.finditer(text):
        rule = rules[(match.lastindex or 1) - 1]
        start, end = match.span()
        if rule.drop:
            yield from (Edit(at, at + 1, "", rule.name) for at in range(start, end) if text[at] in rule.drop)
        else:
            yield Edit(start, end, _replacement(match[0], rule.becomes), rule.name)


def stripped(text: str, start: int, end: int) -> Span:
    """The part of folded text [start, end) between its first and its last visible character."""
    piece, nothing = text[start:end], _nothing()
    kept = piece.strip(nothing)
    if len(kept) == len(piece):
        return start, end
    low = start + len(piece) - len(piece.lstrip(nothing))
    return low, low + len(kept)


def normalise(text: str) -> str:
    """A single folded line, normalised; no way back is kept."""
    line = text[slice(*stripped(text, 0, len(text)))]
    return Moved(line, edits(line, "text")).text


def _replacement(matched: str, becomes: str) -> str:
    return unicodedata.normalize("NFKC", matched).translate(FULL_WIDTH_BRACKETS) if becomes == "nfkc" else becomes


@cache
def _characters() -> tuple[re.Pattern[str], dict[int, str]]:
    table: dict[int, str] = {}
    for entry in entries()["characters"]:
        sources = _expand(entry["from"])
        if entry["to"] == "nfkc":
            targets = [unicodedata.normalize("NFKC", source) for source in sources]
        else:
            targets = _expand(entry["to"])
            targets = targets * len(sources) if len(targets) == 1 else targets
        table.update({ord(source): target for source, target in zip(sources, targets, strict=True)})
    return re.compile(f"[{re.escape(''.join(map(chr, table)))}]+"), table


@cache
def _patterns(where: Where) -> Patterns:
    chosen = [entry for entry in entries()["patterns"] if entry["in"] in (where, "both")]
    rules = tuple(Pattern(entry["name"], entry.get("becomes", ""), entry.get("drop", "")) for entry in chosen)
    alternatives = "|".join(f"({_pattern_of(entry)})" for entry in chosen)
    return Patterns(re.compile(f"{BEGINS}(?:{alternatives})"), rules)


def _pattern_of(entry: dict[str, Any]) -> str:
    return f"[{re.escape(''.join(_expand(entry['any_of'])))}]+" if "any_of" in entry else entry["pattern"]


@cache
def _nothing() -> str:
    """The characters that leave nothing at the beginning or end of a line: blanks, and what is removed everywhere."""
    removed = [entry["any_of"] for entry in entries()["patterns"] if "any_of" in entry and not entry["becomes"]]
    return " \n\t" + "".join(character for characters in removed for character in _expand(characters))


@cache
def _may_change() -> re.Pattern[str]:
    """What the patterns of a paragraph need: a blank, a sign that goes, two marks, a digit behind a mark."""
    goes = "".join(character for entry in entries()["patterns"] for character in _expand(entry.get("any_of", "")))
    signs = rf" \n\t*\u3220-\u3229\u2474-\u249b{re.escape(goes)}"
    return re.compile(rf"[{signs},，、\[（【](?:(?<=[{signs}])|[,，、]|(?<![，、])\d)")


def _expand(characters: str) -> list[str]:
    """The characters that a list with ranges (a-b) stands for; a dash at either end stands for itself."""
    expanded: list[str] = []
    position = 0
    while position < len(characters):
        if characters[position + 1 : position + 2] == "-" and position + 2 < len(characters):
            expanded += map(chr, range(ord(characters[position]), ord(characters[position + 2]) + 1))
            position += 3
        else:
            expanded.append(characters[position])
            position += 1
    return expanded
