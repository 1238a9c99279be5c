from __future__ import annotations

from warehouse.dictionary import PAGE, dictionary
from warehouse.schema import Table, tables
from warehouse.views import View, views


def test_the_page_is_what_the_declarations_say() -> None:
    assert PAGE.read_text("utf-8") == dictionary(), "run python -m warehouse.dictionary"


def test_every_table_view_and_column_is_on_it() -> None:
    page = dictionary()
    declared: list[Table | View] = [*tables().values(), *views()]
    for each in declared:
        part = page.split(f"\n### {each.name}\n")[1].split("\n### ")[0]
        assert each.en in part
        assert each.zh in part
        for column in each.columns:
            assert f"| `{column.name}` |" in part
