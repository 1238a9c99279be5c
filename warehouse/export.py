"""The public tables as Parquet files. `export` is a link to the folder of the newest run: it changes at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.home import Home
from warehouse.live import sync
from warehouse.package import describe
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
        db.execute("SET enable_progress_bar = false")
        folder = _folder(home, db)
        if _is_current(home, folder):
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for table in tables().values():
            write_parquet(db, table, folder / f"{table.name}.parquet")
        describe(db, folder, {table: [Path(f"{table.name}.parquet")] for table in tables().values()}, "parquet")
    for path in folder.iterdir():
        sync(path)
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


def write_parquet(db: duckdb.DuckDBPyConnection, table: Table, path: Path, where: str = "true") -> None:
    """Write a table's rows, sorted, so that the statistics of row groups and pages tell what a reader may skip."""
    query = f"SELECT {', '.join(table.names)} FROM {table.name} WHERE {where} ORDER BY {', '.join(table.sort)}"
    rows = db.sql(query).to_arrow_reader(ROWS)
    order = pq.SortingColumn.from_ordering(table.arrow, [(name, "ascending") for name in table.sort], "at_end")
    with pq.ParquetWriter(path, table.arrow, compression="zstd", sorting_columns=order, write_page_index=True) as file:
        for batch in rows:
            file.write_table(pa.Table.from_batches([batch]).cast(table.arrow))
