"""What a batch of rows must be before it is loaded, as the schema declares it."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.schema import Table


class ContractError(ValueError):
    """A batch of rows is not what the schema says. The message names the table, the column and what was found."""


def check(table: Table, rows: pa.Table) -> pa.Table:
    """The staged rows, with the schema's metadata; raises ContractError where they break the contract."""
    if rows.schema.names != table.staged_arrow.names:
        raise ContractError(f"{table.name}: columns {rows.schema.names}, expected {table.staged_arrow.names}")
    for column in table.staged:
        values = rows[column.name]
        if values.type != column.field.type:
            raise ContractError(f"{table.name}.{column.name}: type {values.type}, expected {column.field.type}")
        if not column.nullable and values.null_count:
            raise ContractError(f"{table.name}.{column.name}: {values.null_count} nulls where none may be")
        if column.values:
            strange = pc.unique(values).drop_null().to_pylist()
            if found := sorted(set(strange) - set(column.values)):
                raise ContractError(f"{table.name}.{column.name}: {found[0]!r} is none of {', '.join(column.values)}")
    if (key := table.staged_key) and rows.num_rows:
        repeated = rows.num_rows - rows.select(key).group_by(list(key)).aggregate([]).num_rows
        if repeated:
            raise ContractError(f"{table.name}: {repeated} rows repeat the key {', '.join(key)}")
    return rows.cast(table.staged_arrow)
