"""Phantom columns, and what the break of a page does to a table."""

from __future__ import annotations

from tasks.clean.extract import GridCell, SourceWriter
from tasks.clean.grid import Fragment, Piece, fold_phantom_columns, join_over_page
from tasks.model import Table

FULL, FREE = 2.0, 200.0  # points left on the last line of a cell


def piece(row: int, column: int, text: str, room: float = FREE, rows: int = 1, columns: int = 1) -> Piece:
    return Piece(row, column, rows, columns, text, room_needed=9.0, room_left=room)


def fragment(*pieces: Piece, xs: tuple[float, ...] = (0, 100, 200, 300)) -> Fragment:
    return Fragment(xs, max(piece.row + piece.row_span for piece in pieces), pieces)


def texts(joined: Fragment | None) -> list[tuple[int, int, int, int, str]] | None:
    return None if joined is None else [cell[:5] for cell in joined.pieces]


def test_phantom_columns_go_and_others_stay() -> None:
    kept = [GridCell(0, 0, 1, 2, "a"), GridCell(1, 0, 1, 1, "c"), GridCell(1, 1, 1, 1, "d")]
    assert fold_phantom_columns(kept) == kept
    wide = [GridCell(0, 0, 1, 3, "a"), GridCell(0, 3, 1, 1, "b"), GridCell(1, 0, 1, 1, "c"), GridCell(1, 1, 1, 2, "d")]
    folded = fold_phantom_columns([*wide, GridCell(1, 3, 1, 1, "e")])
    assert [(cell.column, cell.column_span) for cell in folded] == [(0, 2), (2, 1), (0, 1), (1, 1), (2, 1)]


def test_of_two_columns_side_by_side_the_narrower_is_the_phantom() -> None:
    cells = [GridCell(0, 0, 1, 2, "a"), GridCell(0, 2, 1, 2, "b"), GridCell(1, 0, 1, 1, "c"), GridCell(1, 1, 1, 2, "d")]
    cells.append(GridCell(1, 3, 1, 1, "e"))
    assert [cell.column_span for cell in fold_phantom_columns(cells, [50, 49, 1, 50])][:2] == [2, 1]
    assert [cell.column_span for cell in fold_phantom_columns(cells, [50, 1, 49, 50])][:2] == [1, 2]


def test_table_of_one_spanning_column_keeps_it() -> None:
    assert fold_phantom_columns([GridCell(0, 0, 1, 4, "a")]) == [GridCell(0, 0, 1, 1, "a")]


def test_pieces_with_other_inner_columns_are_one_table() -> None:
    upper = fragment(piece(0, 0, "第二十条第（一）项"), xs=(0, 300))
    lower = fragment(piece(0, 0, "规章"), piece(0, 1, "1"), piece(0, 2, "2"))
    assert texts(join_over_page(upper, lower)) == [
        (0, 0, 1, 3, "第二十条第（一）项"),
        (1, 0, 1, 1, "规章"),
        (1, 1, 1, 1, "1"),
        (1, 2, 1, 1, "2"),
    ]


def test_pieces_of_other_widths_are_two_tables() -> None:
    assert join_over_page(fragment(piece(0, 0, "a")), fragment(piece(0, 0, "b"), xs=(0, 280))) is None


def test_row_cut_by_the_break_is_one_row() -> None:
    upper = fragment(piece(0, 0, "其他法律行政法规", FULL), piece(0, 1, "12"), piece(0, 2, ""))
    lower = fragment(piece(0, 0, "禁止公开"), piece(0, 1, ""), piece(0, 2, "7"))
    assert texts(join_over_page(upper, lower)) == [
        (0, 0, 1, 1, "其他法律行政法规\n禁止公开"),
        (0, 1, 1, 1, "12"),
        (0, 2, 1, 1, "7"),
    ]


