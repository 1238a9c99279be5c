from __future__ import annotations

import pytest

from tasks.clean.cells import state_of


@pytest.mark.parametrize(
    ("state", "texts"),
    [
        ("number", "0 12 +19 -35 增15 减4 增加3 1276.55万元 1,234 98.5% 260余 12件 3000余条 约20 0.5亿元 7人次"),
        ("slash", "/ // \\"),
        ("dash", "- -- — —— _"),
        ("none", "无 暂无 没有"),
        ("text", "规章 第二十条 2018年 12-15 1.2.3 无此项 本年新制作数量 十二 3月 —3— 1/2"),
    ],
)
def test_states(state: str, texts: str) -> None:
    assert {text: state_of(text) for text in texts.split()} == dict.fromkeys(texts.split(), state)


def test_blank() -> None:
    assert state_of("") == "blank"
