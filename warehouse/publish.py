"""Publishing: a finished copy takes the place of the old file, so that a reader never waits and never sees half a run.

The copy is changed in one transaction, closed, opened again read-only, read through and counted; only then, with all of
it on the disk, is it renamed over the published file. Who holds the old file open goes on reading the old file. A copy
that is worse than the file it was made from is kept aside (warehouse/gate.py, warehouse/live.py).
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.change import change, row_count
from warehouse.home import MEMORY_LIMIT, Home, HomeError, first_line
from warehouse.live import discard, go_live, set_aside, sync
from warehouse.runs import Published, Run
from warehouse.schema import Column, Table, tables
from warehouse.shelves import SHELVED
from warehouse.views import check_views

KEYS = 5_000  # documents whose keys are looked through at a time: 20,000 had too many facts for MEMORY_LIMIT


class DamagedError(Exception):
    """The copy does not hold what was written to it: it is not published."""


def publish(home: Home, run: Run, staging: Path, live: bool = True) -> Published:
    """Publish what a run has staged under `staging/<table>/*.parquet`; not `live`: only look what it would change.

    Raises GotWorse where the gate holds it back.
    """
    copy = home.path / f"warehouse-{run.run_id}.tmp"
    discard(home)
    if home.warehouse.exists():
        shutil.copyfile(home.warehouse, copy)
    try:
        changed = change(copy, run, staging)
    except duckdb.IOException as error:
        if "No space" in str(error):
            raise OSError(
                errno.ENOSPC, f"No space left on the disk of {home.path}: the last warehouse stays live"
            ) from None
        raise HomeError(f"the new warehouse cannot be written ({first_line(error)}): the last one stays live") from None
    if not live:
        copy.unlink()
        return changed.published
    verify(copy, changed.rows, changed.documents)
    sync(copy)
    if changed.worse:
        raise set_aside(home, copy, changed.worse)
    go_live(home, copy)
    return changed.published


def verify(copy: Path, rows: dict[str, int], documents: Sequence[str]) -> None:
    """Open the finished copy, read every column of every table, and hold counts and keys against what was written.

    Of the tables that grow with the documents, the keys are looked at that the given documents' rows have.
    """
    if copy.with_name(copy.name + ".wal").exists():
        raise DamagedError("the new warehouse was closed with changes outstanding")
    with duckdb.connect(str(copy), read_only=True, config={"memory_limit": MEMORY_LIMIT}) as db:
        db.execute("SET enable_progress_bar = false")
        db.register("written", pa.table({"document_id": pa.array(documents, pa.string())}))
        for name, table in tables().items():
            db.execute(f"SELECT {', '.join(map(_read, table.columns))} FROM {name}").fetchall()
            if (found := row_count(db, name)) != rows[name]:
                raise DamagedError(f"{name} holds {found} rows, {rows[name]} were written")
            if table.key and (repeated := _repeated(db, table, 1 + len(documents) // KEYS)):
                raise DamagedError(f"{name}: {repeated} keys ({', '.join(table.key)}) are there more than once")
        check_views(db)


def _read(column: Column) -> str:
    """The aggregate that takes least of those that need every value of a column."""
    return f"sum(strlen({column.name}))" if column.type == "string" else f"bit_xor(hash({column.name}))"


def _repeated(db: duckdb.DuckDBPyConnection, table: Table, parts: int) -> int:
    """How many keys stand more than once, looked for in so many parts: the keys of one part fit into memory."""
    first = table.key[0]
    part = f"hash({first}) % {parts} = $part" if parts > 1 else "$part = 0"
    written = "SELECT document_id FROM written"
    if first != "document_id":
        written = f"SELECT {first} FROM {table.name} WHERE document_id IN ({written}) AND {part}"
    where = part + (f" AND {first} IN ({written})" if table.name in SHELVED else "")
    keys = f"SELECT 1 FROM {table.name} WHERE {where} GROUP BY {', '.join(table.key)} HAVING count(*) > 1"
    return sum(int(db.execute(f"SELECT count(*) FROM ({keys})", {"part": n}).fetchall()[0][0]) for n in range(parts))
