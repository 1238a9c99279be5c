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
        start = page.index(f"### {each.name}\n")
        part = page[start : page.find("\n### ", start + 1)] if "\n### " in page[start + 1 :] else page[start:]
        assert each.en in part
        assert each.zh in part
        for column in each.columns:
            assert f"| `{column.name}` |" in part
