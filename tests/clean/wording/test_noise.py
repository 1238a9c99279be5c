from __future__ import annotations

import time
from typing import Any

import pytest

from tasks.clean.wording.noise import ends_in_mid_sentence, entries, find_noise, gloss_edits

HIJACKED = [{"kind": "hijack", "example": example} for example in entries()["hijack"]["examples"]]
SIGNS = [*entries()["patterns"], *HIJACKED]


@pytest.mark.parametrize("row", SIGNS, ids=lambda row: f"{row['kind']}-{row['example'][1]}")
def test_the_sign_is_found(row: dict[str, Any]) -> None:
    text, found = row["example"]
    assert (found, row["kind"]) in [(text[noise.start : noise.end], noise.kind) for noise in find_noise(text)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("2018年12月31日主动公开12条,国办发〔2018〕23号", []),
        ("查处赌博案件3起", []),
        ("共计201812条", []),
        ("截至202111日,公开3条", ["date_gap"]),
        ("201812月", ["date_gap"]),
        ("依据〔201460号文件", ["number_gap"]),
        ("甲\ue001\ue002乙", ["private_use"]),
        ("甲\ufffd\ufffd乙丙", ["replacement"]),
        ("全年</span>公开3条", ["markup"]),
        ("查处赌场3家,收缴老虎机5台;南亚博览会、彩票投注网点、江南体育中心,出口欧美日韩", []),
        ("赌博网下载县政府,欧美日韩视频区政府,葡京推荐在线县", ["hijack"] * 3),
        ("每月1日至本月31日,当月15日止", []),
        ("自1月1起至12月31止,年月5日", ["date_gap", "date_gap", "date_gap"]),
        ("怎么办?公开,□是□否", []),
        ("受理□□件", ["replacement"]),
        ("《比分直播,篮球比分直播印发规定的通知》", ["hijack", "hijack"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [noise.kind for noise in find_noise(text)] == kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关（guān）于规（guī）章", "关于规章"),
        ("下载政务（app）和（ok）", "下载政务（app）和（ok）"),
        ("公（gong）开（kai）信（xin）息", "公开信息"),
        ("規[guī]章、銀行（yín háng）、根據jù條例、公ɡōnɡ開（ kāi ）", "規章、銀行、根據條例、公開"),
        ("店（Café）、增长[a]、下降[b]、持平[a]", "店（Café）、增长[a]、下降[b]、持平[a]"),
        ("公（gong）开（open）", "公（gong）开（open）"),  # one that could be anything
    ],
)
def test_glosses(text: str, expected: str) -> None:
    for edit in reversed(gloss_edits(text)):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert text == expected


def test_letters_that_spell_in_many_ways_cost_no_time() -> None:
    started = time.process_time()
    assert gloss_edits(f"公（ā{'ia' * 10}x）" * 2000) == []
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("paragraph", "cut"),
    [
        ("全年受理申请12件,均已办结。", False),
        ("某市某区人民政府办公室", False),
        ("某市某区发展和改革委员会办公室政务公开工作领导小组 2019年1月15日", False),
        ("全年受理申请12件,", True),
        ("我局进一步加强组织领导,完善工作机制,全年主动公开各类政府信息", True),
        ("", False),
    ],
)
def test_truncated(paragraph: str, cut: bool) -> None:
    assert ends_in_mid_sentence(paragraph) is cut
