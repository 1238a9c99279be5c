"""The data dictionary as one page in two languages, from the declarations of tables, views and error codes.

`python -m warehouse.dictionary` writes `docs/dictionary.md` anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from warehouse.catalogue import error_codes, numeral_reasons
from warehouse.schema import TYPES, Column, tables
from warehouse.views import PLACEHOLDER, views

PAGE = Path(__file__).parents[1] / "docs" / "dictionary.md"
_HEAD = """# The data dictionary · 数据字典

Every public table and view with each of its columns, from `warehouse/tables/` and `warehouse/sql/views/`. The database
says the same of itself (`SELECT * FROM duckdb_columns()`), as do the Parquet files (field metadata) and
`datapackage.json`.
所有公开的表与视图及其各列，取自上述声明；数据库、Parquet文件与datapackage.json中的说明与此相同。
"""


def dictionary() -> str:
    """The page, in Markdown."""
    return "\n".join([_HEAD, *_contents(), *_tables(), *_views(), *_error_codes(), *_numeral_reasons()])


def _contents() -> Iterator[str]:
    for title, names in (("Tables · 表", tables()), ("Views · 视图", [view.name for view in views()])):
        yield f"{title}: {', '.join(f'[{name}](#{name})' for name in names)}\n"
    for title in ("error-codes--原因代码", "numerals-that-are-no-facts--未采用的数字"):
        english, chinese = title.split("--")
        yield f"[{english.replace('-', ' ').capitalize()} · {chinese}](#{title})\n"


def _tables() -> Iterator[str]:
    yield "## Tables · 表\n"
    for table in tables().values():
        key = f" Key · 主键: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
        yield f"### {table.name}\n\n{table.en} {table.zh}{key}\n"
        yield "| column · 列 | type · 类型 | null · 可空 | meaning | 含义 |\n| --- | --- | --- | --- | --- |"
        for column in table.columns:
            kind = TYPES[column.type][1] + (f" ({column.unit})" if column.unit else "")
            null = "yes · 是" if column.nullable else ""
            yield f"| `{column.name}` | {kind} | {null} | {_cell(column.en + _values(column))} | {_cell(column.zh)} |"
        yield ""


def _values(column: Column) -> str:
    return f" ({', '.join(f'`{value}`' for value in column.values)})" if column.values else ""


def _views() -> Iterator[str]:
    yield "## Views · 视图\n"
    for view in views():
        yield f"### {view.name}\n\n{view.en} {view.zh}\n"
        yield "| column · 列 | meaning | 含义 |\n| --- | --- | --- |"
        for column in view.columns:
            yield f"| `{column.name}` | {_cell(column.en)} | {_cell(column.zh)} |"
        if PLACEHOLDER in view.query:
            yield "| … | A column of each series of each indicator, see `series` | 每项指标每个序列一列，见`series` |"
        yield ""


def _error_codes() -> Iterator[str]:
    yield "## Error codes · 原因代码\n"
    yield "Why a document is in `quarantine`, or an address gave none (`availability`)."
    yield "文件未入库或网址未取得内容的原因。\n"
    yield "| stage · 阶段 | code · 代码 | meaning | what to do | 含义 |\n| --- | --- | --- | --- | --- |"
    for row in error_codes():
        yield f"| {row['stage']} | `{row['error_code']}` | {row['en']} | {row['what_to_do']} | {row['zh']} |"
    yield ""


def _numeral_reasons() -> Iterator[str]:
    yield "## Numerals that are no facts · 未采用的数字\n"
    yield "`numerals.reason`, as `gongkai explain` shows it. `gongkai explain`所示的原因。\n"
    yield "| reason · 原因 | meaning | 含义 |\n| --- | --- | --- |"
    for row in numeral_reasons().values():
        yield f"| `{row['reason']}` | {row['en']} | {row['zh']} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(dictionary(), "utf-8")
