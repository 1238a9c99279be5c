"""Grids whose every cell is known, in the layouts of the official forms, and ways to look at what was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from tasks.clean.extract import Extract
from tasks.model import Paragraph, RawDocument, Table

Rows = Sequence[Sequence[tuple[str, int, int]]]  # (text, row span, column span) of each cell, as HTML would have it
CellTuple = tuple[int, int, int, int, str]

REQUEST_WIDTHS = [8, 11, 22, 8, 8, 8, 8, 8, 8, 11]
STATISTICS_WIDTHS = [64, 16, 20]
TITLE = "清溪县人民政府2022年政府信息公开工作年度报告"
_APPLICANTS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_OUTCOMES = {
    "（三）不予公开": ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益"],
    "（四）无法提供": ["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"],
    "（五）不予处理": ["1.信访举报投诉类申请", "2.重复申请", "5.要求行政机关确认或重新出具已获取信息"],
    "（六）其他处理": ["1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "3.其他"],
}
_ISSUES = [
    ("一、主动公开情况", ""),
    ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条"),
    ("其中：主动公开规范性文件数", "条"),
    ("制发规范性文件总数", "件"),
    ("1.政府公报公开政府信息数", "条"),
    ("二、回应解读情况", ""),
    ("（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次"),
    ("七、依申请公开信息收取的费用", "万元"),
    ("1.专职人员数（不包括政府公报及政府网站工作人员数）", "人"),
]
_CLAUSES = [
    "健全工作机制",
    "推进平台建设",
    "全年主动公开信息",
    "畅通申请渠道",
    "开展业务培训",
    "回应社会关切",
    "优化栏目设置",
]


def figure(rng: Random) -> str:
    return rng.choice(["0", "0", str(rng.randint(1, 99)), str(rng.randint(100, 99_999))])


def requests(rng: Random) -> Rows:
    """The table of requests: a header of three rows, labels in up to three columns."""

    def figures() -> list[tuple[str, int, int]]:
        return [(figure(rng), 1, 1) for _ in range(7)]

    rows: list[list[tuple[str, int, int]]] = [
        [("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(name, 1, 1) for name in _APPLICANTS],
        [("一、本年新收政府信息公开申请数量", 1, 3), *figures()],
    ]
    height = 2 + sum(map(len, _OUTCOMES.values()))
    rows.append([("三、本年度办理结果", height, 1), ("（一）予以公开", 1, 2), *figures()])
    for group, items in _OUTCOMES.items():
        for number, item in enumerate(items):
            rows.append([*([] if number else [(group, len(items), 1)]), (item, 1, 1), *figures()])
    rows.append([("（七）总计", 1, 2), *figures()])
    rows.append([("四、结转下年度继续办理", 1, 3), *figures()])
    return rows


def statistics(rng: Random, repeat: int = 4) -> Rows:
    """A flat table of labels, units and figures."""
    rows = [[("指标名称", 1, 1), ("单位", 1, 1), ("统计数", 1, 1)]]
    for _ in range(repeat):
        rows += [[(label, 1, 1), (unit, 1, 1), (figure(rng) if unit else "", 1, 1)] for label, unit in _ISSUES]
    return rows


def prose(rng: Random, sentences: int = 5) -> str:
    text = ""
    for _ in range(sentences):
        text += "，".join(rng.sample(_CLAUSES, rng.randint(1, 4))) + f"，共办理{rng.randint(1, 99_999)}件。"
    return text


def placed(rows: Rows) -> list[CellTuple]:
    """The cells of the rows, each at its upper left corner."""
    taken: set[tuple[int, int]] = set()
    cells: list[CellTuple] = []
    for row, entries in enumerate(rows):
        column = 0
        for text, height, width in entries:
            while (row, column) in taken:
                column += 1
            taken |= {(row + r, column + c) for r in range(height) for c in range(width)}
            cells.append((row, column, height, width, text))
    return cells


def raw(content: bytes, source_ref: str = "report") -> RawDocument:
    return RawDocument("0" * 64, source_ref, content, datetime(2026, 1, 1, tzinfo=UTC))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def tables_of(extract: Extract) -> list[list[CellTuple]]:
    """The tables read, their text without blanks; checks on the way that spans and sizes agree."""
    tables = []
    for table in (block for block in extract.blocks if isinstance(block, Table)):
        assert table.row_count == max(cell.row + cell.row_span for cell in table.cells)
        assert table.column_count == max(cell.column + cell.column_span for cell in table.cells)
        assert all(table.start <= cell.start <= cell.end <= table.end for cell in table.cells)
        tables.append(
            [
                (c.row, c.column, c.row_span, c.column_span, squeezed(extract.source_text[c.start : c.end]))
                for c in table.cells
            ]
        )
    return tables


def paragraphs_of(extract: Extract) -> list[str]:
    blocks = (block for block in extract.blocks if isinstance(block, Paragraph))
    return [extract.source_text[block.start : block.end] for block in blocks]


def kinds_of(extract: Extract) -> dict[str, str]:
    blocks = (block for block in extract.blocks if isinstance(block, Paragraph))
    return {extract.source_text[block.start : block.end]: block.kind for block in blocks}


def expected(rows: Rows) -> list[CellTuple]:
    return [(*cell[:4], squeezed(cell[4])) for cell in placed(rows)]
