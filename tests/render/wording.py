"""A Simplified document in another script or wording, as mirrors convert it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from random import Random
from typing import Literal

from opencc import OpenCC

from tests.render.document import Block, Line, NeutralDocument

Script = Literal["hans", "hant", "hant_tw", "mirror"]  # hant_tw: with the characters that Big5 has

# What the mirrors' converter puts in place of Mainland words: longest first.
MIRROR_WORDS = {
    "门户网站": "入口網站",
    "互联网": "網際網路",
    "联系我们": "聯絡我們",
    "文件": "檔案",
    "程序": "程式",
    "窗口": "視窗",
    "优化": "最佳化",
    "网络": "網路",
    "中小学": "中國小",
    "小学": "國小",
    "宏观": "巨觀",
    "设置": "設定",
}
_MIRROR = re.compile("|".join(MIRROR_WORDS))
PINYIN = {"关": "guān", "规": "guī", "开": "kāi", "务": "wù", "实": "shí", "据": "jù", "机": "jī", "织": "zhī"}
CHROME = ("相關詞條", "熱門詞條", "聯絡我們")


@cache
def _opencc(name: str) -> OpenCC:
    return OpenCC(name)


@cache
def traditional(text: str, name: str = "s2t") -> str:
    """Plain conversion of the characters and phrases; the words stay the Mainland's."""
    converted: str = _opencc(name).convert(text)
    return converted


def mirrored(text: str) -> str:
    """Traditional characters with the mirrors' own words."""
    pieces: list[str] = []
    at = 0
    for match in _MIRROR.finditer(text):
        pieces += [traditional(text[at : match.start()], "s2tw"), MIRROR_WORDS[match[0]]]
        at = match.end()
    return "".join([*pieces, traditional(text[at:], "s2tw")])


CHANGES: dict[Script, Callable[[str], str]] = {
    "hant": traditional,
    "hant_tw": partial(traditional, name="s2tw"),
    "mirror": mirrored,
}


def half_width(document: NeutralDocument) -> NeutralDocument:
    """Brackets, commas and colons as many stores of pages have them."""
    table = str.maketrans("（），：；", "(),:;")
    return _changed(document, lambda text: text.translate(table))


def convert(document: NeutralDocument, script: Script) -> NeutralDocument:
    """The document in `script`; a mirror adds the lines of its own site at the end."""
    if script == "hans":
        return document
    changed = _changed(document, CHANGES[script])
    if script == "mirror":
        changed = replace(changed, blocks=(*changed.blocks, *(Line(text, "sign") for text in CHROME)))
    return changed


def glossed(document: NeutralDocument, rng: Random, share: float = 0.2) -> NeutralDocument:
    """Pinyin in brackets after some characters of the prose: 關(guān)."""

    def gloss(text: str) -> str:
        return "".join(f"{c}({PINYIN[c]})" if c in PINYIN and rng.random() < share else c for c in text)

    return replace(
        document,
        blocks=tuple(
            replace(block, text=gloss(block.text)) if isinstance(block, Line) and block.kind == "paragraph" else block
            for block in document.blocks
        ),
    )


def _changed(document: NeutralDocument, change: Callable[[str], str]) -> NeutralDocument:
    def block(old: Block) -> Block:
        if isinstance(old, Line):
            return replace(old, text=change(old.text))
        return replace(old, cells=tuple(replace(cell, text=change(cell.text)) for cell in old.cells))

    return NeutralDocument(
        change(document.page_title),
        tuple(block(old) for old in document.blocks),
        tuple((change(key), change(value)) for key, value in document.metadata),
    )
