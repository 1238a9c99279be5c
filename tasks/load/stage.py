"""A batch of items into staged Parquet files, one a table, each held to the schema's contract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.batches import Item, read_batch
from tasks.load.rows import COLUMNS, Row, broken, rows
from warehouse.contract import ContractError, check
from warehouse.schema import tables

INPUTS = pa.schema(
    [
        pa.field("source_ref", pa.string(), nullable=False),
        pa.field("document_id", pa.string()),
        pa.field("state", pa.string(), nullable=False),
        pa.field("declared_at", pa.timestamp("us")),
    ]
)
MADE = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("media_type", pa.string()),
        pa.field("charset", pa.string()),
    ]
)
INTERNAL = {"inputs": INPUTS, "made": MADE}


@dataclass(frozen=True, slots=True)
class Loading:
    """What to stage, and where."""

    batch: Path
    staging: Path
    run_id: str


def stage(loading: Loading) -> tuple[int, int]:
    """Write `staging/<table>/<batch>.parquet`; returns how many documents were staged, and how many of them broke
    the contract (these keep their row in `documents`, and get one in `quarantine`)."""
    items = list(read_batch(loading.batch))
    failed = 0
    try:
        arrow = to_arrow(items, loading.run_id)
    except ContractError:
        items, failed = _without_broken(items, loading.run_id)
        arrow = to_arrow(items, loading.run_id)
    for name, table in arrow.items():
        folder = loading.staging / name
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{loading.batch.stem}.parquet"
        unfinished = path.with_suffix(".tmp")
        pq.write_table(table, unfinished, compression="zstd")
        unfinished.replace(path)
    return sum(item.raw is not None for item in items), failed


def to_arrow(items: Sequence[Item], run_id: str) -> dict[str, pa.Table]:
    """The rows of the items, a table each. Raises ContractError where they are not what the schema says."""
    found: dict[str, list[Row]] = defaultdict(list)
    for item in items:
        for name, row in rows(item, run_id):
            found[name].append(row)
    return {name: _table(name, each) for name, each in found.items()}


def _table(name: str, found: list[Row]) -> pa.Table:
    schema = INTERNAL[name] if name in INTERNAL else tables()[name].staged_arrow
    try:
        values = dict(zip(COLUMNS[name], zip(*found, strict=True), strict=True))
        columns = [pa.array(values[field.name], field.type) for field in schema]
    except (pa.ArrowException, UnicodeEncodeError, OverflowError) as error:
        raise ContractError(f"{name}: {error}") from None
    if name in INTERNAL:
        return pa.Table.from_arrays(columns, schema=schema)
    return check(tables()[name], pa.Table.from_arrays(columns, names=schema.names))


def _without_broken(items: Sequence[Item], run_id: str) -> tuple[list[Item], int]:
    whole: list[Item] = []
    failed = 0
    for item in items:
        try:
            to_arrow([item], run_id)
            whole.append(item)
        except ContractError as fault:
            whole.append(broken(item, fault))
            failed += 1
    return whole, failed
