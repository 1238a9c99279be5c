"""Where a text is damaged. The signs are in `data/noise.yaml`.

Glosses are taken out (關(guān)于 is 關于); all else is only flagged: a number that touches such a place is doubted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.clean.characters.mojibake import find_damage
from tasks.clean.wording.align import Edit
from tasks.model import Noise

DATA = Path(__file__).parents[1] / "data" / "noise.yaml"
GLOSS = "pinyin"
PLAIN = str.maketrans("üɑɡ", "vag")
BEGINS = r"[?□*<&\[〔月dfs12]"  # what a pattern may begin with: other characters are not asked
_LETTERS = "a-zɑɡüāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹ"
_BRACKETED = rf"(?<=[（\[【]) ?([{_LETTERS}][{_LETTERS} ]{{0,23}}?) ?[）\]】]"
_BARE = rf"(?<=[{_LETTERS}])[{_LETTERS}]{{0,5}}(?![A-Za-z])"
_GLOSS = re.compile(rf"[（\[【{_LETTERS}](?<=[\u4E00-\u9FFF].)(?:{_BRACKETED}|{_BARE})")
_DATE_AT_END = re.compile(r"(?:\d{1,2}[日月号]|年|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}:\d{2})$")
_SENTENCE = 25  # characters from which a paragraph without a full stop is a cut sentence, not a signature


@cache
def entries() -> dict[str, Any]:
    """The table as it stands in the file."""
    loaded: dict[str, Any] = yaml.load(DATA.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


def gloss_edits(text: str) -> list[Edit]:
    """The pinyin glosses of a text whose brackets are folded, each removed."""
    toned: list[Edit] = []
    toneless: list[Edit] = []
    syllable, syllables = _spelling()
    for match in _GLOSS.finditer(text):
        letters = match[1] or match[0]
        plain = _toneless(letters)
        edit = Edit(match.start(), match.end(), "", GLOSS)
        if plain != letters and syllables.fullmatch(plain):
            toned.append(edit)
        elif match[0][0] == "（" and syllable.fullmatch(plain):
            toneless.append(edit)
    return sorted(toned + toneless) if len(toned + toneless) >= entries()["gloss"]["toneless_from"] else toned


def find_noise(text: str) -> list[Noise]:
    """The damaged places of a cleaned text, in order."""
    expression, kinds = _patterns()
    found = [Noise(damage.start, damage.end, damage.kind) for damage in find_damage(text)]
    done = 0
    for place in expression.finditer(text):
        start, end = place.span(place.lastindex or 1)
        if start >= done:
            found.append(Noise(start, end, kinds[(place.lastindex or 1) - 1]))
            done = end
    found += _hijacked(text)
    return sorted(found, key=lambda noise: (noise.start, noise.end))


def _hijacked(text: str) -> list[Noise]:
    """The names of sites that stand where other words stood."""
    search = _site_words()
    found: list[Noise] = []
    for index, word_start, word_end in search.words.find_matches_as_indexes(text):
        if index >= search.ordinary_from and not search.of_a_site.match(text, word_end):
            continue
        matched = search.goes_on.match(text, word_end)
        end = matched.end() if matched else word_end
        if found and word_start <= found[-1].end:
            last = found.pop()
            found.append(Noise(last.start, max(end, last.end), "hijack"))
        else:
            found.append(Noise(word_start, end, "hijack"))
    return found


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
    return re.compile(f"{BEGINS}(?<=(?={alternatives}).)"), tuple(row["kind"] for row in rows)


class SiteWords(NamedTuple):
    """How names of betting and escort sites are found."""

    words: AhoCorasick
    ordinary_from: int  # the words from this one on stand in honest text, too
    of_a_site: re.Pattern[str]  # what must follow these
    goes_on: re.Pattern[str]


@cache
def _site_words() -> SiteWords:
    hijack = entries()["hijack"]
    words = AhoCorasick(hijack["words"] + hijack["ordinary"], matchkind=MatchKind.LeftmostLongest)
    return SiteWords(words, len(hijack["words"]), re.compile(hijack["of_a_site"]), re.compile(hijack["goes_on"]))


@cache
def _spelling() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One syllable, and one or more that may stand apart, without tone marks."""
    gloss = entries()["gloss"]
    finals = sorted(gloss["finals"].split(), key=len, reverse=True)
    syllable = f"(?:{'|'.join(gloss['initials'].split())})?(?:{'|'.join(finals)})"
    return re.compile(syllable), re.compile(f"(?>{syllable} ?)++")


def _toneless(syllable: str) -> str:
    """The syllable in plain letters, without its tone mark; ü is v."""
    marks = unicodedata.normalize("NFD", syllable.translate(PLAIN))
    return "".join(mark for mark in marks if not unicodedata.combining(mark))
