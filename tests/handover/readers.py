"""`make handover`: the readers that are too heavy for every test run read a home, and must agree with each other.

They run in an environment of their own, with what `requirements.txt` beside this lists. An older DuckDB opens the
database itself and every view of it, SQLAlchemy asks it through `duckdb_engine`, Spark reads the Parquet files by year,
Frictionless holds the CSV files against their data package.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
from frictionless import Package
from pyspark.sql import SparkSession
from sqlalchemy import create_engine, text

Answer = dict[str, float]  # by year: the sum of all primary values
QUERY = "SELECT year, sum(value) FROM facts JOIN reports USING (report_id) WHERE is_primary GROUP BY year"


def older_duckdb(home: Path) -> Answer:
    """The database under another name, every view read whole."""
    with duckdb.connect() as db:
        db.execute(f"ATTACH '{home / 'warehouse.duckdb'}' AS elsewhere (READ_ONLY)")
        views = db.execute("SELECT view_name FROM duckdb_views() WHERE database_name = 'elsewhere'").fetchall()
        for (view,) in views:
            db.execute(f"SELECT * FROM elsewhere.{view}").fetchall()
        print(f"  duckdb {duckdb.__version__} read {len(views)} views")
        query = QUERY.replace("FROM facts JOIN reports", "FROM elsewhere.facts JOIN elsewhere.reports")
        return {str(year): value for year, value in db.execute(query).fetchall()}


def sqlalchemy(home: Path) -> Answer:
    """The database through SQLAlchemy, as BI tools open it."""
    engine = create_engine(f"duckdb:///{home / 'warehouse.duckdb'}", connect_args={"read_only": True})
    with engine.connect() as connection:
        return {str(year): value for year, value in connection.execute(text(QUERY))}


def spark(home: Path) -> Answer:
    """The Parquet files by year."""
    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        facts = session.read.parquet(str(home / "handover" / "parquet" / "facts"))
        rows = facts.where("is_primary").groupBy("year").sum("value").collect()
        return {str(row[0]): row[1] for row in rows}
    finally:
        session.stop()


def frictionless(home: Path) -> Answer:
    """The CSV files, every cell of them against the package; then the same sum."""
    folder = home / "handover" / "csv"
    report = Package(str(folder / "datapackage.json")).validate()
    for problem in report.flatten(["rowNumber", "fieldName", "type", "message"])[:5]:
        print("  ", problem)
    if not report.valid:
        raise SystemExit("the CSV files are not what datapackage.json says")
    with duckdb.connect() as db:
        for name in ("facts", "reports"):
            db.execute(f"CREATE TABLE {name} AS FROM read_csv('{folder / name}.csv', header = true)")
        return {str(year): value for year, value in db.execute(QUERY).fetchall()}


def main() -> None:
    """Ask every reader; end with 1 where two disagree."""
    home = Path(sys.argv[1])
    answers: dict[str, Answer] = {}
    readers: list[Callable[[Path], Answer]] = [older_duckdb, sqlalchemy, spark, frictionless]
    for reader in readers:
        answers[reader.__name__] = {year: round(value, 3) for year, value in reader(home).items()}
        print(
            f"{reader.__name__}: {len(answers[reader.__name__])} years, {sum(answers[reader.__name__].values()):,.1f}"
        )
    if len({tuple(sorted(answer.items())) for answer in answers.values()}) != 1:
        raise SystemExit("the readers disagree")
    print("all agree")


if __name__ == "__main__":
    main()
