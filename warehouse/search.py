"""Search in the text of the reports: Chinese words by an index of pairs of neighbouring characters.

`sql/derive/search_*.sql` make the index: for each pair, the texts that have it and how often. A word's texts have all
of its pairs; the rarest pair bounds how often a text can have it. The best by that bound are read until as many as
wanted have it indeed, so that a question costs the same whether a word is in ten reports or in all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import duckdb

from warehouse.home import Home
from warehouse.query import QueryError, opened
from warehouse.schema import script

SHIFT = 2**21  # a pair's number is the first character's code times this and the second's
CONTEXT = 24  # characters on either side of a hit in its snippet
MARKS = ("【", "】")
_OUTSIDE = re.compile(r"[\W_]+")
_SATURATION, _LENGTH_WEIGHT = 1.2, 0.75  # BM25's usual k1 and b


@dataclass(frozen=True, slots=True)
class Hit:
    """One report that has all the words, with the place that has most of them."""

    report_id: str
    year: int | None
    publisher: str | None
    section_no: str
    heading: str
    snippet: str
    occurrences: int
    score: float


def search(home: Home, question: str, limit: int = 10) -> list[Hit]:
    """The reports that have every word of the question, the best first."""
    with opened(home) as db:
        return find(db, question, limit)


def find(db: duckdb.DuckDBPyConnection, question: str, limit: int = 10) -> list[Hit]:
    """As `search`, in an open warehouse. Raises QueryError for a question without a word."""
    words = list(dict.fromkeys(question.lower().split()))
    runs = {word: [run for run in _OUTSIDE.split(word) if run] for word in words}
    if not words or not all(runs.values()):
        raise QueryError("search for words: one or more, separated by blanks")
    candidates = _candidates(db, [run for word in words for run in runs[word]])
    hits: list[Hit] = []
    first, size = 0, 4 * limit
    while first < len(candidates) and len(hits) < limit:
        hits += _read(db, dict(candidates[first : first + size]), words)
        first, size = first + size, 4 * size  # few have the words after all: look through more at a time
    return sorted(hits, key=lambda hit: (-hit.score, hit.report_id))[:limit]


def lines(hits: list[Hit]) -> list[str]:
    """The hits for a person: three lines each."""
    if not hits:
        return ["no report has all of these words"]
    return [
        line
        for hit in hits
        for line in (
            f"{hit.publisher or 'a body not named'} {hit.year or ''}  ({hit.report_id}, {hit.occurrences}×)",
            f"    {hit.section_no} {hit.heading}",
            f"    {hit.snippet}",
        )
    ]


def _candidates(db: duckdb.DuckDBPyConnection, runs: list[str]) -> list[tuple[str, float]]:
    """The documents that have the pairs of every run, with a score by how often and how rare; the best first."""
    selects, parameters = [], []
    for number, run in enumerate(dict.fromkeys(runs)):
        if len(run) == 1:  # every pair that begins with it
            low = ord(run) * SHIFT
            selects.append(
                f"SELECT {number} AS run, text_no, sum(occurrences) AS occurrences FROM internal.search_postings"
                " WHERE term BETWEEN ? AND ? GROUP BY text_no"
            )
            parameters += [low, low + SHIFT - 1]
            continue
        pairs = list(dict.fromkeys(ord(a) * SHIFT + ord(b) for a, b in pairwise(run)))
        selects.append(
            f"SELECT {number} AS run, text_no, min(occurrences) AS occurrences FROM internal.search_postings"
            f" WHERE term IN ({', '.join('?' * len(pairs))}) GROUP BY text_no HAVING count(*) = {len(pairs)}"
        )
        parameters += pairs
    query = script("search/candidates").replace("{{runs}}", " UNION ALL ".join(selects))
    rows = db.execute(query, [*parameters, _SATURATION, _LENGTH_WEIGHT, len(selects)]).fetchall()
    return [(document, score) for document, score in rows]


def _read(db: duckdb.DuckDBPyConnection, scores: dict[str, float], words: list[str]) -> list[Hit]:
    """Of some documents those that have the words indeed, each with its best section."""
    rows = db.execute(script("search/sections"), {"documents": list(scores)}).fetchall()
    by_document: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        by_document.setdefault(row[0], []).append(row)
    made = (_hit(sections, words, scores[document]) for document, sections in by_document.items())
    return [hit for hit in made if hit is not None]


def _hit(sections: list[tuple[Any, ...]], words: list[str], bound: float) -> Hit | None:
    """The hit that a report's sections give; None where one of the words is in none of them."""
    counts = [[f"{row[5]}\n{row[6]}".lower().count(word) for word in words] for row in sections]
    totals = [sum(column) for column in zip(*counts, strict=True)]
    if not all(totals):
        return None
    best = max(range(len(sections)), key=lambda n: (sum(map(bool, counts[n])), sum(counts[n])))
    _, report_id, year, publisher, section_no, heading, text = sections[best]
    snippet = _snippet(text if any(word in text.lower() for word in words) else heading, words)
    return Hit(report_id, year, publisher, section_no, heading, snippet, sum(totals), bound)


def _snippet(text: str, words: list[str]) -> str:
    """The surroundings of the first word found, on one line, with every hit in marks."""
    found = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    first = found.search(text)
    if first is None:  # lower() changed the length of a character
        return " ".join(text[: 2 * CONTEXT].split())
    start, end = max(0, first.start() - CONTEXT), min(len(text), first.end() + CONTEXT)
    shown = found.sub(lambda hit: f"{MARKS[0]}{hit[0]}{MARKS[1]}", text[start:end])
    return ("…" if start else "") + " ".join(shown.split()) + ("…" if end < len(text) else "")
