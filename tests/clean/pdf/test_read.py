"""What was printed is what is read: grids with their spans, paragraphs, titles; and what cannot be read says why."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tasks.clean.extract import Extract
from tasks.clean.pdf.pdfium_fonts import OwnFonts
from tasks.clean.pdf.read import extract_pdf
from tasks.model import Rejected, Table
from tests.clean.known import (
    REQUEST_WIDTHS,
    Rows,
    expected,
    figure,
    kinds_of,
    paragraphs_of,
    placed,
    prose,
    raw,
    requests,
    squeezed,
    statistics,
    tables_of,
)
from tests.clean.pdf.printed import Printed, Printer, Rules, width_of

STATISTICS_WIDTHS = [64, 16, 20]
RULES = [rules for rules in get_args(Rules) if rules != "none"]
TITLE = "清溪县人民政府2022年政府信息公开工作年度报告"


def read(printer: Printer) -> Extract:
    return extract_pdf(raw(printer.pdf()))


def print_table(printer: Printer, rows: Rows, widths: Sequence[float], header: int = 0) -> None:
    printer.table([Printed(*cell) for cell in placed(rows)], widths, header=header)


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize(("cut_rows", "header"), [(False, 0), (True, 0), (False, 3), (True, 3)])
@pytest.mark.parametrize("filler", [0, 14, 17, 20, 22])
def test_table_over_a_page_break_is_one_table(rules: Rules, cut_rows: bool, header: int, filler: int) -> None:
    rng = Random(f"{rules}{cut_rows}{header}{filler}")
    rows = requests(rng)
    printer = Printer(rules=rules, cut_rows=cut_rows)
    printer.heading("三、收到和处理政府信息公开申请情况")
    for _ in range(filler):  # so that the break falls elsewhere
        printer.heading("说明")
    print_table(printer, rows, REQUEST_WIDTHS, header)
    assert tables_of(read(printer)) == [expected(rows)]


@pytest.mark.parametrize("turn", ["page", "print"])
@pytest.mark.parametrize("cut_rows", [False, True])
def test_turned_pages_read_like_upright_ones(turn: str, cut_rows: bool) -> None:
    rng = Random(turn)
    rows, text = requests(rng), prose(rng, 9)
    printer = Printer(width=842, height=595, turn=turn, cut_rows=cut_rows)  # type: ignore[arg-type]
    printer.title(TITLE)
    printer.paragraph(text)
    print_table(printer, rows, REQUEST_WIDTHS)
    extract = read(printer)
    assert tables_of(extract) == [expected(rows)]
    assert paragraphs_of(extract) == [TITLE, text]


def test_flat_table_over_three_pages_loses_its_repeated_header() -> None:
    rows = statistics(Random(5), repeat=9)
    printer = Printer(cut_rows=True)
    print_table(printer, rows, STATISTICS_WIDTHS, header=1)
    assert printer.page == 3
    assert tables_of(read(printer)) == [expected(rows)]


def test_two_tables_with_a_heading_between_stay_two() -> None:
    rows = statistics(Random(6), repeat=1)
    printer = Printer()
    for heading in ("一、甲表", "二、乙表"):
        printer.heading(heading)
        print_table(printer, rows, STATISTICS_WIDTHS)
    assert tables_of(read(printer)) == [expected(rows)] * 2


@pytest.mark.parametrize("filler", range(8, 20))
def test_two_tables_that_meet_at_a_page_break_stay_two(filler: int) -> None:
    first = [[("规章", 1, 1), ("本年制发件数", 1, 1)], [("行政规范性文件", 1, 1), ("12", 1, 1)]]
    second = [[("行政复议", 1, 2)], [("结果维持", 1, 1), ("结果纠正", 1, 1)], [("1", 1, 1), ("2", 1, 1)]]
    printer = Printer()
    for _ in range(filler):
        printer.heading("说明")
    print_table(printer, first, [1, 1])
    printer._new_page()
    print_table(printer, second, [1, 1])
    assert len(tables_of(read(printer))) == 2


@pytest.mark.parametrize("filler", range(10, 28, 2))
@pytest.mark.parametrize("whole", [False, True])
def test_tables_that_open_alike_are_one_or_several_wherever_a_page_ends(filler: int, whole: bool) -> None:
    parts = [
        [
            [(f"第二十条第（{number}）项", 1, 4)],
            [("信息内容", 1, 1), ("本年制发件数", 1, 1), ("本年废止件数", 1, 1), ("现行有效件数", 1, 1)],
            [("规章", 1, 1), *((figure(Random(f"{number}{column}")), 1, 1) for column in range(3))],
        ]
        for number in "一二三四五"
    ]
    tables = [[row for part in parts for row in part]] if whole else parts
    printer = Printer()
    for _ in range(filler):
        printer.heading("说明")
    for rows in tables:
        print_table(printer, rows, [1, 1, 1, 1])
        printer.gap()
    assert tables_of(read(printer)) == [expected(rows) for rows in tables]


def test_header_at_the_foot_of_a_page_is_not_joined_with_figures_below() -> None:
    rows = [[("规章", 1, 1), ("本年制发件数", 1, 1)], [("1", 1, 1), ("12", 1, 1)]]
    for filler in range(28, 36):
        printer = Printer()
        for _ in range(filler):
            printer.heading("说明")
        print_table(printer, rows, [1, 1])
        assert tables_of(read(printer)) == [expected(rows)]


def test_words_in_a_box_are_no_table() -> None:
    printer = Printer()
    printer.paragraph("全文如下。")
    print_table(printer, [[("公开事项", 1, 1)]], [1])
    assert tables_of(read(printer)) == []
    assert "公开事项" in kinds_of(extract_pdf(raw(printer.buffer.getvalue())))


def test_figure_too_long_for_its_column_is_one_figure() -> None:
    printer = Printer()
    print_table(printer, [[("总数", 1, 1), ("说明", 1, 1)], [("3119", 1, 1), ("", 1, 1)]], [1, 20])
    extract = read(printer)
    table = next(block for block in extract.blocks if isinstance(block, Table))
    texts = [extract.source_text[cell.start : cell.end] for cell in table.cells]
    assert texts == ["总\n数", "说明", "3119", ""]


@pytest.mark.parametrize("rules", ["none"])
@pytest.mark.parametrize("seed", range(4))
def test_table_without_rules_is_found_by_its_columns(rules: Rules, seed: int) -> None:
    rng = Random(seed)
    rows = statistics(rng, repeat=2)
    printer = Printer(rules=rules)
    printer.paragraph(prose(rng))
    printer.gap()
    print_table(printer, rows, STATISTICS_WIDTHS)
    printer.gap()
    printer.paragraph(text := prose(rng))
    extract = read(printer)
    assert tables_of(extract) == [expected(rows)]
    assert text in paragraphs_of(extract)
    assert all(block.ragged for block in extract.blocks if isinstance(block, Table))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("size", [10.5, 14.0, 16.0])
def test_lines_are_joined_into_paragraphs_over_pages(seed: int, size: float) -> None:
    rng = Random(seed)
    printer = Printer(
        size=size, head="清溪县人民政府" if seed % 2 else "", page_number=["— {} —", "第 {} 页", "{}"][seed % 3]
    )
    printer.heading("附件2")
    printer.title(TITLE)
    wanted = ["附件2", TITLE]
    for number in range(12):
        if number % 4 == 0:
            printer.heading(f"{'一二三'[number // 4]}、总体情况", size + 1)
            wanted.append(f"{'一二三'[number // 4]}、总体情况")
        wanted.append(text := prose(rng, rng.randint(1, 9)))
        printer.paragraph(text)
    extract = read(printer)
    assert paragraphs_of(extract) == wanted
    kinds = kinds_of(extract)
    assert kinds[TITLE] == "title"
    assert kinds["一、总体情况"] == "heading"
    assert extract.title_candidates[0] == TITLE


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32), size=st.sampled_from([9.0, 10.5, 12.0]), ems=st.floats(1.5, 4), lower=st.floats(0, 30)
)
def test_two_columns_are_read_one_after_the_other(seed: int, size: float, ems: float, lower: float) -> None:
    rng = Random(seed)
    before, *texts, after = (prose(rng, rng.randint(4, 7)) for _ in range(6))
    printer = Printer(size=size)
    printer.title(TITLE)
    printer.paragraph(before)
    printer.gap()
    printer.columns(texts[:2], texts[2:], ems * size, lower)
    printer.gap()
    printer.paragraph(after)
    extract = read(printer)
    assert paragraphs_of(extract) == [TITLE, before, *texts, after]
    assert extract.title_candidates[0] == TITLE


def test_names_beside_what_they_mean_are_read_line_by_line() -> None:
    rows = [("公开方式", "网站、公报"), ("联系人", "办公室"), ("受理机构名称", "县政务服务中心")] * 3
    printer = Printer()
    for name, meaning in rows:
        printer.columns([name], [meaning], 24)
    assert paragraphs_of(read(printer)) == [" ".join(row) for row in rows]


@pytest.mark.parametrize("text", ["3.危及“三安全一稳定”", "（不同渠道和方式公开计1条）", "12345"])
@pytest.mark.parametrize("over", [-3, 0, 2, 4, 6])
@pytest.mark.parametrize("to_left", [0.0, 0.5, 1.0])
def test_what_hangs_over_the_edge_of_its_cell_stays_whole(text: str, over: float, to_left: float) -> None:
    """`to_left` is the share of the room too little, or to spare, that falls to the left."""
    printer = Printer()
    right = 132 + width_of(text, 9) - over
    for y in (700, 680):
        for left, width in ((72, 60), (132, right - 132), (right, 60)):
            printer.canvas.rect(left, y, width, 20)
        for x, words in ((92, "清溪"), (132 - over * to_left, text), (right + 28, "7")):
            printer._text(words, x, y + 6, 9)
    assert [cell[-1] for cell in tables_of(read(printer))[0]] == ["清溪", text, "7"] * 2


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("lower", [0, 7, 40])
def test_tables_side_by_side_are_two(rules: Rules, lower: float) -> None:
    rng = Random(lower)
    left, right = statistics(rng, 1), statistics(rng, 2)
    printer = Printer(rules=rules, width=842, margin=36)
    top = printer.y
    for rows, part in ((left, (0.0, 0.49)), (right, (0.51, 1.0))):
        printer.y = top - (lower if rows is right else 0)
        printer.table([Printed(*cell) for cell in placed(rows)], STATISTICS_WIDTHS, part=part)
    assert tables_of(read(printer)) == [expected(left), expected(right)]


@pytest.mark.parametrize("before", range(15, 45))
def test_a_figure_in_wide_digits_is_whole_over_a_line_s_end(before: int) -> None:
    text = "我局认真贯彻条例" + "各项工作有序" * 7
    text = text[:before] + "公开信息８０５６条，其中新闻１１４３条，年度报告１２条。" + "全年没有收到申请。" * 4
    printer = Printer(size=10.5)
    printer.heading("一、总体情况")
    printer.paragraph(text)
    assert paragraphs_of(read(printer)) == ["一、总体情况", text]


def test_latin_words_keep_their_blanks() -> None:
    printer = Printer()
    printer.paragraph("网址为 open data portal，电话 0517-83600000。")
    assert paragraphs_of(read(printer)) == ["网址为 open data portal，电话 0517-83600000。"]


@pytest.mark.parametrize("pieces", [1, 2, 8])
@pytest.mark.parametrize("together", [True, False])
def test_print_twice_for_bold_is_read_once(pieces: int, together: bool) -> None:
    text, size = "二、主动公开情况", 14
    printed = [(aside, at) for aside in (0.0, 0.3) for at in range(0, len(text), pieces)]
    printer = Printer(page_number="")
    for aside, at in sorted(printed, key=lambda one: one[1]) if together else printed:
        printer._text(text[at : at + pieces], 100 + at * size + aside, 700, size)
    assert paragraphs_of(read(printer)) == [text]


def test_a_hyphen_at_a_line_s_end_and_rare_characters_come_through() -> None:
    printer = Printer(page_number="")
    for number, line in enumerate(("联系人：\U00020bb7野，电话0517-", "83600000。")):
        printer._text(line, 100, 700 - 20 * number, 12)
    assert "".join(paragraphs_of(read(printer))) == "联系人：\U00020bb7野，电话0517-83600000。"


def test_a_character_alone_in_a_font_that_the_file_lacks_is_read() -> None:
    printer = Printer(page_number="")
    for number, character in enumerate("无零0○"):
        printer._text(character, 100 + 30 * number, 700, 12)
    assert squeezed(read(printer).source_text) == "无零0○"
    assert OwnFonts.SINGLETON, "fonts of the machine are asked for"


@pytest.mark.parametrize(("angle", "size"), [(45, 30), (30, 50), (90, 50), (0, 60)])
def test_watermarks_are_left_out(angle: int, size: int) -> None:
    rows, text = requests(Random(3)), prose(Random(1), 6)
    printer = Printer()
    printer.title(TITLE)
    printer.canvas.saveState()
    printer.canvas.translate(200, 300)
    printer.canvas.rotate(angle)
    printer._text("清溪县政府办公室", 0, 0, size)
    printer.canvas.restoreState()
    printer.paragraph(text)
    print_table(printer, rows, REQUEST_WIDTHS)
    extract = read(printer)
    assert paragraphs_of(extract) == [TITLE, text]
    assert tables_of(extract) == [expected(rows)]


class OneByOne(Printer):
    """Prints each character alone, the last of a line first."""

    def _text(self, text: str, x: float, y: float, size: float) -> None:
        for at in reversed(range(len(text))):
            super()._text(text[at], x + width_of(text[:at], size), y, size)


def test_characters_drawn_one_by_one_in_any_order_are_words() -> None:
    rows, text = requests(Random(4)), prose(Random(2), 6)
    printer = OneByOne()
    printer.paragraph(text)
    print_table(printer, rows, REQUEST_WIDTHS)
    extract = read(printer)
    assert paragraphs_of(extract) == [text]
    assert tables_of(extract) == [expected(rows)]


def test_properties_of_the_file() -> None:
    printer = Printer()
    printer.canvas.setTitle("政府信息公开年报")
    printer.paragraph("正文。")
    extract = read(printer)
    assert "政府信息公开年报" in extract.title_candidates
    assert ("Title", "政府信息公开年报") in {(item.key, item.value) for item in extract.metadata}
    assert extract.media_type == "application/pdf"


def mute_pdf(text: str, numbers: str) -> bytes:
    """A page that prints a text, and below it glyphs by their numbers in a font that does not tell what they are."""
    shown = f"BT /F1 12 Tf 100 700 Td <{text.encode('utf-16-be').hex()}> Tj /F2 12 Tf 0 -20 Td <{numbers}> Tj ET"
    info = "/CIDSystemInfo << /Registry (Adobe) /Ordering (%s) /Supplement 0 >>"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font"
        " << /F1 << /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>"
        " /F2 << /Type /Font /Subtype /Type0 /BaseFont /B /Encoding /Identity-H /DescendantFonts [6 0 R] >> >> >> >>",
        f"<< /Length {len(shown)} >> stream\n{shown}\nendstream",
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /A {info % 'GB1'} >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /B {info % 'Identity'} >>",
    ]
    objects = "".join(f"{number} 0 obj\n{part}\nendobj\n" for number, part in enumerate(parts, 1))
    return f"%PDF-1.4\n{objects}trailer << /Root 1 0 R >>\n%%EOF".encode()


def test_a_font_that_does_not_tell_its_characters_gives_none() -> None:
    extract = extract_pdf(raw(mute_pdf("全年共收到申请如下所示", "4e8c54680035")))
    assert squeezed(extract.source_text) == "全年共收到申请如下所示\ufffd\ufffd\ufffd"


def picture_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawInlineImage(Image.new("RGB", (40, 40), "grey"), 50, 50, 400, 600)
    canvas.save()
    return buffer.getvalue()


def blank_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def endless_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont("Helvetica", 1)
    for line in range(6_000):
        canvas.drawString(50 + line % 7, 10 + line / 8, "0123456789" * 10)
    canvas.save()
    return buffer.getvalue()


def drawing_pdf() -> bytes:
    """A page of squared paper with a word on it: rows too low for a table."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for step in range(0, 800, 4):
        canvas.line(0, step, 600, step)
        canvas.line(step, 0, step, 800)
    canvas.drawString(50, 50, "squared paper")
    canvas.save()
    return buffer.getvalue()


