from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

import warehouse.change
import warehouse.export
import warehouse.publish
from tasks.batches import Item
from tasks.model import Part, Quarantine
from tests.made import FETCHED, ask, home_in, item, parsed, publish_items, stage_items
from warehouse.export import KEPT, export, is_current
from warehouse.home import Home, HomeError
from warehouse.made import Made, MadeBy
from warehouse.package import MANIFEST
from warehouse.publish import DamagedError, publish, verify
from warehouse.runs import Run
from warehouse.schema import tables
from warehouse.shelves import SHELVED
from warehouse.verify import hold


def primary(home: Home) -> list[tuple[Any, ...]]:
    return ask(home, "SELECT indicator_id, value FROM facts WHERE is_primary ORDER BY ALL")


def test_counts_and_reasons_of_a_run(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    lost = [Quarantine(f"{n}.pdf", None, "fetch", "empty_file", f"nothing in {n}") for n in (2, 1)]
    published = publish_items(home, "run1", [item(parsed("a.txt", "r1", {"x": 5, "y": 7})), *map(item, lost)])
    assert published.counts == {
        "documents": 1, "reports": 1, "facts": 2, "facts_from_tables": 0, "facts_from_prose": 2, "checks_passed": 0,
        "checks_failed": 1, "quarantined": 2,
    }  # fmt: skip
    assert [(r.error_code, r.count, r.source_ref, r.message) for r in published.reasons] == [
        ("empty_file", 2, "1.pdf", "nothing in 1")
    ]
    assert ask(home, "SELECT run_id, documents, state FROM runs") == [("run1", 1, "Completed")]


def test_storage_is_what_older_readers_open(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    for run in ("run1", "run2"):
        publish_items(home, run, [item(parsed(run, "r1", {"x": 5}))])
        with duckdb.connect() as db:
            db.execute(f"ATTACH '{home.warehouse}' AS w (READ_ONLY)")
            assert "v1.2.0" in str(
                db.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'w'").fetchone()
            )


@pytest.mark.parametrize(
    ("other", "wins"),
    [
        ({"wording": "mirror"}, False),
        ({"url": "https://news.example.com/1.html"}, False),
        ({"published_on": date(2024, 3, 1), "url": "http://www.some.gov.cn/1.html", "wording": "mirror"}, True),
        ({"published_on": date(2024, 3, 1)}, True),
        ({"published_on": date(2024, 1, 1)}, False),
        ({"published_on": date(2024, 3, 1), "url": "https://gov.cn.example.com/"}, False),
    ],
)
def test_primary_document_is_official_then_later(tmp_path: Path, other: dict[str, Any], wins: bool) -> None:
    home = home_in(tmp_path)
    first = parsed("a.txt", "r1", {"x": 5, "only_a": 1}, date(2024, 2, 1))
    second = parsed("b.txt", "r1", {"x": 6, "only_b": 2}, **{"published_on": date(2024, 2, 1), **other})
    publish_items(home, "run1", [item(first)])
    publish_items(home, "run2", [item(second)])
    believed = second if wins else first
    assert ask(home, "SELECT document_id FROM reports") == [(believed.document.raw.document_id,)]
    assert ask(home, "SELECT DISTINCT document_id FROM checks") == [(believed.document.raw.document_id,)]
    # What the primary document does not state is taken from the other.
    assert primary(home) == [("only_a", 1), ("only_b", 2), ("x", 6 if wins else 5)]


def test_the_pages_of_a_cut_document_are_one_report(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    pages = [parsed("t1.html", "r1", {"x": 5, "y": 6}), parsed("t1_2.html", "r1", {"x": 9, "z": 7})]
    pages[1] = replace(
        pages[1],
        document=replace(pages[1].document, part=2),
        parts=(Part("r1", "requests", "present", "3"), Part("r1", "disputes", "missing", None)),
    )
    later = replace(item(pages[1]).sightings[0], fetched_at=FETCHED + timedelta(seconds=9))
    publish_items(home, "run1", [item(pages[0]), replace(item(pages[1]), sightings=(later,))])
    first, second = (page.document.raw.document_id for page in pages)
    assert ask(home, "SELECT report_id, document_id FROM reports") == [("r1", first)]
    assert primary(home) == [("x", 5), ("y", 6), ("z", 7)]
    assert ask(home, "SELECT document_id FROM facts WHERE indicator_id = 'z'") == [(second,)]
    assert ask(home, "SELECT part, status, section_no, document_id FROM parts ORDER BY part") == [
        ("disputes", "missing", None, second),
        ("requests", "present", "3", second),
    ]
    assert ask(home, "SELECT page FROM documents ORDER BY source_ref") == [(None,), (2,)]


def test_superseded_document_is_kept_and_states_nothing_primary(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(parsed("a.txt", "r1", {"x": 5, "withdrawn": 1}))])
    publish_items(home, "run2", [item(parsed("a.txt", "r1", {"x": 6}), "state2")])
    assert primary(home) == [("x", 6)]
    assert ask(home, "SELECT count(*) FROM documents") == [(2,)]
    assert ask(home, "SELECT count(*) FROM facts WHERE is_document_primary") == [(3,)]


def test_rows_keep_the_run_that_first_wrote_them(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    same, other = parsed("a.txt", "r1", {"x": 5}), parsed("b.txt", "r2", {"x": 5})
    lost = Quarantine("c.pdf", None, "fetch", "empty_file", "nothing")
    publish_items(home, "run1", [item(same), item(lost)])
    publish_items(home, "run2", [item(same), item(lost), item(other)])
    for table in ("documents", "reports", "facts", "fetches"):
        assert ask(home, f"SELECT run_id, count(*) FROM {table} GROUP BY 1 ORDER BY 1") == [("run1", 1), ("run2", 1)]
    assert ask(home, "SELECT run_id FROM quarantine") == [("run1",)]


def test_quarantine_goes_when_the_address_gives_something(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(Quarantine("a.txt", None, "fetch", "empty_file", "nothing"))])
    publish_items(home, "run2", [item(parsed("a.txt", "r1", {"x": 5}))])
    assert ask(home, "SELECT * FROM quarantine") == []


def test_same_rows_whatever_the_batches_and_the_order(tmp_path: Path) -> None:
    items = [item(parsed(f"{n}.txt", f"r{n % 4}", {"x": n, f"y{n}": n}, date(2024, 1, 1 + n % 3))) for n in range(12)]

    def rows(name: str, order: list[Item], batch_size: int) -> dict[str, list[tuple[Any, ...]]]:
        home = Home(tmp_path / name)
        publish_items(home, "run", order, batch_size)
        columns = "* EXCLUDE (valid_from)"
        return {
            name: ask(home, f"SELECT {columns if 'valid_from' in table.names else '*'} FROM {name} ORDER BY ALL")
            for name, table in tables().items()
            if name != "runs"
        }

    assert rows("one", items, 100) == rows("other", items[::-1], 5)


def test_reader_of_the_old_file_reads_on(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(parsed("a.txt", "r1", {"x": 5}))])
    with duckdb.connect(str(home.warehouse), read_only=True) as reader:
        publish_items(home, "run2", [item(parsed("b.txt", "r2", {"x": 5}))])
        assert reader.execute("SELECT count(*), min(length(source_text)) > 0 FROM documents").fetchall() == [(1, True)]
    assert ask(home, "SELECT count(*) FROM documents") == [(2,)]


def test_what_is_published_and_exported_need_not_fit_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = "".join(map(chr, Random(1).choices(range(0x4E00, 0x8000), k=40_000)))
    items = []
    for number in range(10_000):
        made = parsed(f"{number}.txt", f"r{number}", {"x": number})
        text = made.document.text + letters[number : number + 2_500]
        document = replace(made.document, source_text=text, text=text)
        items.append(item(replace(made, document=document)))
    for module in (warehouse.change, warehouse.publish, warehouse.export):
        monkeypatch.setattr(module, "MEMORY_LIMIT", "110MB")  # the texts take 150
    home = home_in(tmp_path)
    publish_items(home, "run1", items, 250)
    export(home)
    assert ask(home, "SELECT count(*), count(DISTINCT source_text) FROM documents") == [(10_000, 10_000)]
    assert pq.ParquetDataset(home.export / "documents.parquet").read(["document_id"]).num_rows == 10_000


def written(home: Home) -> tuple[dict[str, int], list[str]]:
    """What verify takes: the rows of each table, and the documents."""
    rows = {name: ask(home, f"SELECT count(*) FROM {name}")[0][0] for name in tables()}
    return rows, [row[0] for row in ask(home, "SELECT document_id FROM documents")]


def test_verify_sees_lost_rows_and_an_open_log(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(parsed("a.txt", "r1", {"x": 5}))])
    rows, documents = written(home)
    verify(home.warehouse, rows, documents)
    with pytest.raises(DamagedError, match="facts holds 1 rows, 2 were written"):
        verify(home.warehouse, {**rows, "facts": 2}, documents)
    Path(f"{home.warehouse}.wal").touch()
    with pytest.raises(DamagedError, match="outstanding"):
        verify(home.warehouse, rows, documents)


