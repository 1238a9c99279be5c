"""Contexts learned from invented text hold in other text of the same kind."""

from __future__ import annotations

import opencc

from tasks.clean.wording.restore import Place, readings
from tasks.clean.wording.t2s import t2s
from tests.clean.wording.learn_contexts import Row, Seen, observe, relearned

ORIGINAL = "".join(f"第{number}号系统运行平稳,第{number}号预算执行良好,预算执行到位。" for number in range(30))


def seen(original: str, hand: list[Row]) -> dict[str, list[Seen]]:
    found: dict[str, list[Seen]] = {}
    for pattern, place in observe(original, t2s(opencc.OpenCC("s2twp").convert(original)), hand, 1):
        found.setdefault(pattern, []).append(place)
    return found


def row(pattern: str, restoration: str, before: str, reason: str) -> Row:
    columns = {"pattern": pattern, "restoration": restoration, "before": before, "reason": reason, "wordings": "s2twp"}
    return dict.fromkeys(("after", "document", "foreign", "example"), "") | columns


def test_what_stands_beside_a_word_is_learned() -> None:
    table = relearned([], seen(ORIGINAL, []))
    text = "供水系统执行稳定,决议执行有力。"
    read_as = []
    for start in (4, 11):
        place = Place(start, start + 2, "执行")
        read_as.append(next(r.restoration for r in readings(table)["执行"] if r.fits(text, place)))
    assert read_as == ["运行", "执行"]
    assert all(row["pattern"] in row["example"] for row in table)


def test_rows_by_hand_decide_first_and_are_kept() -> None:
    hand = row("执行", "运行", "系统", "as the forms have it")
    assert [place.original for place in seen(ORIGINAL, [hand])["执行"]] == ["执行"] * 60
    assert relearned([hand], seen(ORIGINAL, [hand]))[0] == hand


def test_a_word_that_the_text_hardly_has_keeps_its_rows() -> None:
    table = [row("执行", "运行", "", "where nothing else decides: 运行 9")]
    assert relearned(table, seen("供水系统运行稳定。", [])) == table


def test_words_that_the_converter_cut_amiss_are_found() -> None:
    """It takes 期限内核发 for 期限 + 内核 + 发, and writes 核心."""
    assert {place.original for place in seen("在期限内核发证件。", [])["核心"]} == {"内核"}
