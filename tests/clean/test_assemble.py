from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.assemble import assemble
from tasks.clean.cut import part_of
from tasks.clean.extract import Extract, GridCell, SourceWriter
from tasks.clean.wording.normalise import fold
from tasks.clean.wording.t2s import t2s
from tasks.model import Document, MetadataItem, Paragraph, RawDocument, Rejected, Table

RAW = RawDocument("0" * 64, "report.txt", b"", datetime(2026, 1, 1, tzinfo=UTC))
EXPANDS = "㈠"
MARKS = "甲乙丙丁戊己庚辛壬癸"  # no rule touches them: wherever one stands, its source is its like

MIRRORED = "檔案 網際網路 內部程式 著力 最佳化 關（guān） 縣人民政府 入口網站 乾坤 反覆"
WRITTEN = "１，２３４ 1,234 （ ) % 12 OpenData ⼈ ，"
WORDS = st.sampled_from([*MIRRORED.split(), *WRITTEN.split(), "7 232 條", " ", "\u3000", "\n", "\u200b", EXPANDS])
PIECE = st.lists(st.one_of(WORDS, st.sampled_from(MARKS)), max_size=12).map("".join)
CELLS = st.lists(st.lists(PIECE, min_size=1, max_size=4), min_size=1, max_size=4)


def extracted(parts: list[str | list[list[str]]]) -> Extract:
    writer = SourceWriter()
    for part in parts:
        if isinstance(part, str):
            writer.paragraph(part)
        else:
            rows = enumerate(part)
            writer.table(GridCell(row, column, 1, 1, text) for row, cells in rows for column, text in enumerate(cells))
    return Extract(writer.source_text(), tuple(writer.blocks), media_type="text/plain")


def assert_sound(document: Document, extract: Extract) -> None:
    """The way back is exact, never goes backwards, and covers the whole text; the blocks hold all of it."""
    text, source, alignment = document.text, document.source_text, document.alignment
    assert source == extract.source_text
    assert alignment.text_length == len(text)
    ends = zip(alignment.source_ends, alignment.source_starts[1:], strict=False)
    assert all(end <= start for end, start in ends)
    assert alignment.text_starts[0] == 0
    substituted = {at for place in document.substitutions for at in range(place.start, place.end)}
    previous = 0
    for at, character in enumerate(text):
        start, end = alignment.source_span(at, at + 1)
        assert previous <= start <= end <= len(source)
        previous = start
        if character in MARKS:
            assert source[start:end] == character
        elif end - start == 1 and at not in substituted and source[start] != EXPANDS and not character.isspace():
            assert character in (fold(source[start]), t2s(fold(source[start])), t2s(source)[start])
    covered = [text[block.start : block.end] for block in document.blocks]
    assert "\n".join(covered).replace("\n", "") == text.replace("\n", "")
    assert [c for c in text if c in MARKS] == [c for c in source if c in MARKS]
    for place in document.substitutions:
        assert text[place.start : place.end] == place.restored
        assert t2s(place.source) == place.rule


def assert_blocks(document: Document) -> None:
    """A paragraph is a line; a row is a line with a tab between its cells."""
    for block in document.blocks:
        words = document.text[block.start : block.end]
        if isinstance(block, Paragraph):
            assert words == words.strip()
            assert words
            assert "\n" not in words
            continue
        rows: dict[int, list[str]] = {}
        for cell in block.cells:
            assert document.text[cell.start : cell.end] == cell.text
            assert not set("\n\t") & set(cell.text)
            rows.setdefault(cell.row, []).append(cell.text)
        assert words == "\n".join("\t".join(row) for row in rows.values())


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECE, CELLS), min_size=1, max_size=6))
def test_any_document(parts: list[str | list[list[str]]]) -> None:
    extract = extracted(["縣人民政府入口網站,甲", *parts])
    document = assemble(RAW, extract)
    assert document.script == "hant"
    assert_sound(document, extract)
    assert_blocks(document)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_any_characters(parts: list[str]) -> None:
    extract = extracted(["甲", *parts])
    document = assemble(RAW, extract)
    assert_sound(document, extract)
    assert_blocks(document)


