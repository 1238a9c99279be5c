from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from flows.verify import verify
from tests.made import ask, home_in
from tests.warehouse.worlds import publish, report
from warehouse.export import export
from warehouse.handover import BY_YEAR, MARK, hand_over
from warehouse.home import Home
from warehouse.package import digest
from warehouse.query import QueryError
from warehouse.schema import tables
from warehouse.verify import hold


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    reports = [
        report("池州市人民政府", year, {"request.received.new": year, "request.carried_out": 1}, text='甲，"乙"；\n丙')
        for year in (2021, 2022)
    ]
    unknown = report("池州市民政局", 2023, {"request.received.new": 3}, published_on=date(2024, 1, 2))
    return publish(home_in(tmp_path_factory.mktemp("handover")), *reports, unknown)


@pytest.fixture(scope="module")
def parquet(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet") / "out"
    hand_over(home, "parquet", folder)
    return folder


@pytest.fixture(scope="module")
def spreadsheets(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("csv") / "out"
    hand_over(home, "csv", folder)
    return folder


def test_every_row_is_in_the_parquet_files_once(home: Home, parquet: Path) -> None:
    for name in tables():
        path = parquet / name if name in BY_YEAR else parquet / f"{name}.parquet"
        assert ds.dataset(path, partitioning="hive").count_rows() == ask(home, f"SELECT count(*) FROM {name}")[0][0], (
            name
        )


def test_readers_agree_on_a_year(home: Home, parquet: Path) -> None:
    facts = parquet / "facts"
    expected = ask(home, "SELECT sum(value) FROM facts JOIN reports USING (report_id) WHERE year = 2022")[0][0]
    arrow = ds.dataset(facts, partitioning="hive").to_table(filter=ds.field("year") == 2022)
    pandas = pd.read_parquet(facts, filters=[("year", "==", 2022)])
    polars = pl.scan_parquet(facts / "**/*.parquet", hive_partitioning=True).filter(pl.col("year") == 2022)
    with duckdb.connect() as db:
        read = f"read_parquet('{facts}/*/*.parquet', hive_partitioning = true)"
        assert db.execute(f"SELECT sum(value) FROM {read} WHERE year = 2022").fetchall() == [(expected,)]
    assert sum(arrow["value"].to_pylist()) == expected
    assert pandas["value"].sum() == expected
    assert polars.collect()["value"].sum() == expected


def test_pandas_reads_a_folder_whole_where_every_report_has_its_year(home: Home, parquet: Path) -> None:
    for name in BY_YEAR:
        assert len(pd.read_parquet(parquet / name)) == ask(home, f"SELECT count(*) FROM {name}")[0][0]


def test_rows_without_a_year_have_a_folder_of_their_own(tmp_path: Path) -> None:
    home = publish(
        home_in(tmp_path), *(report("池州市人民政府", year, {"litigation.total": year}) for year in (2020, 2021))
    )
    with duckdb.connect(str(home.warehouse)) as db:
        db.execute("UPDATE internal.reports SET year = NULL WHERE year = 2021")
    hand_over(home, "parquet", tmp_path / "out")
    facts = tmp_path / "out" / "facts"
    assert pq.read_metadata(facts / "year=__HIVE_DEFAULT_PARTITION__" / "rows.parquet").num_rows == 1
    assert len(pd.read_parquet(facts, columns=["fact_id", "value"])) == 2
    assert len(pd.read_parquet(facts, filters=[("year", "==", 2020)])) == 1


def test_spreadsheets_see_utf8_and_every_cell(home: Home, spreadsheets: Path) -> None:
    for name, table in tables().items():
        path = spreadsheets / f"{name}.csv"
        assert path.read_bytes().startswith(MARK)
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == list(table.names)
        assert len(rows) - 1 == ask(home, f"SELECT count(*) FROM {name}")[0][0]
    frame = pd.read_csv(spreadsheets / "documents.csv", encoding="utf-8-sig", parse_dates=["fetched_at"])
    texts = {row[0] for row in ask(home, "SELECT source_text FROM documents")}
    assert set(frame["source_text"]) == texts
    assert set(pl.read_csv(spreadsheets / "documents.csv")["source_text"]) == texts
    assert str(frame["fetched_at"][0]) == "2024-04-01 08:00:00+00:00"


@pytest.mark.parametrize("form", ["parquet", "spreadsheets"])
def test_the_data_package_describes_the_files_that_are_there(form: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(form)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    described: set[str] = set()
    for resource in package["resources"]:
        table = tables()[resource["name"]]
        described |= {resource["path"]} if isinstance(resource["path"], str) else set(resource["path"])
        assert [field["name"] for field in resource["schema"]["fields"]] == list(table.names)
        assert resource["schema"].get("primaryKey", []) == list(table.key)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in (".csv", ".parquet")}
    assert described == there - {"manifest.csv"}
    assert (folder / "dictionary.md").exists()


def test_what_lies_beside_the_published_parquet_files(home: Home) -> None:
    export(home)
    assert {path.stem for path in home.export.glob("*.parquet")} == tables().keys()
    assert hold(home, home.export).files == len(tables()) + 2
    facts = pq.ParquetFile(home.export / "facts.parquet")
    group = facts.metadata.row_group(0)
    assert group.column(0).compression == "ZSTD"
    column = facts.schema_arrow.get_field_index("indicator_id")
    assert group.column(column).statistics.has_min_max
    ids = facts.read(["indicator_id"])["indicator_id"].to_pylist()
    assert ids == sorted(ids)


def test_a_changed_or_missing_file_is_found(home: Home, parquet: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(parquet, tmp_path / "copy")
    lost, changed = folder / "reports.parquet", folder / "bodies.parquet"
    lost.unlink()
    content = bytearray(changed.read_bytes())
    content[100] ^= 1
    changed.write_bytes(content)
    wrong = [each.said for each in hold(home, folder).broken_files]
    assert wrong == ["bodies.parquet is not what was written: its hash is another", "reports.parquet is gone"]
    assert len(digest(changed)) == 64


def test_a_folder_with_other_files_is_left_alone(home: Home, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(QueryError, match="other files"):
        hand_over(home, "csv", tmp_path)
    with pytest.raises(QueryError, match="expected csv or parquet"):
        hand_over(home, "xls", tmp_path / "new")


def test_what_somebody_added_to_an_export_is_not_lost(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    hand_over(home, "csv", folder)
    hand_over(home, "csv", folder)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(QueryError, match="other files"):
        hand_over(home, "csv", folder)
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "datapackage.json").write_text("{}")  # a data package of somebody else
    with pytest.raises(QueryError, match="other files"):
        hand_over(home, "csv", tmp_path / "package")
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_folder_that_has_another_use_is_refused(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(home)
    for folder in (home.export, home.export.resolve(), home.exports / "mine"):
        with pytest.raises(QueryError, match="each run writes"):
            hand_over(home, "parquet", folder)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryError, match="the folder that you are in"):
        hand_over(home, "csv", Path())
    assert list(home.path.glob("*.tmp")) == []


def test_verify_reads_documents_again(samples_home: Path, tmp_path: Path) -> None:
    home = Home(shutil.copytree(samples_home, tmp_path / "home", symlinks=True))
    whole = verify(home, home.export, 100)
    assert (whole.wrong, whole.cures) == ((), {})
    assert "facts      3," in whole.seen[2]
    documents = "SELECT document_id, source_ref FROM documents WHERE document_id IN (SELECT document_id FROM facts)"
    (document_id, source_ref), (changed, _) = ask(home, f"{documents} ORDER BY 1 LIMIT 2")
    (home.raw / document_id[:2] / document_id).unlink()
    with duckdb.connect(str(home.warehouse)) as db:
        db.execute("UPDATE facts SET value = value + 1 WHERE document_id = ? AND value = 0", [changed])
    lost, other = verify(home, home.export, 100).wrong
    assert lost == f"raw/{document_id[:2]}/{document_id} is gone ({source_ref})"
    assert changed[:12] in other
    assert "of its facts" in other


def test_verify_finds_a_changed_document_that_is_not_in_its_sample(samples_home: Path, tmp_path: Path) -> None:
    """Of the same size, so that only its hash tells; nothing else is wrong with the home."""
    home = Home(shutil.copytree(samples_home, tmp_path / "home", symlinks=True))
    [(last, source_ref)] = ask(home, "SELECT document_id, source_ref FROM documents ORDER BY 1 DESC LIMIT 1")
    raw = home.raw / last[:2] / last
    content = bytearray(raw.read_bytes())
    content[-1] ^= 1
    raw.write_bytes(content)
    found = verify(home, home.export, 1)
    said = "is not what was written: its hash is another"
    assert found.wrong == (f"raw/{last[:2]}/{last} {said} ({source_ref})",)
    assert "1 of them read again" in found.seen[1]
    assert f"rm {raw} && gongkai run" in next(iter(found.cures.values()))
