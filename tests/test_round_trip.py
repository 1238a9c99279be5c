"""Facts that went into a document come out of it again, through clean and parse, whatever the document looks like."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.clean import clean
from tasks.model import Document, Generation, Parsed, Rejected, Table
from tasks.parse.parse import parse
from tests.clean.raw import raw
from tests.render.compare import Tally, tally
from tests.render.document import Grid, NeutralDocument
from tests.render.facts import Quirks
from tests.render.html import html_of
from tests.render.made import Format, Made, make
from tests.render.not_reports import NAMES, not_a_report
from tests.render.pages import BUILDERS, Builder
from tests.render.text import LOSES_BLANKS, SERIALISATIONS, Serialisation, text_of
from tests.render.wording import Script

SEEDS = st.integers(0, 2**32)
FORMATS: tuple[Format, ...] = ("html", "txt", "docx", "pdf")
Cell = tuple[int, int, int, int, str]

# The least share that must come out right, over the reports of `_everything`. Raise it when the reading gets better.
FLOORS = {
    "loaded": 1.0,
    "year": 1.0,
    "generation": 0.995,
    "publisher": 0.995,
    "region_code": 0.995,
    "level": 0.995,
    "missing_parts": 0.99,
    "recall.table": 0.999,
    "precision.table": 0.999,
    "recall.prose": 0.995,
    "precision.prose": 0.995,
}


def _bare(text: str) -> str:
    """Characters only: blanks, widths and thousands' commas are what cleaning may change."""
    return re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))


def _printed(grid: Grid) -> list[Cell]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span, _bare(cell.text)) for cell in grid.cells]


def _read(table: Table) -> list[Cell]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span, _bare(cell.text)) for cell in table.cells]


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _assert_lines(printed: NeutralDocument, document: Document) -> None:
    read = _bare(document.text)
    for line in printed.lines:
        assert _bare(line.text) in read


def _assert_quotes(document: Document, parsed: Parsed) -> None:
    for fact in parsed.facts:
        assert fact.quote == document.source_text[fact.char_start : fact.char_end]
        assert fact.value_text in fact.quote


@cache
def _everything() -> Tally:
    """240 reports of every format, generation and quirk."""
    result = Tally()
    for seed in range(240):
        made = make(seed, format=FORMATS[seed % 4])
        tally(made, parse(clean(made.raw())), result, f"{seed}.{made.format}")
    return result


@pytest.mark.parametrize("what", FLOORS)
def test_what_went_in_comes_out(what: str) -> None:
    result = _everything()
    assert result.rate(what) >= FLOORS[what], [error for error in result.errors if error.startswith(what)][:20]


@settings(max_examples=50, deadline=None)
@given(seed=SEEDS, builder=st.sampled_from(BUILDERS))
def test_a_web_page_keeps_its_lines_and_its_grids(seed: int, builder: Builder) -> None:
    made = make(seed, format="html", builder=builder)
    document = clean(made.raw())
    _assert_lines(made.document, document)
    assert [_read(table) for table in _tables(document)] == [_printed(grid) for grid in made.document.grids]
    for words in (
        "位置：",
        "次　字体",
        "阅读：",
        "点击数",
        "分享到",
        "相关文章",
        "上一篇",
        "扫一扫",
        "标识码",
        "版权所有",
        "管理登录",
    ):
        assert words not in document.text
    _assert_quotes(document, parse(document))


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, format=st.sampled_from(("docx", "xlsx")))
def test_an_office_file_keeps_its_lines_and_its_grids(seed: int, format: Format) -> None:
    made = make(seed, format=format)
    document = clean(made.raw())
    _assert_lines(made.document, document)
    assert [_read(table) for table in _tables(document)] == [_printed(grid) for grid in made.document.grids]
    _assert_quotes(document, parse(document))


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_a_pdf_keeps_its_lines_and_its_cells(seed: int) -> None:
    """Two tables that meet at a page break may come back as one: their cells are compared in sequence."""
    made = make(seed, format="pdf")
    document = clean(made.raw())
    _assert_lines(made.document, document)
    read = [_bare(cell.text) for table in _tables(document) for cell in table.cells]
    assert read == [_bare(cell.text) for grid in made.document.grids for cell in grid.cells]
    _assert_quotes(document, parse(document))


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, serialisation=st.sampled_from(SERIALISATIONS))
def test_plain_text_keeps_its_lines_and_gives_tables(seed: int, serialisation: Serialisation) -> None:
    made = make(seed, format="txt", serialisation=serialisation)
    document = clean(made.raw())
    _assert_lines(made.document, document)
    forms = [grid for grid in made.document.grids if grid.name != "own"]  # a small table may look like lines
    assert _tables(document) or not forms
    _assert_quotes(document, parse(document))