def test_a_mirror_s_table() -> None:
    table = [["項目", " 本年新\n收檔案 ", "程式"], ["１，２３４", "7 232", "+19"], ["／", "——", "無"]]
    extract = extracted(["某區人民政府入口網站,制發規範性檔案3件。", table])
    document = assemble(RAW, extract)
    found = document.blocks[-1]
    assert isinstance(found, Table)
    assert [cell.text for cell in found.cells] == [
        "项目",
        "本年新收文件",
        "程序",
        "1234",
        "7232",
        "+19",
        "/",
        "——",
        "无",
    ]
    states = ["text", "text", "text", "number", "number", "number", "slash", "dash", "none"]
    assert [cell.state for cell in found.cells] == states
    sources = [document.source_text[slice(*document.source_span(cell.start, cell.end))] for cell in found.cells]
    assert sources == ["項目", "本年新\n收檔案", "程式", "１，２３４", "7 232", "+19", "／", "——", "無"]
    assert document.text.endswith("项目\t本年新收文件\t程序\n1234\t7232\t+19\n/\t——\t无\n")
    assert [(place.source, place.restored) for place in document.substitutions] == [
        ("入口網站", "门户网站"),
        ("檔案", "文件"),
        ("檔案", "文件"),
        ("程式", "程序"),
    ]


def test_spanning_cells_stand_once_in_their_first_row() -> None:
    writer = SourceWriter()
    writer.table([GridCell(0, 0, 3, 1, "其他"), GridCell(0, 1, 1, 1, "1"), GridCell(2, 1, 1, 1, "")])
    document = assemble(RAW, Extract(writer.source_text(), tuple(writer.blocks)))
    table = document.blocks[0]
    assert isinstance(table, Table)
    assert (table.row_count, table.column_count) == (3, 2)
    assert [(cell.row, cell.column, cell.row_span, cell.text, cell.state) for cell in table.cells] == [
        (0, 0, 3, "其他", "text"),
        (0, 1, 1, "1", "number"),
        (2, 1, 1, "", "blank"),
    ]


def test_what_stands_in_no_block_is_left_out() -> None:
    document = assemble(RAW, Extract("首頁 打印\n正文甲。\n版權", (Paragraph(6, 10),)))
    assert document.text.strip() == "正文甲。"
    assert document.source_span(0, 4) == (6, 10)


def test_simplified_text_is_not_converted() -> None:
    words = "於单位任职的钟鍾先生著作,档案程式,乾隆年间。" + "县人民政府门户网站信息公开工作报告" * 4
    document = assemble(RAW, extracted([words]))
    assert (document.script, document.wording, document.substitutions) == ("hans", "mainland", ())
    assert document.text == words + "\n"


def test_glosses_go_and_are_noted_at_their_character() -> None:
    document = assemble(RAW, extracted(["關(guān)于規(guī)章12件的報告。", "公開一二三四五六條。"]))
    assert document.text.startswith("关于规章12件的报告。")
    assert [(document.text[place.start : place.end], place.kind) for place in document.noise] == [
        ("关", "pinyin"),
        ("规", "pinyin"),
    ]
    start = document.text.index("规章12")
    assert document.source_text[slice(*document.source_span(start, start + 4))] == "規(guī)章12"


def test_titles_and_metadata_are_written_as_the_text_is() -> None:
    extract = extracted(["某縣人民政府入口網站,統一視窗。"])
    extract = Extract(
        extract.source_text,
        extract.blocks,
        title_candidates=("規範性檔案\u3000２０１８年報告",),
        metadata=(MetadataItem("發佈機構", "某縣人民政府"),),
    )
    document = assemble(RAW, extract)
    assert document.title_candidates == ("规范性文件 2018年报告",)
    assert document.metadata == (MetadataItem("发布机构", "某县人民政府"),)


@pytest.mark.parametrize(("last", "cut"), [("全年公开信息12条。", False), ("全年公开信息12条,", True)])
def test_truncated(last: str, cut: bool) -> None:
    assert assemble(RAW, extracted(["一、概述", last])).truncated is cut


def test_a_table_at_the_end_is_no_cut_sentence() -> None:
    assert not assemble(RAW, extracted(["一、概述,", [["规章", "1,"]]])).truncated


@pytest.mark.parametrize("source", ["", "\u200b", " \n"])
def test_no_text_is_refused(source: str) -> None:
    with pytest.raises(Rejected) as refusal:
        assemble(RAW, Extract(source, (Paragraph(0, len(source)),) if source else ()))
    assert refusal.value.error_code == "no_text"


@pytest.mark.parametrize(
    ("address", "text", "part"),
    [
        ("a.txt", "Page 9 - 2020年报_某局\n五、其他", 9),
        ("nb/t20200101_55_3.html", "五、其他", 3),
        ("https://www.example.cn/content_2.htm?x=1", "五、其他", 2),
        ("nb/t20200101_4711_1.html", "五、其他", 2),
        ("https://www.example.cn/nb/t20200101_4711_2.html", "五、其他", 3),
        ("nb/t20200101_4711.html", "五、其他", None),
        ("nb/t20200101_1.html", "五、其他", None),
        ("2019_2020.html", "五、其他", None),
        ("report.pdf", "五、其他", None),
    ],
)
def test_which_page_of_a_cut_document(address: str, text: str, part: int | None) -> None:
    assert part_of(address, text) == part
