"""Whatever the bytes, a reader of text or pages returns an extract with sound spans, or rejects."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.html.read import extract_html
from tasks.clean.text.read import extract_text
from tasks.model import Rejected
from tests.clean.raw import assert_spans, raw
from tests.render.made import make

TAGS = re.findall(r"\w+", "table tr td th p div span font br ul li h1 h3 pre a nav form meta title body")
PIECES = [
    "|",
    "||",
    "\t",
    "\n",
    "\n\n",
    " ",
    "\u00a0",
    "\u3000",
    "0",
    "12",
    "/",
    "——",
    "规章",
    "信息内容",
    "其他",
    "总计",
    "条",
]
PIECES += [
    "第二十条第(一)项",
    "三、本年度办理结果",
    "（一）予以公开",
    "三、其他",
    "全年公开信息12条。",
    "索引号",
    "：",
    "本年新",
    "制作数量",
    "相关链接",
]
ATTRIBUTES = [
    "",
    " rowspan=3",
    " colspan=2",
    " rowspan=0",
    " colspan=99999",
    " hidden",
    " style='display:none'",
    " class=nav",
    " id=footer",
]


def _check(content: bytes) -> None:
    for reader in (extract_text, extract_html):
        try:
            extract = reader(raw(content))
        except Rejected:
            continue
        assert_spans(extract)


@given(st.binary(max_size=4000))
@settings(max_examples=150, deadline=None)
def test_random_bytes(content: bytes) -> None:
    _check(content)


@given(st.lists(st.sampled_from(PIECES), max_size=120))
@settings(max_examples=250, deadline=None)
def test_random_lines(pieces: list[str]) -> None:
    _check("".join(pieces).encode())


_OPEN = st.tuples(st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)).map(lambda tag: f"<{tag[0]}{tag[1]}>")
_CLOSE = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")


@given(st.lists(st.one_of(_OPEN, _OPEN, _CLOSE, st.sampled_from(PIECES)), max_size=150))
@settings(max_examples=250, deadline=None)
def test_random_markup(pieces: list[str]) -> None:
    _check("".join(pieces).encode())


@given(st.integers(0, 40), st.data())
@settings(max_examples=80, deadline=None)
def test_reports_with_a_piece_cut_out_or_doubled(seed: int, data: st.DataObject) -> None:
    content = make(seed, format="html" if seed % 2 else "txt").content
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(start + 400, len(content))))
    _check(content[:start] + content[end:])
    _check(content[:end] + content[start:])
    _check(content[:start])
