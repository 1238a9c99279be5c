"""Paragraphs that were printed are the paragraphs that are read: over lines, columns and pages, without watermarks."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.clean.known import (
    REQUEST_WIDTHS,
    TITLE,
    expected,
    kinds_of,
    paragraphs_of,
    prose,
    requests,
    tables_of,
)
from tests.clean.pdf.printed import Printer
from tests.clean.pdf.reading import print_table, read


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
@example(seed=2000, size=9.0, ems=3.5, lower=0.0)  # what stands above ends beside the gutter
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
