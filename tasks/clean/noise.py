"""Where a text is damaged, and how much of it. The signs are in `data/noise.yaml`.

Glosses are taken out (關(guān)于 is 關于); all else is only flagged: a number that touches such a place is doubted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.clean.align import Edit
from tasks.clean.mojibake import find_damage
from tasks.model import Noise

DATA = Path(__file__).parent / "data" / "noise.yaml"
GLOSS = "pinyin"
BEGINS = r"(?=[?*<\[〔12a-z])"  # what a pattern may begin with: other characters are not asked
_BRACKETED = re.compile(r"(?<=[\u4E00-\u9FFF])（([a-züāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹ]{1,6})）")
_DATE_AT_END = re.compile(r"(?:\d{1,2}[日月号]|年|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}:\d{2})$")
_SENTENCE = 25  # characters from which a paragraph without a full stop is a cut sentence, not a signature


@cache
def entries() -> dict[str, Any]:
    """The table as it stands in the file."""
    loaded: dict[str, Any] = yaml.load(DATA.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


def gloss_edits(text: str) -> list[Edit]:
    """The pinyin glosses of a text whose brackets are folded, each removed."""
    found = [match for match in _BRACKETED.finditer(text) if _toneless(match[1]) in _syllables()]
    toned = [match for match in found if _toneless(match[1]) != match[1]]
    if len(found) < entries()["gloss"]["toneless_from"]:
        found = toned
    return [Edit(match.start(), match.end(), "", GLOSS) for match in found]


def find_noise(text: str) -> list[Noise]:
    """The damaged places of a cleaned text, in order."""
    expression, kinds = _patterns()
    found = [Noise(damage.start, damage.end, damage.kind) for damage in find_damage(text)]
    found += (
        Noise(place.start(), place.end(), kinds[(place.lastindex or 1) - 1]) for place in expression.finditer(text)
    )
    found += _hijacked(text)
    return sorted(found, key=lambda noise: (noise.start, noise.end))


def _hijacked(text: str) -> list[Noise]:
    """The names of sites that stand where other words stood."""
    words, goes_on = _site_words()
    found: list[Noise] = []
    for _, word_start, word_end in words.find_matches_as_indexes(text):
        matched = goes_on.match(text, word_end)
        end = matched.end() if matched else word_end
        if found and word_start <= found[-1].end:
            last = found.pop()
            found.append(Noise(last.start, max(end, last.end), "hijack"))
        else:
            found.append(Noise(word_start, end, "hijack"))
    return found


def noise_score(noise: Iterable[Noise], length: int) -> float:
    """The share of `length` characters that is damaged."""
    damaged, reach = 0, 0
    for place in noise:
        if place.kind not in entries()["harmless"]:
            damaged += max(0, place.end - max(place.start, reach))
            reach = max(reach, place.end)
    return damaged / length if length else 0.0


def ends_in_mid_sentence(paragraph: str) -> bool:
    """Was the last paragraph of a text cut? A signature, a date and a caption are short and whole as they are."""
    if not paragraph or paragraph[-1] in entries()["sentence_ends"]:
        return False
    if paragraph[-1] in ",，、":
        return True
    return len(paragraph) >= _SENTENCE and not _DATE_AT_END.search(paragraph[-12:])


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[str, ...]]:
    rows = entries()["patterns"]
    alternatives = "|".join(f"({row['pattern']})" for row in rows)
    return re.compile(f"{BEGINS}(?:{alternatives})"), tuple(row["kind"] for row in rows)


@cache
def _site_words() -> tuple[AhoCorasick, re.Pattern[str]]:
    hijack = entries()["hijack"]
    return AhoCorasick(hijack["words"], matchkind=MatchKind.LeftmostLongest), re.compile(hijack["goes_on"])


@cache
def _syllables() -> frozenset[str]:
    gloss = entries()["gloss"]
    finals = gloss["finals"].split()
    return frozenset(initial + final for initial in ("", *gloss["initials"].split()) for final in finals)


def _toneless(syllable: str) -> str:
    """The syllable without its tone mark; ü is v."""
    marks = unicodedata.normalize("NFD", syllable.replace("ü", "v"))
    return "".join(mark for mark in marks if not unicodedata.combining(mark))