@pytest.mark.parametrize("at_a_time", [1, 20_000])
def test_verify_sees_a_key_that_is_there_twice(tmp_path: Path, at_a_time: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warehouse.publish, "KEYS", at_a_time)
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(parsed("a.txt", "r1", {"x": 5, "y": 6}))])
    with duckdb.connect(str(home.warehouse)) as db:
        db.execute("INSERT INTO facts FROM facts")
    rows, documents = written(home)
    with pytest.raises(DamagedError, match=r"facts: 2 keys \(fact_id\) are there more than once"):
        verify(home.warehouse, rows, documents)


def test_warehouse_of_another_version_is_refused(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [])
    with duckdb.connect(str(home.warehouse)) as db:
        db.execute("ALTER TABLE facts ADD COLUMN more VARCHAR")
    with pytest.raises(HomeError, match="another version"):
        publish_items(home, "run2", [])


def test_export_is_every_public_table_with_its_descriptions(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    for number in range(KEPT + 2):
        publish_items(home, f"run{number}", [item(parsed(f"{number}.txt", f"r{number}", {"x": 5}))])
        export(home)
    assert len(list(home.exports.iterdir())) == KEPT
    for name, table in tables().items():
        read = pq.read_table(home.export / f"{name}.parquet")
        assert read.schema.equals(table.arrow, check_metadata=False)
        assert read.schema.field(0).metadata[b"description"].decode() == table.columns[0].en
        assert read.num_rows == ask(home, f"SELECT count(*) FROM {name}")[0][0]


def test_only_what_changed_is_exported_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.export.IN_ONE_FILE", 1)
    monkeypatch.setattr("warehouse.shelves.DOCUMENTS", 2)
    home = home_in(tmp_path)

    def files(name: str) -> dict[str, int]:
        return {path.name: path.stat().st_ino for path in (home.export / f"{name}.parquet").iterdir()}

    first = [parsed(f"{n}.txt", f"r{n}", {"x": n}) for n in range(5)]
    publish_items(home, "run1", [item(each) for each in first])
    export(home)
    before = {name: files(name) for name in SHELVED}
    revised = parsed("revised.txt", "r0", {"x": 9}, published_on=date(2024, 5, 1))
    publish_items(home, "run2", [item(revised)])
    export(home)
    after = {name: files(name) for name in SHELVED}
    kept = {name: before[name].items() & after[name].items() for name in SHELVED}
    assert {name: len(kept[name]) for name in SHELVED} == dict.fromkeys(SHELVED, 2) | {
        "facts": 1
    }  # r0 has another value
    for name in SHELVED:
        assert len(after[name]) == 3
        exported = pq.read_table(home.export / f"{name}.parquet")
        assert exported.schema.equals(tables()[name].arrow, check_metadata=False)
        rows = ask(home, f"FROM {name} ORDER BY ALL")
        assert duckdb.execute("FROM exported ORDER BY ALL").fetchall() == rows


def test_another_version_cuts_all_shelves_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_in(tmp_path)
    monkeypatch.setattr("warehouse.export.IN_ONE_FILE", 1)
    monkeypatch.setattr("warehouse.shelves.DOCUMENTS", 3)
    publish_items(home, "run1", [item(parsed(f"{n}.txt", f"r{n}", {"x": n})) for n in range(5)])
    export(home)
    assert len(list((home.export / "facts.parquet").iterdir())) == 2
    monkeypatch.setattr("warehouse.shelves.DOCUMENTS", 2)
    stage_items(home, "run2", [item(parsed("5.txt", "r5", {"x": 5}))])
    another = MadeBy(publish=Made({"primary.sql": "2"}))
    publish(home, Run("run2", "nightly", datetime.now(UTC), "2", another), home.staging("run2"))
    export(home)
    names = [path.name for path in sorted((home.export / "facts.parquet").iterdir())]
    assert names == [f"0000{shelf}-run2.parquet" for shelf in range(3)]
    rows = pq.read_table(home.export / "facts.parquet", columns=["value"])["value"].to_pylist()
    assert sorted(rows) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("later", [True, False])
@pytest.mark.parametrize("harm", ["gone", "longer", "unlisted"])
def test_a_file_that_is_not_as_it_was_written_is_exported_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str, later: bool
) -> None:
    """By the export of a later run, and by another one of the same run."""
    monkeypatch.setattr("warehouse.export.IN_ONE_FILE", 1)
    monkeypatch.setattr("warehouse.shelves.DOCUMENTS", 2)
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(parsed(f"{n}.txt", f"r{n}", {"x": n})) for n in range(4)])
    export(home)
    name = "facts.parquet/00000-run1.parquet"
    if harm == "gone":
        (home.export / name).unlink()
    elif harm == "longer":
        with (home.export / name).open("ab") as file:
            file.write(b"more")
    else:
        (home.export / MANIFEST).unlink()
    assert not is_current(home)
    if later:
        publish_items(home, "run2", [item(parsed("5.txt", "r5", {"x": 5}))])
    export(home)
    assert is_current(home)
    assert pq.read_table(home.export / "facts.parquet").num_rows == (5 if later else 4)
    assert hold(home, home.export).broken_files == ()


def test_while_a_damaged_export_is_written_anew_its_link_leads_somewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(parsed("a.txt", "r1", {"x": 1}))])
    export(home)
    seen = []

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            done = real(*arguments, **options)
            seen.append((home.export / "datapackage.json").is_file())
            return done

        return step

    for owner, name in ((shutil, "rmtree"), (Path, "replace"), (Path, "unlink")):
        monkeypatch.setattr(owner, name, watched(getattr(owner, name)))
    for _ in range(3):
        (home.export / MANIFEST).write_text("")
        export(home)
        assert is_current(home)
        assert len(list(home.exports.iterdir())) <= KEPT
    assert len(seen) >= 12
    assert all(seen)


def test_home_is_for_one_run_at_a_time(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    home.make()
    with home.locked(), pytest.raises(HomeError, match="another run"), home.locked():
        pass
    with home.locked():
        pass
