"""Shelves: so many documents each, in the order of their arrival, whose rows go into export files of their own.

A run notes which shelves it touched, table by table, so that the export writes those anew and keeps the files of all
others: what a night costs follows what it changed.
"""

from __future__ import annotations

import duckdb

# A shelf. A night touches as many shelves of facts as it revises old reports, wherever they stand: the fewer documents
# a shelf has, the less of what did not change is written again; the more files a reader opens.
DOCUMENTS = 250
SHELVED = ("cells", "documents", "facts", "numerals", "passages", "sections")  # the tables that grow with the documents

_PLACE = """
INSERT INTO w.internal.shelves
SELECT document_id, (row_number() OVER (ORDER BY rowid) - 1 + (SELECT count(*) FROM w.internal.shelves)) // $size
FROM w.main.documents
WHERE document_id NOT IN (SELECT document_id FROM w.internal.shelves)
"""
# A fact may change with another document of its report: whether it is primary.
_TOUCH = """
CREATE OR REPLACE TEMP TABLE touched AS
SELECT DISTINCT unnest($names) AS name, shelf FROM w.internal.shelves
WHERE $every OR document_id IN (SELECT document_id FROM changed)
UNION
SELECT 'facts', shelf FROM w.internal.shelves WHERE document_id IN (SELECT document_id FROM diff_facts)
"""


def record(db: duckdb.DuckDBPyConnection, run_id: str, every: bool) -> None:
    """Put new documents on shelves, and note what the run touched, after `history.record`; `every`: all, cut anew."""
    if every:
        db.execute("DELETE FROM w.internal.shelves")
        db.execute("DELETE FROM w.internal.shelved")
    db.execute(_PLACE, {"size": DOCUMENTS})
    db.execute(_TOUCH, {"names": list(SHELVED), "every": every})
    db.execute("DELETE FROM w.internal.shelved WHERE (name, shelf) IN (SELECT (name, shelf) FROM touched)")
    db.execute("INSERT INTO w.internal.shelved SELECT name, shelf, ? FROM touched ORDER BY ALL", [run_id])
