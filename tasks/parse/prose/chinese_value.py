"""What Chinese numerals are worth: 一百二十三, 贰拾, 二〇一八, 三万."""

from __future__ import annotations

DIGITS = "〇零一二两三四五六七八九"
CAPITALS = "壹贰叁肆伍陆柒捌玖拾佰仟"
SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_VALUES = dict(zip(DIGITS, (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000}
_PLAIN = str.maketrans(CAPITALS, "一二三四五六七八九十百千")


def chinese_value(digits: str) -> float | None:
    """The value of a Chinese numeral such as 一百二十三, 贰拾, 二〇一八 or 三万; None where it is none."""
    digits = digits.translate(_PLAIN)
    if digits and digits[-1] in "万亿":
        inner = chinese_value(digits[:-1])
        return None if inner is None else inner * SCALES[digits[-1]]
    if not any(character in _UNITS for character in digits):
        return float("".join(str(_VALUES[character]) for character in digits)) if digits else None
    total, current = 0, 0
    for character in digits:
        if character in _VALUES:
            current = _VALUES[character]
        else:
            total += (current or (0 if total else 1)) * _UNITS[character]
            current = 0
    return float(total + current)
