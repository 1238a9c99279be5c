"""Traditional to Simplified, character for character what opencc-python-reimplemented's t2s gives.

The tables are that package's own (TSCharacters, TSPhrases). Every entry is as long as its result, so an offset in the
result is the same offset in the text. The characters go through one `str.translate`; a phrase is looked for only where
a look-ahead on its first two characters says that one may begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

LONGEST = 16  # characters in the longest phrase, at most


class Tables(NamedTuple):
    """The package's tables, ready to run."""

    characters: dict[int, str]
    phrases: dict[str, str]
    phrase: re.Pattern[str]  # an empty match wherever a phrase begins; group 1 is the longest that does


@cache
def tables() -> Tables:
    """Load the tables, once."""
    characters = {key: results[0] for key, results in dictionary("TSCharacters.txt").items() if key != results[0]}
    phrases = {key: results[0] for key, results in dictionary("TSPhrases.txt").items()}
    firsts = "".join(sorted({phrase[0] for phrase in phrases}))
    seconds = "".join(sorted({phrase[1] for phrase in phrases}))
    longest_first = "|".join(sorted(phrases, key=len, reverse=True))
    return Tables(
        characters={ord(key): value for key, value in characters.items()},
        phrases=phrases,
        phrase=re.compile(f"(?=[{firsts}][{seconds}])(?=({longest_first}))"),
    )


def t2s(text: str) -> str:
    """`text` in Simplified characters, of the same length."""
    table = tables()
    simplified = text.translate(table.characters)
    pieces: list[str] = []
    done = 0
    for start, end in _phrases(text, table):
        pieces += (simplified[done:start], table.phrases[text[start:end]])
        done = end
    pieces.append(simplified[done:])
    return "".join(pieces)


def _phrases(text: str, table: Tables) -> Iterator[tuple[int, int]]:
    """The spans of the phrases in `text`, in order. Where phrases overlap, the package's choice."""
    cluster: list[tuple[int, int]] = []
    for match in table.phrase.finditer(text):
        if cluster and cluster[-1][1] <= match.start():
            yield from _choose(text, cluster, table.phrases)
            cluster = []
        cluster.append((match.start(), max(match.end(1), cluster[-1][1] if cluster else 0)))
    yield from _choose(text, cluster, table.phrases)


def _choose(text: str, cluster: list[tuple[int, int]], phrases: dict[str, str]) -> list[tuple[int, int]]:
    """Of overlapping phrases the longest, and of one length the leftmost; then again in what that leaves."""
    if len(cluster) < 2:
        return cluster
    begin, end = cluster[0][0], cluster[-1][1]
    found = [
        (start, stop)
        for start, _ in cluster
        for stop in range(start + 2, min(start + LONGEST, end) + 1)
        if text[start:stop] in phrases
    ]
    taken: list[tuple[int, int]] = []
    free = bytearray(b"1") * (end - begin)
    for start, stop in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if b"0" not in free[start - begin : stop - begin]:
            free[start - begin : stop - begin] = b"0" * (stop - start)
            taken.append((start, stop))
    return sorted(taken)


@cache
def dictionary(name: str) -> dict[str, list[str]]:
    """One of the package's tables: a line is a key, a tab, its results with a blank between, the usual one first."""
    lines = (files("opencc") / "dictionary" / name).read_text(encoding="utf-8").splitlines()
    return {key: results.split(" ") for key, results in (line.split("\t") for line in lines)}