def test_rows_that_are_whole_stay_two() -> None:
    upper = fragment(piece(0, 0, "信息内容"), piece(0, 1, "本年制发件数"), piece(0, 2, "本年废止件数"))
    lower = fragment(piece(0, 0, "规章"), piece(0, 1, "1"), piece(0, 2, ""))
    joined = join_over_page(upper, lower)
    assert joined is not None
    assert joined.row_count == 2


def test_numbered_label_begins_a_row_even_where_the_one_above_is_full() -> None:
    upper = fragment(piece(0, 0, "1.属于国家秘密", FULL), piece(0, 1, ""), piece(0, 2, ""))
    lower = fragment(piece(0, 0, "2.其他", FULL), piece(0, 1, ""), piece(0, 2, ""))
    joined = join_over_page(upper, lower)
    assert joined is not None
    assert joined.row_count == 2


def test_figure_cut_in_its_digits_is_one_figure() -> None:
    upper = fragment(piece(0, 0, "12"), piece(0, 1, "14", FULL), piece(0, 2, "0"))
    lower = fragment(piece(0, 0, ""), piece(0, 1, "9"), piece(0, 2, ""))
    assert texts(join_over_page(upper, lower)) == [(0, 0, 1, 1, "12"), (0, 1, 1, 1, "149"), (0, 2, 1, 1, "0")]


def test_full_rows_of_figures_stay_two() -> None:
    upper = fragment(*(piece(0, column, "14", FULL) for column in range(3)))
    joined = join_over_page(upper, fragment(*(piece(0, column, "9") for column in range(3))))
    assert joined is not None
    assert joined.row_count == 2


def test_what_opens_like_other_tables_is_another() -> None:
    opening = piece(0, 0, "第二十条第（五）项", columns=3)
    upper = fragment(piece(0, 0, "规章"), piece(0, 1, "1"), piece(0, 2, "2"))
    lower = fragment(opening, piece(1, 0, "行政许可"), piece(1, 1, "3", columns=2))
    assert join_over_page(upper, lower, {lower.title}) is None
    assert join_over_page(fragment(opening, *upper.pieces), lower, {lower.title}) is not None  # said again
    assert join_over_page(upper, lower) is not None


def test_label_beside_several_rows_goes_on() -> None:
    upper = fragment(piece(0, 0, "（四）无", FULL), piece(0, 1, "1.不掌握"), piece(0, 2, "746"))
    rows = (piece(0, 1, "2.需另行制作"), piece(0, 2, "11"), piece(1, 1, "3.不明确"), piece(1, 2, "1"))
    lower = fragment(piece(0, 0, "法提供", rows=2), *rows)
    joined = texts(join_over_page(upper, lower))
    assert joined is not None
    assert joined[0] == (0, 0, 3, 1, "（四）无\n法提供")


def test_repeated_header_goes_but_repeated_figures_stay() -> None:
    header = (piece(0, 0, "指标"), piece(0, 1, "单位"), piece(0, 2, "数量"))
    rows = (piece(1, 0, "总数"), piece(1, 1, "条"), piece(1, 2, "0"))
    joined = texts(join_over_page(fragment(*header, *rows), fragment(*header, *rows)))
    assert joined is not None
    assert [text for *_, text in joined] == ["指标", "单位", "数量", "总数", "条", "0", "总数", "条", "0"]


def test_source_text_of_a_table_is_a_row_a_line() -> None:
    writer = SourceWriter()
    writer.paragraph(" 一、概述 ", "heading")
    writer.table([GridCell(0, 0, 2, 1, "甲\n乙"), GridCell(0, 1, 1, 1, "1"), GridCell(1, 1, 1, 1, "")])
    text = writer.source_text()
    assert text == "一、概述\n甲\n乙\t1\n\n"
    table = writer.blocks[1]
    assert isinstance(table, Table)
    assert [text[cell.start : cell.end] for cell in table.cells] == ["甲\n乙", "1", ""]
    assert (table.row_count, table.column_count) == (2, 2)
