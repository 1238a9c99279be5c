"""What a run changes in documents, reports, facts and checks, with its cause; and what stood there before.

`remember` looks before the change, `record` after it: rows are told apart by their keys, and held against each other by
a hash of their content. Nothing is kept that the run cannot touch, so that the cost follows the change.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from warehouse.made import MadeBy, difference, recorded
from warehouse.schema import script, tables

_REPORTS = "report_id IN (SELECT report_id FROM affected)"
_HELD = "report_id IN (SELECT report_id FROM held_again)"
_KNOWN = "document_id IN (SELECT document_id FROM known_documents)"
_TURNED = (
    f"{_REPORTS} AND fact_id IN (SELECT fact_id FROM turned WHERE document_id NOT IN (SELECT document_id FROM changed))"
)
TOUCHED = {  # by table: the rows of before that a run may touch; the report of a changed document is an affected one
    "documents": _KNOWN,
    "reports": _REPORTS,
    "checks": _REPORTS,
    "facts": _KNOWN,  # of other documents it may only turn whether one is primary: `remember_turned`
}
WITH_PAST = ("reports", "facts")  # each with a table `<name>_past`
KEYS = {"checks": ("report_id", "identity_id", "applicant_type")}  # not unique: what shares one is taken together
NO_CONTENT = ("run_id", "valid_from")


class CauseError(Exception):
    """A row changed and nothing that could have changed it did."""


def remember(db: duckdb.DuckDBPyConnection, made_by: MadeBy) -> bool:
    """Tables `was_<table>` of what stands there now; whether another version published it: then all is affected."""
    before = [row[0] for row in db.execute("SELECT fingerprint FROM w.internal.published").fetchall()]
    another_version = before != [made_by.publish.fingerprint]
    if another_version:
        db.execute(
            "INSERT INTO affected SELECT report_id FROM w.internal.reports EXCEPT SELECT report_id FROM affected"
        )
    db.execute(
        "CREATE TEMP TABLE known_documents AS SELECT document_id FROM w.main.documents"
        " WHERE document_id IN (SELECT document_id FROM changed)"
    )
    for name, touched in TOUCHED.items():
        db.execute(f"CREATE TEMP TABLE was_{name} AS {_look(name, touched)}")
    _causes(db, made_by, before)
    return another_version


def remember_turned(db: duckdb.DuckDBPyConnection) -> None:
    """What stands there of the facts in `turned` whose documents did not change."""
    db.execute(f"INSERT INTO was_facts {_look('facts', _TURNED)}")


def remember_neighbours(db: duckdb.DuckDBPyConnection) -> None:
    """What stands there of the reports in `held_again`, whose checks may change though they are not affected."""
    look = _look("checks", f"{_HELD} AND NOT {_REPORTS}")
    db.execute(f"INSERT INTO was_checks {look}")


def record(db: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Fill `changes`, the tables of the past and `valid_from`, in the open transaction. Raises CauseError."""
    db.execute("CREATE TEMP TABLE new_documents AS FROM changed EXCEPT FROM known_documents")
    db.execute(
        "CREATE TEMP TABLE new_reports AS SELECT report_id FROM affected EXCEPT SELECT report_id FROM was_reports"
    )
    old_only = {
        "checks": f"({_REPORTS} OR {_HELD}) AND report_id NOT IN (SELECT report_id FROM new_reports)",
    }
    for name, touched in TOUCHED.items():
        db.execute(f"CREATE TEMP TABLE now_{name} AS {_look(name, old_only.get(name, touched))}")
        if name == "documents":
            db.execute("INSERT INTO now_documents SELECT document_id, 0 FROM new_documents")
        if name == "facts":
            db.execute(f"INSERT INTO now_facts {_look('facts', _TURNED)}")
        db.execute(_compare(name))
    db.execute(script("history/changes"), [run_id])
    for name in WITH_PAST:
        _keep_past(db, name)
    unknown = db.execute("SELECT table_name, row_key FROM run_changes WHERE cause IS NULL LIMIT 1").fetchone()
    if unknown:
        raise CauseError(f"{unknown[0]} {unknown[1]} changed without a cause")
    db.execute("INSERT INTO w.main.changes BY NAME SELECT * FROM run_changes ORDER BY ALL")


def _key(name: str) -> tuple[str, ...]:
    return KEYS.get(name) or tables()[name].key


def _look(name: str, touched: str) -> str:
    """The query for the touched rows of a table with their content's hash: all of a row of which a past is kept, of
    others the key and whose they are."""
    content = ", ".join(column for column in tables()[name].names if column not in NO_CONTENT)
    if name in KEYS:
        keys = ", ".join(_key(name))
        return (
            f"SELECT {keys}, any_value(document_id) AS document_id, hash(list_sort(list(hash({content})))) AS content"
            f" FROM w.main.{name} WHERE {touched} GROUP BY {keys}"
        )
    kept = "*" if name in WITH_PAST else ", ".join(_key(name))
    return f"SELECT {kept}, hash({content}) AS content FROM w.main.{name} WHERE {touched}"


