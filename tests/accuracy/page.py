"""docs/accuracy.md: the tables between its markers are written anew, the prose around them stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.accuracy.measures import Score, Scores

PAGE = Path(__file__).parents[2] / "docs" / "accuracy.md"
READING = {
    "loaded": "reports",
    "year": "year",
    "publisher": "publisher",
    "region_code": "region",
    "level": "level",
    "generation": "form",
    "missing_parts": "missing parts",
    "recall.table": "table recall",
    "precision.table": "table precision",
    "recall.prose": "prose recall",
    "precision.prose": "prose precision",
    "numerals": "numerals explained",
    "quotes": "quotes hold",
    "rejected": "others rejected",
}
INJECTED = {
    "found": "found",
    "named": "the cell named",
    "named rightly where one is named": "right where a cell is named",
    "named or listed": "named, or among those listed",
    "named in the report": "named, with the report's sentences",
}
MARKED = re.compile(r"(<!-- begin (\w+) -->\n).*?(<!-- end \2 -->)", re.DOTALL)


def write(scores: Scores, page: Path = PAGE) -> None:
    """Put the tables of every source that was measured between its markers."""

    def fresh(found: re.Match[str]) -> str:
        lines = list(_tables(scores, found[2]))
        return found[1] + "\n".join(["", *lines, ""]) + "\n" + found[3] if lines else found[0]

    page.write_text(MARKED.sub(fresh, page.read_text("utf-8")), "utf-8")


def _tables(scores: Scores, source: str) -> Iterator[str]:
    """One table, a row a group: the share of right ones and, in brackets, of how many."""
    found: dict[tuple[str, str], dict[str, Score]] = {}
    for line, score in scores.lines():
        if line.source == source:
            found.setdefault((line.dimension, line.group), {})[line.measure] = score
    names = INJECTED if source == "injected" else READING
    columns = [measure for measure in names if any(measure in group for group in found.values())]
    if not columns:
        return
    yield "| | " + " | ".join(names[column] for column in columns) + " |"
    yield "| --- |" + " ---: |" * len(columns)
    for (dimension, group), row in found.items():
        title = "**all**" if dimension == "all" else f"{dimension}: {group.replace('_', ' ')}"
        yield f"| {title} | " + " | ".join(_cell(row.get(column)) for column in columns) + " |"


def _cell(score: Score | None) -> str:
    """A share never shown as whole where one is wrong."""
    if score is None:
        return ""
    percent = "100" if score.right == score.count else f"{min(score.rate * 100, 99.99):.2f}"
    return f"{percent} ({score.count:,})"
