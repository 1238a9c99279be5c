"""How reports write a number."""

from __future__ import annotations

from random import Random

from tests.render.facts import Quirks

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
CHINESE = "零一二三四五六七八九十"


def plain(value: float) -> str:
    """12, 26.55: without a needless .0 and without an exponent."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def styled(value: float, quirks: Quirks) -> str:
    """A number as the whole report writes its numbers."""
    text = plain(value)
    if quirks.grouped_digits and value >= 1000:
        whole, _, fraction = text.partition(".")
        text = f"{int(whole):,}" + (f".{fraction}" if fraction else "")
    return text.translate(WIDE) if quirks.wide_digits else text


def chinese(value: float) -> str:
    """1 to 10 in characters, with 两 for a counted two; anything else in digits."""
    if value == 2:
        return "两"
    return CHINESE[int(value)] if value == int(value) and 1 <= value <= 10 else plain(value)


def in_ten_thousands(value: float) -> tuple[str, float]:
    """A number of 万 with two decimals, and the value that this states."""
    shown = round(value / 10_000, 2)
    return f"{plain(shown)}万", round(shown * 10_000)


def cell_text(indicator: str, value: float, rng: Random, quirks: Quirks) -> str:
    """A number as a table's cell has it: changes with a sign or a word, sums of money at times with their unit."""
    if indicator.endswith("items_change") and value:
        size = plain(abs(value))
        return rng.choice(
            (f"+{size}", f"增{size}", f"增加{size}") if value > 0 else (f"-{size}", f"减{size}", f"减少{size}")
        )
    if indicator == "procurement.amount" and value:
        return f"{plain(value)}万元"
    return styled(value, quirks)
