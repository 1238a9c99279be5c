"""The text of a cell as a number with its sign and unit: 1,234  +19  增15  减4  -35  1276.5534万元  12件."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from tasks.model import CellState, Span
from tasks.parse.rulefile import read

_AMOUNT = re.compile(
    r"[\s?？]*(?P<sign>--|[+\-＋－−–]|(?:增加?|新增|减少?|下降)了?|[↑↓])?\s*"
    r"(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?:(?P<unit>[万亿]?元|[万亿]|%|人次|[条件项次篇个人份宗起场期])整?|[(（](?P<bracketed>[万亿]?元)[)）])?\s*[。；]?"
)
_NOTE = re.compile(r"[(（][^()（）]*[\u4e00-\u9fff][^()（）]*[)）]\s*")  # 41（含上年1件）
_NEGATIVE = frozenset("-－−–减下↓")
_MONEY = {"元": 1, "万元": 10_000, "万": 10_000, "亿元": 100_000_000, "亿": 100_000_000}
TOO_LARGE = 1e15  # digits of several numbers run together; beyond, a float does not keep them all
_SCALE = {"万": 10_000, "亿": 100_000_000}
_FOREIGN = frozenset({"%", *(_MONEY.keys() - _SCALE.keys())})  # units of no count


class Amount(NamedTuple):
    """A number as a cell writes it. `signed` where the sign or a word for it is written; `span` within the text."""

    value: float
    unit: str | None
    signed: bool
    span: Span


@lru_cache(maxsize=4096)
def read_amount(text: str) -> Amount | None:
    """The one number that the text consists of, None where it is anything else (1.属于…, 2021年, 约30)."""
    if text.isascii() and text.isdigit():
        return Amount(float(text), None, False, (0, len(text)))
    match = _AMOUNT.match(text)
    if not match or not (match.end() == len(text) or _NOTE.fullmatch(text, match.end())):
        return Amount(0.0, None, True, (0, len(text))) if text in _cells()["unchanged"] else None
    sign, unit = match["sign"], match["unit"] or match["bracketed"]
    value = float(match["number"].replace(",", "").replace("，", ""))
    start = match.start("sign") if sign else match.start("number")
    return Amount(
        -value if sign and sign[0] in _NEGATIVE else value, unit, sign is not None, (start, match.end("number"))
    )


def in_unit(amount: Amount, wanted: str, column_unit: str | None) -> float | None:
    """The amount in the `wanted` unit; None where it has another, or is money and no unit is said.

    `column_unit` is what the column's head, the row's unit cell or the form itself says.
    """
    if not amount.value or (amount.unit is None and not is_money(wanted)):
        return amount.value  # nothing is nothing in any unit
    if is_money(wanted):
        factor = _MONEY.get(amount.unit or column_unit or "")
        if factor == _MONEY[wanted]:
            return amount.value  # as written: no rounding touches it
        return None if factor is None else amount.value * factor / _MONEY[wanted]
    if amount.unit in _FOREIGN and amount.unit != wanted:
        return None
    return amount.value * _SCALE.get(amount.unit or "", 1)


def is_money(unit: str) -> bool:
    """Whether the unit is one of money."""
    return unit in _MONEY


def empty_state(text: str) -> CellState | None:
    """What a cell counts as that holds a sign or a word for nothing; None for any other."""
    state: CellState | None = _cells()["empty"].get(text)
    return state


def money_unit(text: str) -> str | None:
    """The unit of money that a head names: 采购总金额（万元）, 单位：元."""
    found = re.search(r"[万亿]?元", text)
    return found[0] if found else None


@cache
def _cells() -> dict[str, Any]:
    data = read("forms/cells.yaml")
    return {
        "unchanged": frozenset(data["unchanged"]),
        "empty": {text: state for state, texts in data["empty"].items() for text in texts},
    }
