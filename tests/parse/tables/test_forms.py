"""The forms as data: every label, and every example beside it, is read as its own row or column."""

from collections.abc import Iterator
from typing import Any

import pytest

from tasks.parse.rulefile import read
from tasks.parse.tables.formfiles import forms
from tasks.parse.tables.forms import half_width
from tasks.parse.tables.generation import decide_generation
from tasks.parse.tables.read import read_tables
from tests.parse.documents import from_lines
from tests.parse.tables.grids import table
from warehouse.catalogue import indicators

GENERATIONS = ("2008", "2014", "2019", "2021")


def _form(generation: str) -> dict[str, Any]:
    data: dict[str, Any] = read(f"forms/{generation}.yaml")
    return data


def _request_labels() -> Iterator[tuple[str, str]]:
    for generation in ("2019", "2021"):
        for row in _form(generation)["requests"]["rows"]:
            if "indicator" in row:
                for label in (row["label"], *row.get("examples", ())):
                    yield label, row["indicator"]


def _statistics() -> Iterator[tuple[str, str, str]]:
    for generation in ("2008", "2014"):
        for row in _form(generation)["statistics"]:
            if "indicator" in row and "under" not in row:
                for label in (row["label"], *row.get("examples", ())):
                    yield generation, label, row["indicator"]


def _content() -> Iterator[tuple[str, int, str, str, list[str], str]]:
    for generation in ("2019", "2021"):
        for block in _form(generation)["content"]:
            heads = [column["label"] for column in block["columns"]]
            for row in block["rows"]:
                for place, column in enumerate(block["columns"]):
                    for label in (row["label"], *row.get("examples", ())):
                        yield generation, place, label, f"{row['stem']}.{column['measure']}", heads, column["label"]
                    for head in column.get("examples", ()):
                        changed = [*heads[:place], head, *heads[place + 1 :]]
                        yield generation, place, row["label"], f"{row['stem']}.{column['measure']}", changed, head


@pytest.mark.parametrize(("label", "indicator"), list(_request_labels()))
def test_a_row_of_section_three(label: str, indicator: str) -> None:
    before = ["5.要求行政机关确认或重新出具已获取信息", *"0000000"]
    reading = read_tables(table(["自然人", "商业企业", "科研机构", "总计"], before, [label, *"1234567"]))
    assert [item.value for item in reading.stated if item.indicator_id == indicator][-7:] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(("generation", "label", "indicator"), list(_statistics()))
def test_a_row_of_the_forms_of_one_figure(generation: str, label: str, indicator: str) -> None:
    unit = indicators()[indicator].unit
    reading = read_tables(table(["指标名称", "单位", "统计数"], [label, unit, "37"]))
    assert [(item.indicator_id, item.value) for item in reading.stated][:1] in (
        [(indicator, 37)],
        [(indicator, 0.0037)],
    )


@pytest.mark.parametrize(("generation", "place", "label", "indicator", "heads", "head"), list(_content()))
def test_a_row_of_section_two(
    generation: str, place: int, label: str, indicator: str, heads: list[str], head: str
) -> None:
    values = ["0"] * len(heads)
    values[place] = "9万元" if indicator.endswith("amount") else "9"
    reading = read_tables(table(["信息内容", *heads], [label, *values]))
    assert (indicator, 9) in [(item.indicator_id, item.value) for item in reading.stated]


def test_every_indicator_of_a_form_has_a_place_in_it() -> None:
    printed = {slot.indicator_id for row in forms().rows for slot in row.slots}
    sums = {
        "request.outcome.denied",
        "request.outcome.unable",
        "request.outcome.not_processed",
        "request.outcome.other",
    }
    stated_in_prose = {"litigation.total", "litigation.pending", "request.fees_collected"}
    for indicator in indicators().values():
        for generation in ("2014", "2019", "2021"):
            only_here = indicator.generations == (generation,)
            if only_here and indicator.indicator_id not in sums | stated_in_prose:
                assert indicator.indicator_id in printed


def test_no_key_is_hidden_by_a_blank_or_a_wide_bracket() -> None:
    for row in forms().rows:
        assert " " not in half_width(row.label).replace("行政复议 ", "")


def _words() -> list[dict[str, Any]]:
    words: list[dict[str, Any]] = read("generation.yaml")["words"]
    return words


@pytest.mark.parametrize("word", _words(), ids=lambda word: str(word["word"]))
def test_a_word_that_tells_the_form(word: dict[str, Any]) -> None:
    assert word["word"] in word["example"]
    document = from_lines(word["example"])
    reading = read_tables(document)
    assert decide_generation(document, reading, None) in (*word["allows"], None)
    for year in (2021, 2023):
        assert not word.get("label") or decide_generation(document, reading, year) in word["allows"]


@pytest.mark.parametrize(
    ("year", "form"), [(2008, "2008"), (2013, "2008"), (2014, "2014"), (2018, "2014"), (2020, "2019"), (2024, "2021")]
)
def test_the_year_decides_where_no_word_does(year: int, form: str) -> None:
    document = from_lines("我镇按时编制了报告。")
    assert decide_generation(document, read_tables(document), year) == form
    assert decide_generation(document, read_tables(document), None) is None


@pytest.mark.parametrize(
    ("year", "lines", "form"),
    [
        (2019, "一、总体情况\n(三)信息公开收费及减免情况\n未收取费用。", "2019"),
        (2012, "一、总体情况\n二、收到和处理政府信息公开申请情况\n未收到申请。", "2008"),
        (2016, "一、总体情况\n根据《条例》(国务院令第711号)编制。", "2014"),
        (2022, "规章本年新制作数量0件,对外公开总数量3件。", "2019"),
    ],
)
def test_headings_of_another_form_don_t_outvote_the_year(year: int, lines: str, form: str) -> None:
    document = from_lines(lines)
    assert decide_generation(document, read_tables(document), year) == form
