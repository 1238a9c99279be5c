"""The renderer against the catalogue and against readers that aren't the project's own."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import BytesIO

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.render.bodies import CATALOGUE
from tests.render.document import NeutralDocument
from tests.render.facts import APPLICANTS, Figures, Quirks
from tests.render.forms import printed_keys
from tests.render.made import make
from tests.render.prose import load, patterns
from tests.render.reports import YEARS
from tests.render.text import SERIALISATIONS, Serialisation, text_of
from tests.render.wording import convert, mirrored

SEEDS = st.integers(0, 2**32)
GENERATIONS = tuple(YEARS)


def _catalogue(name: str) -> list[dict[str, str]]:
    with (CATALOGUE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_indicator_that_the_forms_and_sentences_name_is_in_the_catalogue() -> None:
    known = {row["indicator_id"] for row in _catalogue("indicators.csv")}
    named = {key[0] for generation in GENERATIONS for key in printed_keys(generation)}
    named |= {name for part in load("sentences") for pattern in patterns(part) for name in pattern.indicators}
    assert named - known == set()


def _sums(generation: str) -> Iterator[tuple[str, str, list[str], list[str]]]:
    """The identities of one year and one column: id, operator, left terms, right terms."""
    for row in _catalogue("identities.csv"):
        if generation not in row["generation"].split("|") or "(y" in row["equation"] or "[" in row["equation"]:
            continue
        operator = "<=" if "<=" in row["equation"] else "="
        left, right = (side.split(" + ") for side in row["equation"].split(operator))
        yield row["identity_id"], operator, [term.strip() for term in left], [term.strip() for term in right]


def _total(terms: list[str], applicant: str, figures: Figures) -> float:
    return sum(figures[term, applicant] for term in terms)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, generation=st.sampled_from(GENERATIONS))
def test_figures_keep_the_identities_of_the_catalogue(seed: int, generation: str) -> None:
    figures = make(seed, format="txt", generation=generation, quirks=Quirks()).facts.figures  # type: ignore[arg-type]
    for identity, operator, left, right in _sums(generation):
        for applicant in APPLICANTS:
            if all((term, applicant) in figures for term in left + right):
                lhs, rhs = _total(left, applicant, figures), _total(right, applicant, figures)
                assert lhs <= rhs if operator == "<=" else lhs == rhs, (identity, applicant)
    rows = {indicator for indicator, applicant in figures if applicant != "total"}
    for indicator in rows:
        assert figures[indicator, "total"] == sum(figures[indicator, one] for one in APPLICANTS[:-1]), indicator


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_the_cells_of_a_grid_cover_it_once(seed: int) -> None:
    for grid in make(seed, format="txt").document.grids:
        covered = [
            (cell.row + down, cell.column + right)
            for cell in grid.cells
            for down in range(cell.row_span)
            for right in range(cell.column_span)
        ]
        assert len(covered) == len(set(covered)) == grid.rows * grid.columns, grid.name


def test_two_reports_of_one_seed_are_the_same_bytes() -> None:
    for name in ("html", "txt", "pdf", "docx"):
        assert make(7, format=name).content == make(7, format=name).content


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_a_pdf_reader_finds_every_character(seed: int) -> None:
    made = make(seed, format="pdf")
    with pypdfium2.PdfDocument(made.content) as pdf:
        read = _squeezed("".join(page.get_textpage().get_text_range() for page in pdf))
    for line in made.document.lines:
        assert all(character in read for character in _squeezed(line.text))
    for grid in made.document.grids:
        for cell in grid.cells:
            assert not cell.text.isdigit() or cell.text in read


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_a_word_reader_finds_every_line_and_cell(seed: int) -> None:
    made = make(seed, format="docx")
    read = docx.Document(BytesIO(made.content))
    assert [paragraph.text for paragraph in read.paragraphs if paragraph.text] == [
        line.text for line in made.document.lines
    ]
    for table, grid in zip(read.tables, made.document.grids, strict=True):
        assert (len(table.rows), len(table.columns)) == (grid.rows, grid.columns)
        first = [cell.text for cell in table.rows[grid.rows - 1].cells]
        assert first[-1] == next(cell.text for cell in reversed(grid.cells) if cell.row == grid.rows - 1)


@pytest.mark.parametrize("serialisation", [way for way in SERIALISATIONS if way != "labels_go_on_below"])
def test_a_serialisation_keeps_the_order_of_the_cells(serialisation: Serialisation) -> None:
    document = make(11, format="txt", generation="2021", quirks=Quirks()).document
    read = _unparted(text_of(document, serialisation))
    for grid in document.grids:
        assert _unparted("".join(cell.text for row in grid.by_row() for cell in row)) in read


def _unparted(text: str) -> str:
    return re.sub(r"[\s|，；、]", "", text)


def test_a_label_goes_on_below_its_values() -> None:
    grid = next(grid for grid in make(11, format="txt", generation="2021").document.grids if grid.name == "requests")
    lines = text_of(NeutralDocument("", (grid,)), "labels_go_on_below").splitlines()
    place = next(at for at, line in enumerate(lines) if line.startswith("一、本年新收"))
    assert re.fullmatch(r"一、本年新收政府信息公开申请(  \S+){7}", lines[place])
    assert lines[place + 1] == "数量"


def test_mirrors_have_their_own_words_and_their_own_last_lines() -> None:
    assert mirrored("规范性文件报送程序和互联网站设置") == "規範性檔案報送程式和網際網路站設定"
    document = make(3, format="txt").document
    assert [line.text for line in convert(document, "mirror").lines[-3:]] == ["相關詞條", "熱門詞條", "聯絡我們"]


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_what_must_come_out_isprinted_keys(seed: int) -> None:
    """A figure of the truth stands in a cell of its key or in a sentence."""
    made = make(seed, format="txt", quirks=Quirks(traps=1))
    cells = {cell.key: cell.text for grid in made.document.grids for cell in grid.cells if cell.key}
    for key, (value, method) in made.truth.facts.items():
        if method == "table":
            digits = re.sub(r"[^\d.]", "", cells[key])
            assert float(digits) == abs(value), key
