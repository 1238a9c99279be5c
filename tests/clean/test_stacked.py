"""Several rows of a form in one row of the grid."""

from tasks.clean.extract import GridCell
from tasks.clean.stacked import unstack


def grid(*rows: list[str]) -> list[GridCell]:
    return [GridCell(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)]


def test_labels_and_numbers_line_upon_line_become_rows() -> None:
    head, below = ["统计指标", "单位", "统计数"], ["六、举报投诉数量", "件", "0"]
    stacked = ["1.当面申请数\n2.传真申请数\n3.网络申请数", "件", "4\n/\n12"]
    assert unstack(grid(head, stacked, below)) == sorted(
        [
            *grid(head),
            GridCell(1, 0, 1, 1, "1.当面申请数"),
            GridCell(1, 1, 3, 1, "件"),
            GridCell(1, 2, 1, 1, "4"),
            GridCell(2, 0, 1, 1, "2.传真申请数"),
            GridCell(2, 2, 1, 1, "/"),
            GridCell(3, 0, 1, 1, "3.网络申请数"),
            GridCell(3, 2, 1, 1, "12"),
            *(cell._replace(row=4) for cell in grid(below)),
        ]
    )


def test_a_cell_beside_several_rows_grows_with_them() -> None:
    cells = [
        GridCell(0, 0, 2, 1, "申请方式"),
        GridCell(0, 1, 1, 1, "1.当面申请数"),
        GridCell(0, 2, 1, 1, "1"),
        GridCell(1, 1, 1, 1, "2.传真申请数\n3.网络申请数"),
        GridCell(1, 2, 1, 1, "0\n5"),
    ]
    assert unstack(cells)[0] == GridCell(0, 0, 3, 1, "申请方式")
    assert unstack(cells)[-1] == GridCell(2, 2, 1, 1, "5")


def test_a_wrapped_label_or_a_torn_number_is_no_stack() -> None:
    for row in (
        ["3.网络申\n请数", "1\n5"],
        ["1.当面申请数\n2.传真申请数", "1\n5\n0"],
        ["1.当面申请数\n2.传真申请数", "件\n件\n件", "1\n5"],
        ["3.网络申请数", "1\n5"],
        ["1.当面申请数\n本县自定指标", "1\n5"],
    ):
        assert unstack(grid(row, ["收到申请数", "6"])) == grid(row, ["收到申请数", "6"])
