"""DOCX as Word and others write it: merged cells, wrappers, changes, text boxes, numbering; and hostile files."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from random import Random

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.extract import Extract
from tasks.clean.office.docx import extract_docx
from tasks.clean.office.docx_numbering import number_text
from tasks.model import Rejected
from tests.clean.known import (
    Rows,
    expected,
    kinds_of,
    paragraphs_of,
    placed,
    prose,
    raw,
    requests,
    statistics,
    tables_of,
)
from tests.clean.raw import assert_spans

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def packed(body: str, *, prolog: str = "", **parts: str) -> bytes:
    """A file with that body, and further parts of the word folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{prolog}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def read(body: str, **parts: str) -> Extract:
    return extract_docx(raw(packed(body, **parts)))


def by_python_docx(blocks: list[str | Rows]) -> bytes:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        cells = placed(block)
        columns = max(column + width for _, column, _, width, _ in cells)
        grid = document.add_table(len(block), columns)
        for row, column, height, width, text in cells:
            end = grid.cell(row + height - 1, column + width - 1)
            grid.cell(row, column).merge(end).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_every_cell_and_paragraph_of_a_report() -> None:
    rng = Random(3)
    first, second = requests(rng), statistics(rng)
    texts = [prose(rng), prose(rng)]
    extract = extract_docx(raw(by_python_docx([texts[0], first, texts[1], second])))
    assert tables_of(extract) == [expected(first), expected(second)]
    assert paragraphs_of(extract) == texts


def test_insertions_are_read_and_deletions_are_not() -> None:
    deleted = "<w:del><w:r><w:delText>7</w:delText></w:r></w:del>"
    changed = f"<w:p>{run('公开')}<w:ins>{run('12')}</w:ins>{deleted}{run('条')}</w:p>"
    moved = f"<w:p><w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('新处')}</w:moveTo></w:p>"
    assert paragraphs_of(read(changed + moved)) == ["公开12条", "新处"]


def test_hidden_text_field_codes_and_glosses_are_not_read() -> None:
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    ruby = f"<w:r><w:ruby><w:rt>{run('guān')}</w:rt><w:rubyBase>{run('关')}</w:rubyBase></w:ruby></w:r>"
    body = f"<w:p>{run('密', '<w:vanish/>')}{field}{ruby}{run('于')}</w:p>"
    assert paragraphs_of(read(body)) == ["关于"]


def test_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('图解')}</w:txbxContent>"
    choice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert paragraphs_of(read(f"<w:p><w:r>{choice}</w:r>{run('正文')}</w:p>")) == ["正文", "图解"]


def test_wrappers_around_rows_cells_and_paragraphs() -> None:
    def wrapped(inner: str) -> str:
        return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    row = f"<w:tr>{cell(paragraph('3'))}{cell(paragraph('4'))}</w:tr>"
    first = f"<w:tr>{cell(paragraph('1'))}{wrapped(cell(paragraph('2')))}</w:tr>"
    body = wrapped(f"<w:tbl>{first}{wrapped(row)}</w:tbl>")
    assert [[text for *_, text in table] for table in tables_of(read(body))] == [["1", "2", "3", "4"]]


def test_merged_cells_and_cells_left_out_at_the_beginning() -> None:
    body = table(
        cell(paragraph("甲"), '<w:gridSpan w:val="2"/>') + cell(paragraph("乙"), '<w:vMerge w:val="restart"/>'),
        cell(paragraph("1")) + cell(paragraph("2")) + cell(paragraph(""), "<w:vMerge/>"),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell(paragraph("3")) + cell(paragraph("4")),
    )
    assert tables_of(read(body)) == [
        [
            (0, 0, 1, 2, "甲"),
            (0, 2, 2, 1, "乙"),
            (1, 0, 1, 1, "1"),
            (1, 1, 1, 1, "2"),
            (2, 1, 1, 1, "3"),
            (2, 2, 1, 1, "4"),
        ]
    ]


def test_table_in_a_table() -> None:
    inner = table(cell(paragraph("内一")) + cell(paragraph("内二")), cell(paragraph("1")) + cell(paragraph("2")))
    framed = read(table(cell(paragraph("前") + inner + paragraph("后"))))
    assert paragraphs_of(framed) == ["前", "后"]
    assert [[text for *_, text in table] for table in tables_of(framed)] == [["内一", "内二", "1", "2"]]
    outer = table(cell(paragraph("外一")) + cell(inner), cell(paragraph("5")) + cell(paragraph("6")))
    assert [[text for *_, text in table] for table in tables_of(read(outer))] == [
        ["外一", "", "5", "6"],
        ["内一", "内二", "1", "2"],
    ]


