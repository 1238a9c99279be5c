"""The public tables as Parquet files. `export` is a link to the folder of the newest run: it changes at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.home import Home
from warehouse.live import sync
from warehouse.schema import Table, tables

ROWS = 20_000  # a row group: of documents' texts some hundred megabytes at most
KEPT = 2  # folders: a reader in the middle of the last one goes on reading it


def is_current(home: Home) -> bool:
    """Whether the Parquet files are those of the published warehouse, or there is none."""
    if not home.warehouse.exists():
        return True
    with duckdb.connect(str(home.warehouse), read_only=True) as db:
        return _is_current(home, _folder(home, db))


def export(home: Home) -> None:
    """Write every public table of the published warehouse, unless that has been done."""
    with duckdb.connect(str(home.warehouse), read_only=True, config={"memory_limit": "600MB"}) as db:
        folder = _folder(home, db)
        if _is_current(home, folder):
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for table in tables().values():
            _write(db, table, folder)
    sync(folder)
    pointer = home.path / "export.tmp"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(folder.relative_to(home.path))
    pointer.replace(home.export)
    sync(home.path)
    old = sorted(home.exports.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    for outdated in old[:-KEPT]:
        shutil.rmtree(outdated, ignore_errors=True)


def _folder(home: Home, db: duckdb.DuckDBPyConnection) -> Path:
    """Where the files of the newest run belong: a published warehouse holds the run that published it."""
    [(run_id,)] = db.execute("SELECT run_id FROM runs ORDER BY ended_at DESC, run_id LIMIT 1").fetchall()
    return home.exports / str(run_id)


def _is_current(home: Home, folder: Path) -> bool:
    return folder.is_dir() and home.export.resolve() == folder.resolve()


def _write(db: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    order = ", ".join(table.key or table.names)
    rows = db.sql(f"SELECT {', '.join(table.names)} FROM {table.name} ORDER BY {order}").to_arrow_reader(ROWS)
    with pq.ParquetWriter(folder / f"{table.name}.parquet", table.arrow, compression="zstd") as file:
        for batch in rows:
            file.write_table(pa.Table.from_batches([batch]).cast(table.arrow))
