"""The statutory parts: which a heading names, and which a report of a generation must have (rules/parts.yaml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tasks.model import Generation, Part, PartName
from tasks.parse.outline.tree import Outline
from tasks.parse.rulefile import read


@dataclass(frozen=True, slots=True)
class _Rules:
    required: dict[Generation, tuple[PartName, ...]]
    words: tuple[tuple[PartName, bool, re.Pattern[str]], ...]
    unnumbered: re.Pattern[str]
    items: re.Pattern[str]
    annexes: re.Pattern[str]
    table_rows: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = read("parts.yaml")
    return _Rules(
        required={generation: tuple(parts) for generation, parts in data["generations"].items()},
        words=tuple(
            (rule["part"], rule.get("also", False), re.compile("|".join(map(re.escape, rule["words"]))))
            for rule in data["parts"]
        ),
        unnumbered=re.compile(
            rf"(?:\d{{4}}年度?|本年度?|我[市县区州旗镇乡局委]|政府信息公开|的|工作|因|行政机关)*"
            rf"(?:{'|'.join(map(re.escape, data['unnumbered']))})"
        ),
        items=re.compile(
            rf"(?:{'|'.join(sorted(map(re.escape, data['items']), key=len, reverse=True))})(?:的?情况|方面|工作)?"
            r"(?=\s|[。:：,，;；]|\d{4}年|[我本全]|$)"
        ),
        annexes=re.compile(
            rf"(?:{'|'.join(map(re.escape, data['annexes']['begin']))})\s?[\d一二三]?\s?[:：]?[^。]{{0,30}}"
            rf"|[^。]{{2,40}}(?:{'|'.join(map(re.escape, data['annexes']['end']))})(?:[(（][^)）]*[)）])?"
        ),
        table_rows=re.compile("|".join(map(re.escape, data["table_rows"]))),
    )


@lru_cache(maxsize=4096)  # the headings of all reports are much the same
def heading_parts(heading: str) -> tuple[PartName, ...]:
    """The parts that a heading's words name, the one it is filed under first."""
    named: list[PartName] = []
    for part, also, pattern in _rules().words:
        if (also or not named) and pattern.search(heading):
            named.append(part)
    return tuple(named)


def is_unnumbered_heading(line: str) -> bool:
    """Whether a line without a number is a part's heading all the same."""
    return _rules().unnumbered.fullmatch(line) is not None


def item_heading(words: str) -> str:
    """The item of the first part that words begin with, as they have it; empty where they begin with none."""
    item = _rules().items.match(words)
    return item[0] if item else ""


def is_annex_heading(line: str) -> bool:
    """Whether a line announces an annex."""
    return _rules().annexes.fullmatch(line) is not None


def is_table_row(heading: str) -> bool:
    """Whether words that look like a heading are a row of a statistical table."""
    return _rules().table_rows.match(heading) is not None


def parts(report_id: str, generation: Generation, outline: Outline) -> tuple[Part, ...]:
    """The parts that a report of its generation must have: there under which section, or missing.

    Before 2019 a part may stand as a sub-heading (fees under 依申请公开); since then (二)依申请公开 under 总体情况 is a
    summary, and only a heading of the first level makes the part.
    """
    deepest = 1 if generation in ("2019", "2021") else 9
    found: dict[PartName, str] = {}
    for heading in sorted(outline.headings, key=lambda heading: heading.level):
        for part in heading.named if heading.level <= deepest else ():
            found.setdefault(part, heading.section_no)
    return tuple(
        Part(report_id, part, "present" if part in found else "missing", found.get(part))
        for part in _rules().required[generation]
    )
