"""Is a text written in Simplified or Traditional characters, and whose words does it use?

The words that tell one wording from another stand in `data/wording.yaml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.clean.wording.t2s import dictionary
from tasks.model import Script, Wording

DATA = Path(__file__).parents[1] / "data" / "wording.yaml"
SAMPLE = 20_000  # characters at the beginning that decide
TRADITIONAL_SHARE = 0.1  # of the characters that differ between the scripts; below it a text is Simplified


class Evidence(NamedTuple):
    """How often the words of `data/wording.yaml` stand in a text, by list."""

    mainland: int
    genuine: int
    s2twp: int
    not_s2twp: int


def script_of(text: str) -> Script:
    """`hant` where at least a tenth of the characters that tell is Traditional: a hijacked mirror mixes both."""
    traditional, simplified = _telling()
    sample = text[:SAMPLE]
    foreign = len(traditional.findall(sample))
    if not foreign:
        return "hans"
    return "hans" if foreign < TRADITIONAL_SHARE * (foreign + len(simplified.findall(sample))) else "hant"


def evidence(text: str) -> Evidence:
    """Count the telling words of a text that was Traditional and is in Simplified characters now."""
    words, automaton = _words()
    counts: Counter[str] = Counter(words[index] for index, _, _ in automaton.find_matches_as_indexes(text))
    return Evidence(counts["mainland"], counts["genuine"], counts["s2twp"], counts["not_s2twp"] + counts["kept"])


def wording_of(found: Evidence, from_mirror: bool) -> Wording:
    """Whose wording it is, by its telling words and by whether words stand in it that only a mirror writes.

    Without a sign that the text is from the Mainland, no word of it is changed: Hong Kong and Taiwan write so.
    """
    if found.genuine >= max(1, found.mainland):
        return "genuine"
    if not found.mainland:
        return "mainland"
    if found.s2twp >= 2 and found.s2twp > 4 * found.not_s2twp:
        return "s2twp"
    return "mirror" if from_mirror else "mainland"


@cache
def _telling() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One character that is only Traditional; one that is only Simplified."""
    to_simplified = dictionary("TSCharacters.txt")
    to_traditional = dictionary("STCharacters.txt")
    written_in_traditional = {target for targets in to_traditional.values() for target in targets}
    traditional = {key for key, targets in to_simplified.items() if key not in targets and key not in to_traditional}
    simplified = to_traditional.keys() - to_simplified.keys() - written_in_traditional
    return _one_of(traditional), _one_of(simplified)


def _one_of(characters: Iterable[str]) -> re.Pattern[str]:
    """Any of the characters. Those beyond U+FFFF are rare, and would keep the class from being a table: left out."""
    return re.compile(f"[{''.join(sorted(character for character in characters if character <= chr(0xFFFF)))}]")


@cache
def kept() -> tuple[str, ...]:
    """Expressions that some converters leave as they are though they change the words in them; s2twp does not."""
    return tuple(_lists()["kept"]["words"])


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    lists: dict[str, dict[str, list[str]]] = yaml.load(DATA.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return lists


@cache
def _words() -> tuple[tuple[str, ...], AhoCorasick]:
    """The list that each telling word stands in, and the search for all of them at once."""
    words = {word: name for name, entry in _lists().items() for word in entry["words"]}
    return tuple(words.values()), AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest)
