"""The numbers that Word puts before paragraphs by itself (一、 （二） 3.): they stand in no paragraph's own text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: `pattern` as Word writes it, %1 being the number of the first level."""

    number_format: str
    pattern: str
    start: int


class Numbering:
    """Counts a document's lists along its paragraphs."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[tuple[str, int], Level] = {}
        self._list_of: dict[str, str] = {}  # numId to the list it counts on
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._read(root)

    def label(self, number_id: str, depth: int) -> str:
        """The number before the next paragraph of a list at a depth; '' for a bullet or a list that is not there."""
        level = self._levels.get((number_id, depth))
        if level is None:
            return ""
        counts = self._counts[self._list_of[number_id]]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]

        def shown(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            of_other = self._levels.get((number_id, other), level)
            return number_text(counts.get(other, of_other.start), of_other.number_format)

        return "" if level.number_format in {"bullet", "none"} else re.sub(r"%(\d)", shown, level.pattern)

    def _read(self, root: etree._Element) -> None:
        lists = {item.get(f"{W}abstractNumId", ""): dict(_levels(item)) for item in root.iterfind(f"{W}abstractNum")}
        for number in root.iterfind(f"{W}num"):
            number_id = number.get(f"{W}numId", "")
            abstract = _value(number.find(f"{W}abstractNumId"))
            levels = dict(lists.get(abstract, {}))
            overrides = list(number.iterfind(f"{W}lvlOverride"))
            for override in overrides:
                depth = _integer(override.get(f"{W}ilvl"), 0)
                levels.update(_levels(override))
                start = override.find(f"{W}startOverride")
                if start is not None and depth in levels:
                    old = levels[depth]
                    levels[depth] = Level(old.number_format, old.pattern, _integer(_value(start), 1))
            self._list_of[number_id] = f"{abstract}/{number_id}" if overrides else abstract
            self._levels.update(((number_id, depth), level) for depth, level in levels.items())


def number_text(number: int, number_format: str) -> str:
    """A number as Word writes it in a format; as digits in one that is not known."""
    write = _FORMATS.get(number_format)
    return write(number) if write and number > 0 else str(number)


def _levels(holder: etree._Element) -> Iterator[tuple[int, Level]]:
    for level in holder.iterfind(f"{W}lvl"):
        number_format = _value(level.find(f"{W}numFmt")) or "decimal"
        start = _integer(_value(level.find(f"{W}start")), 1)
        yield _integer(level.get(f"{W}ilvl"), 0), Level(number_format, _value(level.find(f"{W}lvlText")), start)


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else default


def _chinese(number: int) -> str:
    """1 to 9999 in Chinese counting: 十二, 一百〇五 as Word has it."""
    if number >= 10_000:
        return str(number)
    text, zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("〇" if zero and text else "") + _DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return text.removeprefix("一") if 10 <= number < 20 else text


def _letters(number: int) -> str:
    """a to z, then aa, bb … as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 10)


def _roman(number: int) -> str:
    if number >= 4_000:
        return str(number)
    text = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        text += sign * (number // value)
        number %= value
    return text


def _from(signs: str) -> Callable[[int], str]:
    """Numbers that have a sign each, up to the last sign."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


_circled = _from("".join(map(chr, range(0x2460, 0x2474))))
_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "japaneseDigitalTenThousand": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "ideographTraditional": _from("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from("".join(map(chr, range(0x2474, 0x2488)))),
    "decimalEnclosedFullstop": _from("".join(map(chr, range(0x2488, 0x249C)))),
    "ideographEnclosedCircle": _from("".join(map(chr, range(0x3280, 0x328A)))),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
