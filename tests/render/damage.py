"""What copying does to a text: signs lost from dates, words put over by whoever took the site."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.render.document import Line, NeutralDocument

PERIOD = re.compile(r"\d{4}年1月1日[^。；]*?12月31日")
SPAM = ("365体育投注官网", "新葡京娱乐城", "足球比分直播网")
VICTIMS = ("根据", "围绕", "对照")


def with_date_gaps(document: NeutralDocument, rng: Random) -> NeutralDocument:
    """The stated period loses one of its 年, 月, 日: 20221月1日."""

    def gap(match: re.Match[str]) -> str:
        at = rng.choice([place for place, sign in enumerate(match[0]) if sign in "年月日"])
        return match[0][:at] + match[0][at + 1 :]

    return _in_paragraphs(document, lambda text: PERIOD.sub(gap, text))


def hijacked(document: NeutralDocument, rng: Random) -> NeutralDocument:
    """A common word of the paragraphs becomes the name of a betting site."""
    victim, spam = rng.choice(VICTIMS), rng.choice(SPAM)
    return _in_paragraphs(document, lambda text: text.replace(victim, spam))


def _in_paragraphs(document: NeutralDocument, change: Callable[[str], str]) -> NeutralDocument:
    blocks = (
        replace(block, text=change(block.text)) if isinstance(block, Line) and block.kind == "paragraph" else block
        for block in document.blocks
    )
    return replace(document, blocks=tuple(blocks))
