"""Which Mainland word a Taiwan word stands for, by its neighbours: the measured rows of restorations.csv, learned anew.

    python -m tests.clean.wording.learn_contexts FOLDER[:WEIGHT] ... > learned.csv

A FOLDER holds official Simplified text (.txt, .md) of one kind: statutes, work reports, disclosure reports. Each file
is converted by s2twp of opencc-python-reimplemented and back in its characters; wherever a word of the converter's
table then stands, the original says which word it was. A place counts WEIGHT times (1), so that much text of one kind
does not drown little of another.

Rows that a person wrote stay as they are and decide first. For each word the commonest reading becomes the last row;
above it come, one by one, the contexts of one to three characters on a side that mend most and harm least, until the
next would mend less than GAIN places. Words that the text hardly has keep the rows they have, and a word that is new to
the table is for s2twp alone: whether mirrors write it, and whether it proves one, is for a person to say.
The new table is printed; hold it against text that it was not learned from (tests.clean.wording.measure_restoration).
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import NamedTuple

import opencc
from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.clean.wording.restore import DATA, REACH, Gate, Place, readings
from tasks.clean.wording.t2s import dictionary, t2s
from tests.clean.wording.measure_restoration import read

MEASURED = "measured in official text converted afresh"
DEFAULT = "where nothing else decides: "
GAIN = 5.0  # places more mended than harmed, by weight, that a context must bring
PRECISE = 0.8  # of the places that a context changes, those that it changes rightly
SEEN = 8  # times that a word must be seen to be learned
LONGEST = 3  # characters in a context, on one side
LEARNED = re.compile("[\u4e00-\u9fff、（）《》“”]+")  # what a context may be made of

Row = dict[str, str]


class Feature(NamedTuple):
    """What stands beside a word, at once on its left and on its right; '' is anything."""

    before: str
    after: str


class Seen(NamedTuple):
    """One place where a pattern stands, and what the original had there."""

    original: str
    features: tuple[Feature, ...]
    weight: float


class Rule(NamedTuple):
    """Beside `feature` the pattern stands for `original`."""

    feature: Feature
    original: str


@cache
def readings_of_patterns() -> dict[str, set[str]]:
    """Each word of the converter's table, in Simplified characters, and the words that it may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for mainland, words in dictionary("TWPhrases.txt").items():
        for word in words:
            if len(word) > 1:
                found[t2s(word)] |= {t2s(mainland), t2s(word)}
    return found


def observe(original: str, converted: str, hand: list[Row], weight: float) -> Iterator[tuple[str, Seen]]:
    """The places of one document that no row by hand decides, with what the original has there."""
    patterns = list(readings_of_patterns())
    search = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)
    by_hand, gate = readings(hand), Gate(converted, [])
    starts = _starts(original, converted)
    for index, start, end in search.find_matches_as_indexes(converted):
        pattern, place = patterns[index], Place(start, end, patterns[index])
        if any(
            "s2twp" in reading.wordings and reading.fits(converted, place) and gate.is_about(reading.document)
            for reading in by_hand.get(pattern, ())
        ):
            continue
        word = _standing(original, starts[start], readings_of_patterns()[pattern])
        if word:
            before, after = converted[max(0, start - REACH) : start], converted[end : end + REACH]
            yield pattern, Seen(word, tuple(_features(before, after)), weight)


def learn(seen: list[Seen]) -> list[Rule]:
    """The rules for one pattern, the deciding one first; the last one holds anywhere."""
    weights: dict[str, float] = defaultdict(float)
    places: dict[Feature, list[int]] = defaultdict(list)
    for index, place in enumerate(seen):
        weights[place.original] += place.weight
        for feature in place.features:
            places[feature].append(index)
    default = max(weights, key=lambda word: (weights[word], word))
    read_as = [default] * len(seen)
    rules = [Rule(Feature("", ""), default)]
    while best := _best(seen, read_as, places):
        rules.append(best)
        for index in places[best.feature]:
            read_as[index] = best.original
    return rules[::-1]


def rows_of(pattern: str, rules: list[Rule], wordings: str, counts: Counter[str]) -> list[Row]:
    """The rules as rows of the table: neighbours that say the same on the same side become one row."""
    rows: list[Row] = []
    for (before, after), original in rules:
        last = rows[-1] if rows else {}
        if before + after and last.get("restoration") == original and not (before and after):
            side, other = ("before", "after") if before else ("after", "before")
            if last[side] and not last[other]:
                last[side] += f"|{before or after}"
                continue
        reason = MEASURED if before or after else DEFAULT + ", ".join(f"{w} {n}" for w, n in counts.most_common(3))
        rows.append(
            {
                "pattern": pattern,
                "restoration": original,
                "before": before,
                "after": after,
                "document": "",
                "wordings": wordings,
                "foreign": "",
                "reason": reason,
            }
        )
    return rows


