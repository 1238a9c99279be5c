"""`gongkai run` as a person calls it, on small folders."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.made import ROOT
from warehouse.home import Home
from warehouse.schema import tables

TEXT = "{body}2018年政府信息公开工作年度报告\n一、概述\n2018年，{body}主动公开政府信息{number}条。\n"
WHERE = ("东县", "西县", "南县", "北县", "中县")


def gongkai(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / ".venv/bin/gongkai", *arguments],
        capture_output=True, text=True, timeout=180, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def write(folder: Path, *bodies: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number, body in enumerate(bodies):
        (folder / f"{body}.txt").write_text(TEXT.format(body=f"{body}人民政府", number=100 + number), "utf-8")
    return folder


def ask(home: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as db:
        return db.execute(query).fetchall()


def children(pid: int) -> list[int]:
    listed = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*listed, *(grandchild for child in listed for grandchild in children(child))]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """An input folder, a home, and what the first run over it printed."""
    folder = tmp_path_factory.mktemp("first") / "input"
    home = folder.parent / "home"
    write(folder, *WHERE)
    (folder / "empty.txt").touch()
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 8)
    done = gongkai("run", "--input", folder, "--home", home)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return folder, home, done.stdout


@pytest.fixture
def copied(first: tuple[Path, Path, str], tmp_path: Path) -> tuple[Path, Path]:
    """A copy of that folder and of that home."""
    folder, home, _ = first
    shutil.copytree(folder, tmp_path / "input")
    shutil.copytree(home, tmp_path / "home", symlinks=True)
    return tmp_path / "input", tmp_path / "home"


def test_summary_says_what_was_done(first: tuple[Path, Path, str]) -> None:
    _, home, printed = first
    shown = dict(line.split(maxsplit=1) for line in printed.splitlines() if line[:1].strip())
    assert shown["documents"] == "6"
    assert shown["reports"] == "5"
    assert shown["facts"].startswith("5 (0 from tables, 5 from prose)")
    assert shown["quarantined"] == "2"
    assert "empty_file: empty.txt" in printed
    assert shown["warehouse"] == str(home / "warehouse.duckdb")
    assert f"gongkai sql --home {home}" in printed
    assert "Traceback" not in printed
    assert "Warning" not in printed


def test_what_lies_in_the_home(first: tuple[Path, Path, str]) -> None:
    _, home, _ = first
    assert ask(home, "SELECT count(*) FROM facts WHERE quote LIKE '%主动公开政府信息10_条%' AND is_primary") == [(5,)]
    assert {path.stem for path in (home / "export").glob("*.parquet")} == set(tables())
    for (document_id,) in ask(home, "SELECT document_id FROM documents"):
        assert (home / "raw" / document_id[:2] / document_id).stat().st_size > 0
    assert not (home / "scratch").exists()
    assert not list(home.glob("*.tmp*"))


def test_again_with_nothing_new_changes_nothing(copied: tuple[Path, Path]) -> None:
    folder, home = copied
    before = (home / "warehouse.duckdb").read_bytes()
    server_log = (home / "prefect" / "server.log").stat().st_mtime_ns
    done = gongkai("run", "--input", folder, "--home", home)
    assert done.returncode == 0
    assert "nothing new" in done.stdout
    assert (home / "prefect" / "server.log").stat().st_mtime_ns == server_log  # Prefect, the slow part, never started
    assert (home / "warehouse.duckdb").read_bytes() == before


def test_a_damaged_export_is_written_anew_where_nothing_is_new(copied: tuple[Path, Path]) -> None:
    folder, home = copied
    server_log = (home / "prefect" / "server.log").stat().st_mtime_ns
    whole = (home / "export" / "facts.parquet").read_bytes()
    shutil.rmtree(home / "exports")
    done = gongkai("run", "--input", folder, "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    assert "was damaged or behind: written anew" in done.stdout
    assert "nothing new" in done.stdout
    assert (home / "export" / "facts.parquet").read_bytes() == whole
    assert (home / "prefect" / "server.log").stat().st_mtime_ns == server_log


def test_same_rows_from_other_batches_and_workers(first: tuple[Path, Path, str], tmp_path: Path) -> None:
    folder, home, _ = first
    done = gongkai("run", "--input", folder, "--home", tmp_path, GONGKAI_BATCH_SIZE="2", GONGKAI_WORKERS="1")
    assert done.returncode == 0, done.stderr
    for name, table in tables().items():
        if name != "runs":
            columns = ", ".join(column for column in table.names if column not in ("run_id", "valid_from"))
            query = f"SELECT {columns} FROM {name} ORDER BY ALL"
            assert ask(home, query) == ask(tmp_path, query), name


def test_a_document_lost_from_the_raw_store_comes_back(copied: tuple[Path, Path]) -> None:
    """By the command that verify names; the answers stay the same."""
    folder, home = copied
    [(lost,)] = ask(home, "SELECT document_id FROM documents WHERE source_ref = '东县.txt'")
    [(damaged,)] = ask(home, "SELECT document_id FROM documents WHERE source_ref = '西县.txt'")
    raw = {name: home / "raw" / name[:2] / name for name in (lost, damaged)}
    whole = {name: path.read_bytes() for name, path in raw.items()}
    facts = ask(home, "SELECT * FROM facts ORDER BY ALL")
    raw[lost].unlink()
    raw[damaged].write_bytes(whole[damaged].replace(b"2018", b"2019"))
    done = gongkai("verify", "--home", home)
    assert done.returncode == 1
    assert f"raw/{lost[:2]}/{lost} is gone" in done.stdout
    assert "西县.txt" in done.stdout
    cure = done.stdout.splitlines()[-1].strip()
    assert cure == f"rm {raw[damaged]} && gongkai run --input DIR --home {home}"
    raw[damaged].unlink()
    done = gongkai("run", "--input", folder, "--home", home)
    assert done.returncode == 0, done.stderr
    assert {name: path.read_bytes() for name, path in raw.items()} == whole
    assert ask(home, "SELECT * FROM facts ORDER BY ALL") == facts
    assert gongkai("verify", "--home", home).returncode == 0


def test_a_run_killed_in_the_middle_loses_nothing(copied: tuple[Path, Path]) -> None:
    folder, home = copied
    write(folder, *WHERE, "新县")
    before = (home / "warehouse.duckdb").read_bytes()
    run = subprocess.Popen(
        [ROOT / ".venv/bin/gongkai", "run", "--input", folder, "--home", home],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(home.glob("scratch/*/work/clean/*")) and time.monotonic() < deadline:
        time.sleep(0.005)
    started = children(run.pid)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert len(started) >= 2
    assert (home / "warehouse.duckdb").read_bytes() == before
    while any(Path(f"/proc/{pid}").exists() for pid in started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]
    done = gongkai("run", "--input", folder, "--home", home)
    assert done.returncode == 0, done.stderr
    assert ask(home, "SELECT count(*) FROM reports") == [(6,)]
    assert not (home / "scratch").exists()


def test_no_worker_holds_memory_while_the_run_publishes(copied: tuple[Path, Path]) -> None:
    folder, home = copied
    write(folder, *WHERE, "新县")
    run = subprocess.Popen(
        [ROOT / ".venv/bin/gongkai", "run", "--input", folder, "--home", home], stdout=subprocess.DEVNULL
    )
    seen: list[list[str]] = []
    while run.poll() is None:
        if list(home.glob("warehouse-*.tmp")):
            commands = [Path(f"/proc/{pid}/cmdline").read_text() for pid in children(run.pid)]
            seen.append([command for command in commands if "tasks.worker" in command])
        time.sleep(0.005)
    assert run.returncode == 0
    assert seen
    assert not any(seen)


def test_an_interrupted_run_says_so_in_a_line(copied: tuple[Path, Path]) -> None:
    folder, home = copied
    write(folder, "新县")
    run = subprocess.Popen(
        [ROOT / ".venv/bin/gongkai", "run", "--input", folder, "--home", home],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert run.stdout is not None
    assert run.stdout.readline() == "starting Prefect …\n"
    time.sleep(1)
    started = children(run.pid)
    run.send_signal(signal.SIGINT)
    _, complaint = run.communicate(timeout=30)
    assert run.returncode == 1
    assert complaint == "gongkai: interrupted; the warehouse is as the last run left it\n"
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda folder, home: None, "does not exist"),
        (lambda folder, home: folder.mkdir(), "holds no files"),
        (lambda folder, home: (write(folder, "东县"), home.write_text("a file")), "is a file: --home names a folder"),
        (lambda folder, home: (write(folder, "东县"), (folder / "manifest.jsonl").write_text("?")), "line 1"),
        (
            lambda folder, home: (write(folder, "东县"), home.mkdir(), (home / "warehouse.duckdb").write_text("?")),
            "is no warehouse of gongkai",
        ),
    ],
)
def test_a_run_that_cannot_be_says_why_in_a_line(tmp_path: Path, make: Any, complaint: str) -> None:
    folder, home = tmp_path / "input", tmp_path / "home"
    make(folder, home)
    done = gongkai("run", "--input", folder, "--home", home)
    assert done.returncode == 1
    assert complaint in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_home_that_cannot_be_says_so_before_it_is_made(copied: tuple[Path, Path], tmp_path: Path) -> None:
    """An unset variable is not the folder that one is in; DuckDB cannot write beside a question mark."""
    folder, _ = copied
    for home, complaint in (("", "'--home': expected a path, found nothing"), (tmp_path / "a?b", "a question mark")):
        done = gongkai("run", "--input", folder, "--home", home)
        assert (done.returncode != 0, done.stderr.count("\n")) == (True, 1)
        assert complaint in done.stderr
    assert not (tmp_path / "a?b").exists()
    done = gongkai("run", "--input", "", "--home", tmp_path / "new")
    assert "'--input': expected a path, found nothing" in done.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("hold", [Home.locked, Home.serving], ids=["a flow", "Prefect's start"])
def test_a_home_in_use_says_so(copied: tuple[Path, Path], hold: Callable[[Home], AbstractContextManager[None]]) -> None:
    """While a flow is at work in it, and before, while another run has Prefect's server start."""
    folder, home = copied
    write(folder, "新县")
    with hold(Home(home)):
        done = gongkai("run", "--input", folder, "--home", home)
    assert done.returncode == 1
    assert f"another run (process {os.getpid()}) is at work" in done.stderr


