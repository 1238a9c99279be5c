"""Characters come through whole: wide digits, Latin words, print for bold, fonts that the file lacks."""

from __future__ import annotations

from random import Random

import pytest

from tasks.clean.pdf.pdfium_fonts import OwnFonts
from tests.clean.known import (
    REQUEST_WIDTHS,
    expected,
    paragraphs_of,
    prose,
    requests,
    squeezed,
    tables_of,
)
from tests.clean.pdf.printed import Printer, width_of
from tests.clean.pdf.reading import print_table, read


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
