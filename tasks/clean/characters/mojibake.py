"""Characters that came out of a wrong decoding.

Windows of a text are judged by their share of common characters: prose has 0.8 and more, lists of township names 0.54,
Chinese read in another encoding 0.2 at most. Latin mojibake is told by U+0080-00FF, which Chinese text does not have.
Fragments inside a sound text are told by what only damage leaves: replacement and private-use characters, and runs of
the rare characters that UTF-8 turns into when it is read as GBK. An even exchange of encodings cannot be undone in
general (one odd byte breaks it), so nothing is repaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from tasks.clean.characters.charset import common_characters
from tasks.model import Rejected

_WINDOW = 300  # characters judged together
_COMMON_SHARE = 0.3
_LATIN_SHARE = 0.4
_FEWEST = 40  # Chinese characters below which a window is too short to judge by their share
_MOSTLY = 0.5  # share of damaged characters from which a document is refused

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile("[\x80-\xff\u0152-\u0192\u02c6\u02dc\u20ac\u2122]")
_LATIN_RUN = "(?:[\xc2-\xef][\x80-\xbf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,2}){2,}"


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged place: `mojibake`, `replacement` or `private_use`."""

    start: int
    end: int
    kind: str


def find_damage(text: str) -> tuple[Damage, ...]:
    """The damaged places of a text, ascending and apart from each other."""
    windows = [Damage(start, end, "mojibake") for start, end in _damaged_windows(text)]
    return tuple(_apart(sorted([*windows, *_fragments(text)], key=lambda damage: (damage.start, -damage.end))))


def refuse_mojibake(text: str) -> None:
    """Raise Rejected `mojibake` where at least half of the text is damaged."""
    damaged = sum(damage.end - damage.start for damage in find_damage(text))
    if damaged >= _MOSTLY * len(text) and damaged:
        raise Rejected(
            "mojibake", f"{damaged} of {len(text)} characters were decoded wrongly at the source: fetch it elsewhere"
        )


def _damaged_windows(text: str) -> Iterator[tuple[int, int]]:
    """The windows, neighbours joined, that no reader could read."""
    start = -1
    for at in range(0, len(text), _WINDOW):
        if _is_damaged(text, at):
            start = at if start < 0 else start
        elif start >= 0:
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(text)


def _is_damaged(text: str, at: int) -> bool:
    if _enough_common().match(text, at, at + _WINDOW):
        return False
    window = text[at : at + _WINDOW]
    han, latin = _HAN.findall(window), len(_LATIN.findall(window))
    if latin >= _LATIN_SHARE * len(window) and latin >= _FEWEST:
        return True
    common = sum(character in common_characters() for character in han) - 3 * window.count("\ufffd")
    return len(han) >= _FEWEST and common < _COMMON_SHARE * len(han)


def _apart(damages: Iterable[Damage]) -> Iterator[Damage]:
    """Those that overlap become one."""
    last: Damage | None = None
    for damage in damages:
        if last is None or damage.start >= last.end:
            if last:
                yield last
            last = damage
        elif damage.end > last.end:
            last = Damage(last.start, damage.end, damage.kind)
    if last:
        yield last


@cache
def _enough_common() -> re.Pattern[str]:
    """Matches a window, from its start on, in which enough common characters stand to be sound whatever follows."""
    common = "".join(re.escape(character) for character in sorted(common_characters()))
    return re.compile(f"(?:[^{common}]*+[{common}]){{{int(_COMMON_SHARE * _WINDOW) + 1}}}", re.S)


def _fragments(text: str) -> Iterator[Damage]:
    begins, expression = _of_fragments()
    done = 0
    for place in begins.finditer(text):
        if place.start() >= done and (match := expression.match(text, place.start())):
            done = match.end()
            yield Damage(match.start(), done, match.lastgroup or "")


@cache
def _of_fragments() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The characters that a fragment begins with, of which most texts have few; and the fragments."""
    letters = "".join(sorted(_rare_of_utf8_as_gbk()))
    rare = f"[{letters}]"
    return re.compile(f"[{letters}锟烫屯\xc2-\xef\ufffd\ue000-\uf8ff]"), re.compile(
        f"(?P<mojibake>{rare}(?:.?{rare}){{2,}}|(?:锟斤拷)+|(?:烫烫|屯屯){{2,}}|{_LATIN_RUN})"
        "|(?P<replacement>\ufffd+)|(?P<private_use>[\ue000-\uf8ff]+)"
    )


def _rare_of_utf8_as_gbk() -> set[str]:
    """What common characters become when their UTF-8 is read as GBK, less what GB 2312 and Big5 count as frequent."""
    frequent = {_decoded(lead, trail, "gb2312") for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF)}
    frequent |= {_decoded(lead, trail, "big5") for lead in range(0xA4, 0xC7) for trail in range(0x40, 0xFF)}
    common = sorted(common_characters())
    pairs = (first + second for first in common for second in "的，。一公中")
    read = "".join((pair.encode() + pair.encode()[:1]).decode("gbk", "ignore") for pair in pairs)
    read += "".join(pair.encode()[1:].decode("gbk", "ignore") for pair in common)
    return {character for character in read if _HAN.match(character)} - frequent - common_characters()


def _decoded(lead: int, trail: int, charset: str) -> str:
    return bytes((lead, trail)).decode(charset, "ignore")