def test_a_question_costs_neither_prefect_nor_the_pipeline(first: tuple[Path, Path, str]) -> None:
    """What Python loads for it: the rooms and Prefect take many times as long as the answer."""
    _, home, _ = first
    asked = gongkai("sql", "--home", home, "SELECT count(*) FROM reports", PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rpartition("|")[2].split(".")[0].strip() for line in asked.stderr.splitlines()}
    assert asked.returncode == 0
    assert {"duckdb", "warehouse", "flows"} <= loaded
    assert not loaded & {"prefect", "tasks", "lxml", "selectolax", "pypdfium2", "openpyxl", "httpx"}


def test_any_character_set_of_a_terminal_will_do(first: tuple[Path, Path, str]) -> None:
    """What it lacks is shown by its code; what goes to machines is UTF-8 all the same."""
    _, home, _ = first
    query = "SELECT publisher FROM reports WHERE publisher LIKE '东%'"
    table = gongkai("sql", "--home", home, query, PYTHONIOENCODING="ascii")
    assert (table.returncode, table.stderr) == (0, "")
    assert "\\u4e1c\\u53bf" in table.stdout
    for form in ("csv", "json"):
        told = gongkai("sql", "--home", home, "--format", form, query, PYTHONIOENCODING="ascii")
        assert "东县人民政府" in told.stdout
    wrong = gongkai("sql", "--home", home, "SELECT 东 FROM reports", PYTHONIOENCODING="ascii")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_reader_that_has_had_enough_is_no_failure(first: tuple[Path, Path, str], form: str) -> None:
    _, home, _ = first
    command = [str(ROOT / ".venv/bin/gongkai"), "sql", "--home", str(home), "--format", form, "FROM range(100_000)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        assert asked.stdout is not None
        assert asked.stderr is not None
        asked.stdout.readline()
        asked.stdout.close()
        assert asked.stderr.read() == b""
    assert asked.returncode == 0


def test_sql_and_trace_from_the_command_line(first: tuple[Path, Path, str]) -> None:
    _, home, _ = first
    [(fact_id, document_id)] = ask(home, "SELECT fact_id, document_id FROM facts ORDER BY ALL LIMIT 1")
    traced = gongkai("trace", fact_id, "--home", home)
    assert traced.returncode == 0
    assert document_id in traced.stdout
    assert "主动公开政府信息" in traced.stdout
    told = gongkai("sql", "--home", home, "--format", "csv", "SELECT count(*) AS n FROM reports")
    assert told.stdout == "n\n5\n"
    wrong = gongkai("sql", "--home", home, "SELECT nothing FROM reports")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)
