"""Opening the published warehouse, to read what this version's tables hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse.home import Home, HomeError
from warehouse.migrate import is_ours, refuse_newer, version


@contextmanager
def reading(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """The home's warehouse, to read. Raises HomeError where there is none, it is damaged, or of a later version."""
    if not home.warehouse.exists():
        raise HomeError(home.no_warehouse)
    try:
        with duckdb.connect(str(home.warehouse), read_only=True) as db:
            if not is_ours(db):
                raise HomeError(home.unusable)
            refuse_newer(version(db, home.warehouse.stem))
            yield db
    except duckdb.Error:
        raise HomeError(home.unusable) from None
