"""Facts that went into a document come out of it again, through clean and parse, whatever the document looks like."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.clean import clean
from tasks.model import Document, Parsed, Table
from tasks.parse.parse import parse
from tests.render.document import Grid, NeutralDocument
from tests.render.facts import Key, Quirks
from tests.render.made import Format, Made, make
from tests.render.pages import BUILDERS, Builder
from tests.render.text import SERIALISATIONS, Serialisation
from tests.render.wording import Script

SEEDS = st.integers(0, 2**32)
Cell = tuple[int, int, int, int, str]


def _bare(text: str) -> str:
    """Characters only: blanks, widths and thousands' commas are what cleaning may change."""
    return re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))


def _printed(grid: Grid) -> list[Cell]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span, _bare(cell.text)) for cell in grid.cells]


def _read(table: Table) -> list[Cell]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span, _bare(cell.text)) for cell in table.cells]


def _assert_lines(printed: NeutralDocument, document: Document) -> None:
    read = _bare(document.text)
    for line in printed.lines:
        assert _bare(line.text) in read


def _primary(parsed: Parsed) -> dict[Key, float]:
    return {
        (fact.indicator_id, fact.applicant_type): fact.value
        for fact in parsed.facts
        if fact.is_primary and fact.period == "year"
    }


def _assert_report(made: Made, parsed: Parsed) -> None:
    report = parsed.report
    assert report is not None
    body, truth = made.facts.body, made.truth
    assert report.year == made.facts.year
    assert report.generation == made.facts.generation
    assert report.publisher in (truth.publisher, *truth.publisher_alternatives)
    if body.region_code is not None:
        assert report.region_code == body.region_code
        assert body.kind == "vertical" or report.level == body.level
    if truth.missing_parts is not None:
        assert {part.part for part in parsed.parts if part.status == "missing"} == truth.missing_parts


def _assert_facts(made: Made, parsed: Parsed) -> None:
    found = _primary(parsed)
    wanted = {key: value for key, (value, _) in made.truth.facts.items()}
    assert {key: found.get(key) for key in wanted} == wanted
    assert {
        key: value for key, value in found.items() if key not in wanted and made.truth.tolerated.get(key) != value
    } == {}


def _assert_quotes(document: Document, parsed: Parsed) -> None:
    for fact in parsed.facts:
        assert fact.quote == document.source_text[fact.char_start : fact.char_end]
        assert fact.value_text in fact.quote


def _round_trip(made: Made) -> tuple[Document, Parsed]:
    document = clean(made.raw())
    parsed = parse(document)
    _assert_report(made, parsed)
    _assert_facts(made, parsed)
    _assert_quotes(document, parsed)
    return document, parsed


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS, builder=st.sampled_from(BUILDERS))
def test_html(seed: int, builder: Builder) -> None:
    made = make(seed, format="html", builder=builder)
    document, _ = _round_trip(made)
    _assert_lines(made.document, document)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [_read(table) for table in tables] == [_printed(grid) for grid in made.document.grids]


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS, serialisation=st.sampled_from(SERIALISATIONS))
def test_text(seed: int, serialisation: Serialisation) -> None:
    made = make(seed, format="txt", serialisation=serialisation)
    document, _ = _round_trip(made)
    _assert_lines(made.document, document)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, format=st.sampled_from(("docx", "xlsx")))
def test_office(seed: int, format: Format) -> None:
    made = make(seed, format=format)
    document, _ = _round_trip(made)
    _assert_lines(made.document, document)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [_read(table) for table in tables] == [_printed(grid) for grid in made.document.grids]


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_pdf(seed: int) -> None:
    made = make(seed, format="pdf")
    document, _ = _round_trip(made)
    _assert_lines(made.document, document)
    cells = [cell.text for block in document.blocks if isinstance(block, Table) for cell in block.cells]
    assert [_bare(text) for text in cells] == [_bare(cell.text) for grid in made.document.grids for cell in grid.cells]


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, script=st.sampled_from(("hant", "hant_tw", "mirror")), glosses=st.booleans())
def test_scripts(seed: int, script: Script, glosses: bool) -> None:
    _round_trip(make(seed, format="txt", serialisation="pipe_rows", script=script, glosses=glosses))


@settings(max_examples=60, deadline=None)
@given(
    seed=SEEDS,
    charset=st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le")),
    claimed=st.sampled_from(("utf-8", "gb2312", "big5", "iso-8859-1")),
)
def test_charsets(seed: int, charset: str, claimed: str) -> None:
    _round_trip(make(seed, format="html", charset=charset, claimed_charset=claimed))


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_a_table_that_does_not_foot_fails_a_check(seed: int) -> None:
    generation = ("2014", "2019", "2021")[seed % 3]
    quirks = Quirks(unfooted=True)
    made = make(seed, format="html", generation=generation, quirks=quirks)  # type: ignore[arg-type]
    parsed = parse(clean(made.raw()))
    failed = [check for check in parsed.checks if check.status == "fail" and check.severity == "error"]
    assert bool(failed) == bool(made.document.grids)
