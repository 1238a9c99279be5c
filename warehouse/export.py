"""The public tables as Parquet files. `export` is a link to the folder of the newest run: it changes at once.

Each table is `<table>.parquet`: a file, or, where a table grows with the documents and there are more than 2,000 of
them, a folder of files, a shelf each (`shelves.py`). The file of a shelf is named after the run that last touched it,
so that a file of that name in the last export is the one that would be written now: the new folder links to it, unless
it no longer has the size that it was written with. An export of the same run that is no longer whole is written anew
as a whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.home import MEMORY_LIMIT, Home
from warehouse.live import sync
from warehouse.package import describe, exported
from warehouse.schema import Table, tables

ROWS = 20_000  # a row group: of documents' texts some hundred megabytes at most
IN_ONE_FILE = 8  # shelves, 2,000 documents: a table of no more is one file
AT_A_TIME = 2  # files that are written: what is sorted of them fits into MEMORY_LIMIT
KEPT = 2  # folders: a reader in the middle of the last one goes on reading it


class Missing(NamedTuple):
    """A file to write: the rows of a table that are so."""

    table: Table
    path: Path
    where: str = "true"


def is_current(home: Home) -> bool:
    """Whether the Parquet files are those of the published warehouse, all there and of their size; or there is none."""
    if not home.warehouse.exists():
        return True
    with duckdb.connect(str(home.warehouse), read_only=True) as db:
        return _is_current(home, _folders(home, db))


def export(home: Home) -> None:
    """Write every public table of the published warehouse, unless that has been done."""
    with duckdb.connect(str(home.warehouse), read_only=True, config={"memory_limit": MEMORY_LIMIT}) as db:
        db.execute("SET enable_progress_bar = false")
        folders = _folders(home, db)
        if _is_current(home, folders):
            return
        last = home.export.resolve()
        folder = folders[last == folders[0]]
        unfinished = home.exports / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        whole = _whole(last) if last not in folders else {}
        files: dict[Table, list[Path]] = {}
        missing: list[Missing] = []
        for table in tables().values():
            files[table], lacking = _files(db, table, unfinished, whole)
            missing += lacking
        _write(db, missing)
        describe(db, unfinished, files, "parquet", last)
    for path in unfinished.rglob("*"):
        if path.is_dir() or path.stat().st_nlink == 1:  # what the last export has, too, is on the disk
            sync(path)
    sync(unfinished)
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.replace(folder)
    sync(home.exports)
    pointer = home.path / "export.tmp"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(folder.relative_to(home.path.resolve()))
    pointer.replace(home.export)
    sync(home.path)
    old = sorted(home.exports.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    for outdated in old[:-KEPT]:
        shutil.rmtree(outdated, ignore_errors=True)


def _folders(home: Home, db: duckdb.DuckDBPyConnection) -> tuple[Path, Path]:
    """Where the files of the newest run belong: a published warehouse holds the run that published it.

    The second is for the export that takes the place of a damaged one, to which the link leads until it is written.
    """
    [(run_id,)] = db.execute("SELECT run_id FROM runs ORDER BY ended_at DESC, run_id LIMIT 1").fetchall()
    exports = home.exports.resolve()
    return exports / str(run_id), exports / f"{run_id}-again"


def _is_current(home: Home, folders: tuple[Path, Path]) -> bool:
    last = home.export.resolve()
    if last not in folders or not last.is_dir():
        return False
    named = exported(last)
    return bool(named) and _whole(last).keys() == named.keys()


def _whole(last: Path) -> dict[str, Path]:
    """The files of the last export, by their paths within it, that have the size that its manifest says."""
    found = {name: (last / name, size) for name, (size, _) in exported(last).items()}
    return {name: path for name, (path, size) in found.items() if path.is_file() and path.stat().st_size == size}


def _files(
    db: duckdb.DuckDBPyConnection, table: Table, folder: Path, earlier: dict[str, Path]
) -> tuple[list[Path], list[Missing]]:
    """The paths of a table's files within the folder, and those of them that no earlier file holds."""
    whole = Path(f"{table.name}.parquet")
    shelves = db.execute(
        "SELECT shelf, run_id FROM internal.shelved WHERE name = ? ORDER BY 1", [table.name]
    ).fetchall()
    if len(shelves) <= IN_ONE_FILE:
        return [whole], [Missing(table, folder / whole)]
    (folder / whole).mkdir()
    paths = {shelf: whole / f"{shelf:05}-{run_id}.parquet" for shelf, run_id in shelves}
    lacking = {n: folder / path for n, path in paths.items() if not _link(earlier.get(path.as_posix()), folder / path)}
    return list(paths.values()), list(_stretches(db, table, lacking))


def _link(earlier: Path | None, path: Path) -> bool:
    """Have a file of the last export stand in the new one, too; whether that was done."""
    if earlier is None:
        return False
    try:
        path.hardlink_to(earlier)
    except OSError:
        return False
    return True


def _stretches(db: duckdb.DuckDBPyConnection, table: Table, paths: dict[int, Path]) -> Iterator[Missing]:
    """The files of shelves, each from the stretch of the table that holds it: what is sorted fits into memory."""
    if not paths:
        return
    stretches = db.execute(
        f"SELECT shelf, coalesce(min(t.rowid), 0), coalesce(max(t.rowid), -1)"
        f" FROM internal.shelves LEFT JOIN {table.name} t USING (document_id)"
        f" WHERE shelf IN ({', '.join(map(str, paths))}) GROUP BY shelf"
    ).fetchall()
    for shelf, first, last in stretches:
        documents = f"SELECT document_id FROM internal.shelves WHERE shelf = {shelf}"
        where = f"rowid BETWEEN {first} AND {last} AND document_id IN ({documents})"
        yield Missing(table, paths[shelf], where)


def _write(db: duckdb.DuckDBPyConnection, missing: list[Missing]) -> None:
    """Write files, some at a time: to sort and to compress so few rows takes one core."""

    def write(file: Missing) -> None:
        with db.cursor() as cursor:
            write_parquet(cursor, *file)

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        list(pool.map(write, missing))


def _writer(table: Table, path: Path) -> pq.ParquetWriter:
    order = pq.SortingColumn.from_ordering(table.arrow, [(name, "ascending") for name in table.sort], "at_end")
    return pq.ParquetWriter(path, table.arrow, compression="zstd", sorting_columns=order, write_page_index=True)


def write_parquet(db: duckdb.DuckDBPyConnection, table: Table, path: Path, where: str = "true") -> None:
    """Write a table's rows, sorted, so that the statistics of row groups and pages tell what a reader may skip."""
    query = f"SELECT {', '.join(table.names)} FROM {table.name} WHERE {where} ORDER BY {', '.join(table.sort)}"
    with _writer(table, path) as file:
        for batch in db.sql(query).to_arrow_reader(ROWS):
            file.write_table(pa.Table.from_batches([batch]).cast(table.arrow))
