"""What goes with exported files: a Frictionless data package, the dictionary, and a manifest of hashes.

The manifest (`manifest.csv`: kind, path, bytes, sha256) names every exported file, and every document of the raw store
that the rows were made from; a document's id is the hash of its bytes.
"""

from __future__ import annotations

import csv
import hashlib
import json
from itertools import takewhile
from pathlib import Path
from typing import Any

import duckdb

from warehouse.dictionary import dictionary
from warehouse.home import raw_path
from warehouse.schema import Column, Table

MANIFEST = "manifest.csv"
_TYPES = {
    "string": "string",
    "int": "integer",
    "bigint": "integer",
    "double": "number",
    "bool": "boolean",
    "date": "date",
    "timestamp": "datetime",
}


def describe(
    db: duckdb.DuckDBPyConnection, folder: Path, files: dict[Table, list[Path]], form: str, last: Path | None = None
) -> None:
    """Write the package, the dictionary and the manifest beside the files of each table (paths within `folder`).

    A file that stands in the `last` folder, too, keeps the hash that it had when it was written.
    """
    package = {
        "profile": "data-package",
        "name": "gongkai",
        "title": "China's government information disclosure annual reports 政府信息公开工作年度报告",
        "resources": [_resource(table, paths, form) for table, paths in files.items()],
    }
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "dictionary.md").write_text(dictionary(), "utf-8")
    _write_manifest(db, folder, _hashes(folder, last) if last else {})


def _resource(table: Table, paths: list[Path], form: str) -> dict[str, Any]:
    names = [path.as_posix() for path in paths]
    schema: dict[str, Any] = {"fields": [_field(column, form) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    resource = {
        "name": table.name,
        "path": names[0] if len(names) == 1 else names,
        "description": f"{table.en} {table.zh}",
        "format": form,
        "mediatype": {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}[form],
        "schema": schema,
    }
    return resource | ({"encoding": "utf-8-sig", "profile": "tabular-data-resource"} if form == "csv" else {})


def _field(column: Column, form: str) -> dict[str, Any]:
    """A field; of a text in CSV nobody can require that it is there, since there an empty one is none."""
    required = not column.nullable and (form != "csv" or column.type != "string")
    constraints: dict[str, Any] = {"required": True} if required else {}
    if column.values:
        constraints["enum"] = list(column.values)
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "title": column.zh}
    field |= {"description": f"{column.en} · {column.zh}"}
    return (
        field | ({"constraints": constraints} if constraints else {}) | ({"unit": column.unit} if column.unit else {})
    )


def digest(path: Path) -> str:
    """The SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def exported(folder: Path) -> dict[str, tuple[int, str]]:
    """Size and hash, by path, of the files that a folder's manifest names; nothing where it is missing or damaged."""
    try:
        with (folder / MANIFEST).open(encoding="utf-8", newline="") as file:
            rows = list(takewhile(lambda row: row["kind"] == "export", csv.DictReader(file)))  # they come first
        return {row["path"]: (int(row["bytes"]), row["sha256"]) for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _hashes(folder: Path, last: Path) -> dict[str, str]:
    """The hashes, by path, of the files that are one file with that of the last folder."""
    known = exported(last)
    shared = (path for path in known if (last / path).exists() and (folder / path).exists())
    return {path: known[path][1] for path in shared if (last / path).samefile(folder / path)}


def _write_manifest(db: duckdb.DuckDBPyConnection, folder: Path, known: dict[str, str]) -> None:
    exported = sorted(path for path in folder.rglob("*") if path.is_file())
    raw = db.execute("SELECT document_id, max(byte_count) FROM fetches GROUP BY document_id ORDER BY document_id")
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["kind", "path", "bytes", "sha256"])
        for path in exported:
            name = path.relative_to(folder).as_posix()
            writer.writerow(["export", name, path.stat().st_size, known.get(name) or digest(path)])
        for document_id, byte_count in raw.fetchall():
            writer.writerow(["raw", raw_path(Path("raw"), document_id).as_posix(), byte_count, document_id])
