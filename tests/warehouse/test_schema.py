from __future__ import annotations

import csv

import duckdb
import pyarrow as pa
import pytest

from tasks import model
from warehouse.contract import ContractError, check
from warehouse.schema import FOLDER, TYPES, tables

# The names that analysts rely on.
PUBLIC = {
    "documents": "document_id source_ref url fetched_at media_type charset script wording source_text text run_id",
    "reports": "report_id document_id title year publisher region_code region level publisher_kind generation"
    " published_on run_id",
    "sections": "document_id section_no level heading part text char_start char_end",
    "facts": "fact_id report_id document_id indicator_id applicant_type value unit value_text qualifier period method"
    " rule_id section_no char_start char_end quote is_primary run_id",
    "cells": "document_id table_no row_no column_no row_span column_span text status indicator_id applicant_type"
    " char_start char_end",
    "parts": "report_id part status section_no",
    "citations": "document_id title document_number section_no char_start char_end",
    "checks": "report_id identity_id applicant_type lhs rhs status severity detail",
    "numerals": "document_id char_start char_end text value fact_id reason",
    "quarantine": "source_ref document_id stage error_code message run_id",
    "runs": "run_id flow started_at ended_at state code_version",
}


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there(name: str) -> None:
    assert set(PUBLIC[name].split()) <= set(tables()[name].names)


def test_ddl_makes_every_table_with_a_comment_on_it_and_on_every_column() -> None:
    with duckdb.connect() as db:
        for table in tables().values():
            db.execute(table.ddl())
        assert db.execute("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL").fetchall() == []
        columns = db.execute(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    declared = {(table.name, column.name): column for table in tables().values() for column in table.columns}
    assert {(table, column) for table, column, _, _ in columns} == set(declared)
    for table, name, kind, comment in columns:
        column = declared[table, name]
        assert kind == TYPES[column.type][1]
        assert column.en in comment
        assert column.zh in comment


def test_arrow_fields_carry_both_descriptions() -> None:
    field = tables()["sections"].arrow.field("char_start")
    assert field.metadata[b"description"].startswith(b"Start in source_text")
    assert "起点" in field.metadata[b"description_zh"].decode()
    assert field.metadata[b"unit"] == b"character"


@pytest.mark.parametrize(
    ("row_type", "name"),
    [
        (model.Report, "reports"), (model.Section, "sections"), (model.Fact, "facts"), (model.CellRow, "cells"),
        (model.Part, "parts"), (model.Citation, "citations"), (model.Check, "checks"), (model.Numeral, "numerals"),
        (model.Quarantine, "quarantine"),
    ],
)  # fmt: skip
def test_every_field_of_a_row_type_is_a_column(row_type: type, name: str) -> None:
    assert set(row_type._fields) <= set(tables()[name].names)  # type: ignore[attr-defined]


def test_catalogue_files_have_the_declared_columns() -> None:
    for table in tables().values():
        if table.source is not None:
            with table.source.open(encoding="utf-8", newline="") as file:
                assert tuple(next(csv.reader(file))) == table.names


def test_every_file_of_sql_begins_with_what_it_is() -> None:
    files = list((FOLDER / "sql").rglob("*.sql"))
    assert len(files) > 30
    assert [path.name for path in files if not path.read_text("utf-8").startswith("-- ")] == []


def parts(**changed: object) -> pa.Table:
    row = {"report_id": "r", "document_id": "d", "part": "fees", "status": "missing", "section_no": None, **changed}
    schema = pa.schema([(name, pa.string()) for name in row])
    return pa.Table.from_pylist([row], schema=schema)


def test_contract_holds_what_is_right() -> None:
    assert check(tables()["parts"], parts()).schema.metadata[b"table"] == b"parts"


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (parts(report_id=None), "parts.report_id: 1 nulls"),
        (parts(status="lost"), "parts.status: 'lost' is none of present, missing"),
        (pa.concat_tables([parts(), parts()]), "parts: 1 rows repeat the key document_id, part"),
        (parts().drop_columns(["part"]), "parts: columns"),
        (parts().set_column(0, "report_id", pa.array([1])), "parts.report_id: type int64, expected string"),
    ],
)
def test_contract_names_what_is_wrong(rows: pa.Table, complaint: str) -> None:
    with pytest.raises(ContractError, match=complaint):
        check(tables()["parts"], rows)
