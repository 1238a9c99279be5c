"""What a query reads, as DuckDB itself parses it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb


def tables_read(db: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    """The names of the tables and views that a SELECT reads, without those that its WITH clauses define.

    Raises ValueError where DuckDB cannot parse it.
    """
    parsed = json.loads(db.execute("SELECT json_serialize_sql(?)", [query]).fetchall()[0][0])
    if parsed["error"]:
        raise ValueError(parsed["error_message"])
    return set(_names(parsed["statements"], frozenset()))


def _names(node: Any, defined: frozenset[str]) -> Iterator[str]:
    """The names below a node of the syntax tree, where `defined` names stand for subqueries."""
    if isinstance(node, list):
        for each in node:
            yield from _names(each, defined)
    elif isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and node["table_name"] not in defined:
            yield node["table_name"]
        within = defined
        for entry in node.get("cte_map", {}).get("map", ()):
            # One may read those before it, and itself only where it is recursive: else the table of its name.
            recursive = entry["value"]["query_node"]["type"] == "RECURSIVE_CTE_NODE"
            yield from _names(entry["value"], within | {entry["key"]} if recursive else within)
            within |= {entry["key"]}
        for key, value in node.items():
            if key != "cte_map":
                yield from _names(value, within)
