from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tasks.batches import write_batch
from tasks.load.stage import Loading, stage
from tasks.model import Fact, Parsed
from tests.made import item, parsed


def staged(tmp_path: Path, made: list[Parsed]) -> tuple[tuple[int, int], Path]:
    batch = tmp_path / "0.pickle"
    write_batch(batch, [item(each) for each in made])
    return stage(Loading(batch, tmp_path / "staging", "run1")), tmp_path / "staging"


def column(staging: Path, table: str, name: str) -> list[object]:
    values: list[object] = pq.read_table(staging / table / "0.parquet")[name].to_pylist()
    return values


def with_fact(made: Parsed, **changed: object) -> Parsed:
    fact: Fact = made.facts[0]
    return replace(made, facts=(fact._replace(**changed),))  # type: ignore[arg-type]


def test_rows_go_into_a_file_a_table(tmp_path: Path) -> None:
    made = parsed("甲县.txt", "r1", {"proactive.total": 7, "request.received.new": 2})
    counts, staging = staged(tmp_path, [made])
    assert counts == (1, 0)
    assert sorted(map(str, column(staging, "facts", "value"))) == ["2.0", "7.0"]
    assert column(staging, "reports", "report_id") == ["r1"]
    assert list(staging.glob("**/*.tmp")) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"quote": "这里没有的话", "value_text": "话"},  # no quote of the source
        {"value_text": "999"},  # a value that the quote lacks
        {"period": "week"},  # none of the column's values
        {"indicator_id": None},  # a null where none may be
    ],
)
def test_a_document_that_breaks_the_contract_costs_nobody_else_anything(
    tmp_path: Path, changed: dict[str, object]
) -> None:
    broken = with_fact(parsed("乙县.txt", "r2", {"proactive.total": 5}), **changed)
    counts, staging = staged(tmp_path, [parsed("甲县.txt", "r1", {"proactive.total": 7}), broken])
    assert counts == (2, 1)
    assert column(staging, "facts", "value") == [7.0]
    assert column(staging, "quarantine", "error_code") == ["broken_contract"]
    assert column(staging, "quarantine", "source_ref") == ["乙县.txt"]
    assert len(column(staging, "documents", "document_id")) == 2  # what was fetched is not lost
