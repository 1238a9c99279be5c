"""The public tables as Parquet files. `export` is a link to the folder of the newest run: it changes at once."""

from __future__ import annotations

import os
import shutil

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.home import Home
from warehouse.publish import sync
from warehouse.schema import Table, tables

ROWS = 20_000  # a row group: of documents' texts some hundred megabytes at most
KEPT = 2  # folders: a reader in the middle of the last one goes on reading it


def export(home: Home) -> None:
    """Write every public table of the published warehouse, unless that has been done."""
    with duckdb.connect(str(home.warehouse), read_only=True, config={"memory_limit": "600MB"}) as db:
        newest = db.execute("SELECT run_id FROM runs ORDER BY ended_at DESC, run_id LIMIT 1").fetchone()
        assert newest is not None  # a published warehouse holds the run that published it
        folder = home.exports / newest[0]
        if home.export.resolve() == folder.resolve() and folder.is_dir():
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for table in tables().values():
            _write(db, table, folder)
    sync(folder)
    pointer = home.path / "export.tmp"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(os.path.relpath(folder, home.path))
    pointer.replace(home.export)
    sync(home.path)
    old = sorted(home.exports.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    for outdated in old[:-KEPT]:
        shutil.rmtree(outdated, ignore_errors=True)


def _write(db: duckdb.DuckDBPyConnection, table: Table, folder: os.PathLike[str]) -> None:
    path = os.path.join(folder, f"{table.name}.parquet")  # noqa: PTH118
    order = ", ".join(table.key or table.names)
    rows = db.execute(f"SELECT {', '.join(table.names)} FROM {table.name} ORDER BY {order}").to_arrow_reader(ROWS)
    assert rows is not None
    with pq.ParquetWriter(path, table.arrow, compression="zstd") as file:
        for batch in rows:
            file.write_table(pa.Table.from_batches([batch]).cast(table.arrow))