def with_examples(rows: list[Row], patterns: list[str]) -> list[Row]:
    """The rows of one pattern, each with a text that it decides; one that earlier rows leave nothing is dropped."""
    search = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)
    kept: list[Row] = []
    for row in rows:
        if not is_measured(row):
            kept.append(row)
            continue
        others = [other for other in readings([*kept, row])[row["pattern"]] if not other.document]
        for example in _examples(row):
            found = search.find_matches_as_indexes(example)
            matches = [
                Place(start, end, row["pattern"]) for index, start, end in found if patterns[index] == row["pattern"]
            ]
            if len(found) == len(matches) == 1 and not any(other.fits(example, matches[0]) for other in others[:-1]):
                kept.append({**row, "example": example})
                break
    return kept


def _examples(row: Row) -> Iterator[str]:
    for before in reversed(row["before"].split("|") if row["before"] else ["有", "本", "其"]):
        for after in reversed(row["after"].split("|") if row["after"] else ["", "。"]):
            yield before + row["pattern"] + after


def _best(seen: list[Seen], read_as: list[str], places: dict[Feature, list[int]]) -> Rule | None:
    """The rule that mends most of what is read wrongly now, the shorter one of two that do the same."""
    wrong = {
        Rule(feature, place.original)
        for place, reading in zip(seen, read_as, strict=True)
        if reading != place.original
        for feature in place.features
    }
    best: tuple[float, Rule] | None = None
    for rule in wrong:
        mended = harmed = 0.0
        for index in places[rule.feature]:
            if read_as[index] != rule.original:
                mended += seen[index].weight * (seen[index].original == rule.original)
                harmed += seen[index].weight * (seen[index].original == read_as[index])
        if mended - harmed < GAIN or mended < PRECISE * (mended + harmed):
            continue
        gain = mended - harmed - 0.1 * len(rule.feature.before + rule.feature.after)
        best = max(best, (gain, rule)) if best else (gain, rule)
    return best[1] if best else None


def _features(before: str, after: str) -> Iterator[Feature]:
    pairs = [Feature(before[-length:], "") for length in range(1, LONGEST + 1) if len(before) >= length]
    pairs += [Feature("", after[:length]) for length in range(1, LONGEST + 1) if len(after) >= length]
    if before and after:
        pairs.append(Feature(before[-1], after[0]))
    return (pair for pair in pairs if LEARNED.fullmatch(pair.before + pair.after))


def _starts(original: str, converted: str) -> list[int]:
    """For each character of the converted text where its counterpart begins in the original, by lines."""
    starts: list[int] = []
    base = 0
    for line, other in zip(original.split("\n"), converted.split("\n"), strict=True):
        if len(line) == len(other):
            starts += range(base, base + len(line) + 1)
        else:
            for _, low, high, start, end in SequenceMatcher(None, other, line, autojunk=False).get_opcodes():
                starts += (base + min(start + step, max(start, end - 1)) for step in range(high - low))
            starts.append(base + len(line))
        base += len(line) + 1
    return starts


def _standing(original: str, start: int, words: set[str]) -> str | None:
    """The word of `words` that stands in the original at `start` or, where the converter cut words amiss, beside it."""
    for shift in (0, -1, 1, -2, 2):
        for word in sorted(words, key=lambda word: (-len(word), word)):
            if start + shift >= 0 and original.startswith(word, start + shift):
                return word
    return None


def relearned(table: list[Row], seen: dict[str, list[Seen]]) -> list[Row]:
    """The table with its measured rows learned anew, by pattern in the order of the table, new patterns behind."""
    old: dict[str, list[Row]] = defaultdict(list)
    for row in table:
        old[row["pattern"]].append(row)
    patterns = list(dict.fromkeys([*old, *sorted(seen, key=lambda pattern: -len(seen[pattern]))]))
    result: list[Row] = []
    for pattern in patterns:
        hand = [row for row in old[pattern] if not is_measured(row)]
        rules = learn(seen[pattern]) if len(seen[pattern]) >= SEEN else []
        if not rules or (pattern not in old and len(rules) == 1 and rules[0].original == pattern):
            result += old[pattern]
            continue
        wordings = next((row["wordings"] for row in old[pattern] if is_measured(row)), "s2twp")
        counts = Counter(place.original for place in seen[pattern])
        result += with_examples([*hand, *rows_of(pattern, rules, wordings, counts)], patterns)
    return result


def is_measured(row: Row) -> bool:
    """Did this program write the row?"""
    return row["reason"].startswith((MEASURED, DEFAULT))


def main() -> int:
    """Print the table, learned anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER[:WEIGHT]")
    with DATA.open(encoding="utf-8", newline="") as lines:
        table = list(csv.DictReader(lines))
    hand = [row for row in table if not is_measured(row)]
    convert = opencc.OpenCC("s2twp").convert
    seen: dict[str, list[Seen]] = defaultdict(list)
    for argument in parser.parse_args().folders:
        folder, _, weight = argument.partition(":")
        for original in read(Path(folder)):
            for pattern, place in observe(original, t2s(convert(original)), hand, float(weight or 1)):
                seen[pattern].append(place)
    writer = csv.DictWriter(sys.stdout, list(table[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(relearned(table, seen))
    return 0


if __name__ == "__main__":
    sys.exit(main())
