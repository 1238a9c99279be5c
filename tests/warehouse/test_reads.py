from __future__ import annotations

import duckdb
import pytest

from warehouse.reads import tables_read


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT 1", set()),
        ("FROM a", {"a"}),
        ("SELECT * FROM a JOIN b USING (x), (SELECT * FROM c) LEFT JOIN d ON true", {"a", "b", "c", "d"}),
        ("SELECT (SELECT max(x) FROM a) FROM b WHERE x IN (FROM c) OR EXISTS (FROM main.d)", {"a", "b", "c", "d"}),
        ("FROM a UNION ALL BY NAME FROM b EXCEPT FROM c", {"a", "b", "c"}),
        ("SELECT 'FROM a', from_b FROM b -- FROM c", {"b"}),
        ("WITH a AS (FROM b) FROM a", {"b"}),
        ("WITH a AS (FROM b), c AS (FROM a JOIN d USING (x)) FROM c", {"b", "d"}),
        ("WITH a AS (FROM a) FROM a", {"a"}),
        ("WITH a AS (FROM b), b AS (FROM c) FROM a JOIN b USING (x)", {"b", "c"}),
        ("WITH RECURSIVE a AS (SELECT x FROM b UNION ALL SELECT x + 1 FROM a WHERE x < 9) FROM a", {"b"}),
        ("SELECT * FROM (WITH a AS (FROM b) FROM a) JOIN a USING (x)", {"a", "b"}),
        ("FROM range(3) JOIN a ON true", {"a"}),
        ("FROM a SELECT x, lag(x) OVER (ORDER BY (SELECT y FROM b)) GROUP BY (SELECT z FROM c)", {"a", "b", "c"}),
    ],
)
def test_tables_that_a_query_reads(query: str, names: set[str]) -> None:
    assert tables_read(duckdb.connect(), query) == names


def test_what_is_no_query_is_an_error() -> None:
    with pytest.raises(ValueError, match="syntax error"):
        tables_read(duckdb.connect(), "FROM FROM")