def _compare(name: str) -> str:
    """The statement that makes `diff_<table>`: the keys that differ, whose they are, and what is different.

    First the keys, then the whole rows of those that differ: a join of all rows with all their columns would be large.
    """
    keys = _key(name)
    owner = {key: f"coalesce(n.{key}, o.{key})" for key in ("report_id", "document_id")}
    if name == "documents":
        owner["report_id"] = "NULL::VARCHAR"
    what = "NULL::VARCHAR"
    if name in WITH_PAST:
        parts = [
            f"CASE WHEN o.{column} IS DISTINCT FROM n.{column} THEN '{column}: '"
            f" || coalesce(left(o.{column}::VARCHAR, 60), 'null')"
            f" || ' → ' || coalesce(left(n.{column}::VARCHAR, 60), 'null') END"
            for column in tables()[name].names
            if column not in (*NO_CONTENT, *keys)
        ]
        what = f"CASE WHEN d.change = 'changed' THEN concat_ws('; ', {', '.join(parts)}) END"
    rule = "coalesce(n.rule_id, o.rule_id)" if name == "facts" else "NULL::VARCHAR"
    return f"""
        CREATE TEMP TABLE diff_{name} AS
        WITH differing AS (
            SELECT
                {", ".join(f"coalesce(n.{key}, o.{key}) AS key_{key}" for key in keys)},
                CASE WHEN o.content IS NULL THEN 'added' WHEN n.content IS NULL THEN 'removed' ELSE 'changed' END
                    AS change
            FROM was_{name} o FULL JOIN now_{name} n USING ({", ".join(keys)})
            WHERE o.content IS DISTINCT FROM n.content
        )
        SELECT
            d.*,
            {owner["report_id"]} AS report_id,
            {owner["document_id"]} AS document_id,
            {what} AS what,
            {rule} AS rule_id
        FROM differing d
        LEFT JOIN was_{name} o ON {" AND ".join(f"o.{key} = d.key_{key}" for key in keys)}
        LEFT JOIN now_{name} n ON {" AND ".join(f"n.{key} = d.key_{key}" for key in keys)}
    """


def _keep_past(db: duckdb.DuckDBPyConnection, name: str) -> None:
    """What is no longer so moves to the past; what is as it was keeps its `valid_from`, what is not begins now."""
    [key] = _key(name)
    db.execute(
        f"INSERT INTO w.main.{name}_past BY NAME SELECT o.* EXCLUDE (content), getvariable('moment') AS valid_to"
        f" FROM was_{name} o JOIN diff_{name} d ON d.key_{key} = o.{key} WHERE d.change <> 'added' ORDER BY o.{key}"
    )
    db.execute(
        f"UPDATE w.main.{name} t SET valid_from = since.valid_from FROM ("
        f"SELECT {key}, o.valid_from FROM was_{name} o JOIN now_{name} n USING ({key}, content)"
        f" WHERE n.valid_from <> o.valid_from"
        f" UNION ALL "
        f"SELECT n.{key}, getvariable('moment') FROM diff_{name} d JOIN now_{name} n ON n.{key} = d.key_{key}"
        f" WHERE n.valid_from <> getvariable('moment')"
        f") since WHERE t.{key} = since.{key}"
    )


def _causes(db: duckdb.DuckDBPyConnection, made_by: MadeBy, published: list[str]) -> None:
    """Tables `causes` (by document), `report_causes` and `publish_cause`: why what the run touches may change."""
    known = recorded(db)
    pairs = db.execute(
        "SELECT DISTINCT m.document_id, m.clean, m.parse FROM w.internal.made m"
        " JOIN known_documents USING (document_id)"
    )
    before = {document_id: (clean, parse) for document_id, clean, parse in pairs.fetchall()}
    media = dict(
        db.execute(
            "SELECT document_id, CASE WHEN script IS NOT NULL THEN media_type END FROM staged_documents"
        ).fetchall()
    )
    rows: dict[str, list[str]] = {"document_id": [], "cause": [], "detail": []}
    found: dict[tuple[str, str, str], tuple[str, str]] = {}
    for (document_id,) in db.execute("SELECT document_id FROM known_documents").fetchall():
        cleaning = made_by.cleaning(media.get(document_id))
        clean, parse = before.get(document_id, ("", ""))
        pair = (clean, parse, cleaning.fingerprint)
        if pair not in found:
            old = {**known.get(clean, {}), **known.get(parse, {})} if clean else None
            found[pair] = difference(old, {**cleaning.ingredients, **made_by.parse.ingredients})
        for column, value in zip(rows.values(), (document_id, *found[pair]), strict=True):
            column.append(value)
    db.register("by_making", pa.table(rows, pa.schema([(name, pa.string()) for name in rows])))
    old = known.get(published[0]) if published else None
    db.execute(
        "CREATE TEMP TABLE publish_cause AS SELECT ?::VARCHAR AS cause, ?::VARCHAR AS detail",
        difference(old, made_by.publish.ingredients),
    )
    if published == [made_by.publish.fingerprint]:
        db.execute("DELETE FROM publish_cause")
    db.execute(script("history/causes"))
