"""A line as it is compared with the words of the data files: Simplified, without blanks and glosses."""

from __future__ import annotations

import re

from tasks.clean.wording.t2s import tables

_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-züāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹ]{1,6}(?:[)）]|$)")


def fold(text: str) -> str:
    """`text` in Simplified characters without its blanks and pinyin glosses; spans are lost."""
    return simplified(_BLANKS.sub("", without_glosses(text)))


def without_glosses(text: str) -> str:
    """`text` without pinyin in brackets behind a character."""
    return _GLOSS.sub("", text)


def simplified(text: str) -> str:
    """`text` character for character in Simplified characters: of the same length."""
    return text.translate(tables().characters)