def test_a_drawing_is_no_table_and_takes_no_time() -> None:
    assert squeezed(extract_pdf(raw(drawing_pdf())).source_text).startswith("squaredpaper")


def encrypted_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(50, 50, "report")
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (picture_pdf(), "image_only_pdf"),
        (encrypted_pdf(), "encrypted_pdf"),
        (b"%PDF-1.7\nnothing more", "broken_pdf"),
        (blank_pdf(), "empty_pdf"),
        (mute_pdf("年", "4e8c54680035" * 20), "mojibake"),
        (endless_pdf(), "too_large"),
        (b"%PDF-1.4" + bytes(50 * 1024 * 1024), "too_large"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        extract_pdf(raw(content))
    assert caught.value.error_code == code


@cache
def sample_pdf() -> bytes:
    printer = Printer()
    printer.paragraph(prose(Random(1)))
    print_table(printer, statistics(Random(1), 1), STATISTICS_WIDTHS)
    printer.canvas.setPageCompression(0)
    return printer.pdf()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=40), st.integers(0, 20_000))
def test_damaged_bytes_raise_nothing_but_rejected(changes: list[tuple[int, int]], length: int) -> None:
    content = bytearray(sample_pdf())
    for at, byte in changes:
        content[at % len(content)] = byte
    try:
        extract = extract_pdf(raw(bytes(content[: len(content) - length % len(content)])))
    except Rejected:
        return
    for one, other in itertools.pairwise(extract.blocks):
        assert one.end <= other.start
    assert squeezed(extract.source_text)