def test_numbers_that_word_adds() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (form, pattern) in enumerate(
            [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
        )
    )
    numbering = (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )

    def numbered(text: str, depth: int) -> str:
        return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>')

    body = (
        numbered("概述", 0)
        + numbered("主动公开", 1)
        + numbered("网站", 2)
        + numbered("申请", 1)
        + numbered("收费", 0)
        + numbered("复议", 1)
    )
    wanted = ["一、概述", "（一）主动公开", "1.网站", "（二）申请", "二、收费", "（一）复议"]
    assert paragraphs_of(read(body, numbering=numbering)) == wanted


@pytest.mark.parametrize(
    ("number", "number_format", "text"),
    [
        (10, "chineseCounting", "十"),
        (21, "japaneseCounting", "二十一"),
        (105, "chineseCountingThousand", "一百〇五"),
        (3, "decimalEnclosedCircle", "③"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (2, "ideographTraditional", "乙"),
        (7, "unheardOf", "7"),
    ],
)
def test_number_formats(number: int, number_format: str, text: str) -> None:
    assert number_text(number, number_format) == text


def test_titles_and_headings_by_style_and_by_look() -> None:
    document = docx.Document()
    document.add_paragraph("附件2")
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("清溪县2022年政府信息公开工作年度报告").font.size = Pt(22)
    document.add_heading("一、总体情况", 1)
    document.add_paragraph(prose(Random(1)))
    document.add_paragraph().add_run("二、收费情况").bold = True
    document.add_paragraph(prose(Random(2)))
    document.core_properties.title = "年报"
    buffer = io.BytesIO()
    document.save(buffer)
    extract = extract_docx(raw(buffer.getvalue()))
    assert extract.title_candidates == ("清溪县2022年政府信息公开工作年度报告", "年报")
    kinds = kinds_of(extract)
    assert kinds["一、总体情况"] == kinds["二、收费情况"] == "heading"
    assert kinds[prose(Random(2))] == "paragraph"


def test_line_breaks_part_paragraphs_but_not_cells() -> None:
    broken = f"<w:p>{run('一')}<w:r><w:br/></w:r>{run('二')}</w:p>"
    extract = read(broken + table(cell(broken) + cell(paragraph("1"))))
    assert paragraphs_of(extract) == ["一", "二"]
    assert "一\n二\t1" in extract.source_text


def macro_document() -> bytes:
    buffer = io.BytesIO(packed(paragraph("正文")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    return buffer.getvalue()


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed(paragraph("正文"))[:-60], "broken_docx"),
        (packed("<w:p>"), "broken_docx"),
        (packed(paragraph("&b;"), prolog=ENTITIES), "xml_entities"),
        (packed(paragraph(" " * 60_000_000)), "zip_bomb"),
        (packed("<w:ins>" * 300 + paragraph("正文") + "</w:ins>" * 300), "too_deep"),
        (packed(table(*["<w:tc><w:p/></w:tc>"] * 10_001)), "too_many_rows"),
        (macro_document(), "macro_document"),
    ],
)
def test_hostile_files(content: bytes, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        extract_docx(raw(content))
    assert caught.value.error_code == code


def test_external_entity_is_not_fetched() -> None:
    prolog = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(Rejected) as caught:
        extract_docx(raw(packed(paragraph("&x;"), prolog=prolog)))
    assert caught.value.error_code == "xml_entities"


@cache
def sample_docx() -> bytes:
    return by_python_docx([prose(Random(1)), statistics(Random(1), 1)])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), max_size=20), st.integers(0, 100_000))
def test_damaged_bytes_raise_nothing_but_rejected(changes: list[tuple[int, int]], length: int) -> None:
    content = bytearray(sample_docx())
    for at, byte in changes:
        content[at % len(content)] = byte
    try:
        extract = extract_docx(raw(bytes(content[: len(content) - length % len(content)])))
    except Rejected:
        return
    assert_spans(extract)


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.sampled_from(["<w:p/>", paragraph("一"), run("二")]),
        lambda inner: st.builds(
            lambda tag, children: f"<w:{tag}>{''.join(children)}</w:{tag}>",
            st.sampled_from(["tbl", "tr", "tc", "p", "r", "sdt", "sdtContent", "ins", "txbxContent", "tcPr", "pPr"]),
            st.lists(inner, max_size=3),
        ),
        max_leaves=20,
    )
)
def test_any_nesting_of_elements_is_read(body: str) -> None:
    extract = read(body)
    assert all(0 <= block.start <= block.end <= len(extract.source_text) for block in extract.blocks)