def _in_tables(parsed: Parsed) -> dict[tuple[str, str], float]:
    facts = [fact for fact in parsed.facts if fact.method == "table" and fact.period == "year"]
    return {(fact.indicator_id, fact.applicant_type): fact.value for fact in facts}


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, serialisation=st.sampled_from(SERIALISATIONS))
def test_a_whole_table_states_its_figures_however_it_is_pasted(seed: int, serialisation: Serialisation) -> None:
    made = make(seed, format="txt", serialisation=serialisation, quirks=Quirks())
    found = _in_tables(parse(clean(made.raw())))
    wanted = {key: value for key, (value, method) in made.truth.facts.items() if method == "table"}
    tolerated = {key: value for key, value in made.truth.tolerated.items() if found.get(key) == value}
    assert found == pytest.approx(wanted | tolerated)


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_a_whole_report_on_one_line_states_its_figures(seed: int) -> None:
    made = make(seed, format="txt", serialisation="pipe_rows", quirks=Quirks())
    line = " ".join(text_of(made.document, "pipe_rows").split("\n"))
    found = _in_tables(parse(clean(raw(line))))
    wanted = {key: value for key, (value, method) in made.truth.facts.items() if method == "table"}
    tolerated = {key: value for key, value in made.truth.tolerated.items() if found.get(key) == value}
    assert found == pytest.approx(wanted | tolerated)


@settings(max_examples=40, deadline=None)
@given(
    seed=SEEDS,
    serialisation=st.sampled_from([way for way in SERIALISATIONS if way not in LOSES_BLANKS]),
    generation=st.sampled_from(("2019", "2021")),
)
def test_totals_alone_are_read_as_totals(seed: int, serialisation: Serialisation, generation: Generation) -> None:
    quirks = Quirks(totals_only=True)
    made = make(seed, format="txt", serialisation=serialisation, generation=generation, quirks=quirks)
    wanted = {key: value for key, (value, method) in made.truth.facts.items() if method == "table"}
    assert _in_tables(parse(clean(made.raw()))) == pytest.approx(wanted)


def _same(first: Made, second: Made) -> None:
    results = Tally(), Tally()
    for made, result in zip((first, second), results, strict=True):
        tally(made, parse(clean(made.raw())), result, "")
    assert results[0].counts == results[1].counts, set(results[1].errors) ^ set(results[0].errors)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, script=st.sampled_from(("hant", "hant_tw", "mirror")), glosses=st.booleans())
def test_a_traditional_text_says_what_the_simplified_one_says(seed: int, script: Script, glosses: bool) -> None:
    plain = make(seed, format="txt", serialisation="pipe_rows")
    converted = make(seed, format="txt", serialisation="pipe_rows", script=script, glosses=glosses)
    _same(plain, converted)
    document = clean(converted.raw())
    if script != "mirror" or document.wording == "mirror":  # a mirror with one unusual word alone stays as it is
        _assert_lines(plain.document, document)


def test_few_mirrors_have_too_few_words_to_be_told() -> None:
    converted = [make(seed, format="txt", serialisation="pipe_rows", script="mirror") for seed in range(100)]
    assert sum(clean(made.raw()).wording != "mirror" for made in converted) <= 3


@settings(max_examples=40, deadline=None)
@given(
    seed=SEEDS,
    charset=st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le")),
    claimed=st.sampled_from(("utf-8", "gb2312", "big5", "iso-8859-1")),
)
def test_the_charset_changes_nothing(seed: int, charset: str, claimed: str) -> None:
    _same(make(seed, format="html"), make(seed, format="html", charset=charset, claimed_charset=claimed))


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_a_table_that_does_not_foot_fails_a_check(seed: int) -> None:
    generation = ("2014", "2019", "2021")[seed % 3]
    quirks = Quirks(unfooted=True)
    made = make(seed, format="html", generation=generation, quirks=quirks)  # type: ignore[arg-type]
    parsed = parse(clean(made.raw()))
    failed = [check for check in parsed.checks if check.status == "fail" and check.severity == "error"]
    assert failed or not made.document.grids


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, format=st.sampled_from(FORMATS), share=st.floats(0, 1))
def test_a_part_of_a_file_is_read_or_turned_away(seed: int, format: Format, share: float) -> None:
    raw = make(seed, format=format).raw()
    part = replace(raw, content=raw.content[: int(len(raw.content) * share)])
    try:
        document = clean(part)
        parsed = parse(document)
    except Rejected:
        return
    _assert_quotes(document, parsed)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("builder", BUILDERS)
def test_a_page_that_is_no_report_is_turned_away(name: str, builder: Builder) -> None:
    page = html_of(not_a_report(name), builder, Random(0)).encode()
    raw = replace(make(0, format="html").raw(), content=page)
    try:
        parsed = parse(clean(raw))
    except Rejected:
        return
    assert parsed.report is None
    assert parsed.quarantine
