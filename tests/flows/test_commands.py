"""What a person types, over the samples' home."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from flows.cli import app, main
from tests.made import ROOT, ask, home_in, item, parsed, publish_items
from warehouse.home import Home

RULES = ROOT / "tasks" / "parse" / "rules"


def gongkai(*words: str | int | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_search_shows_the_hits(samples_home: Path) -> None:
    done = gongkai("search", "查阅点", "--home", samples_home, "--limit", 2)
    assert done.exit_code == 0
    assert len(done.output.splitlines()) == 6
    assert "【查阅点】" in done.output
    assert "no report" in gongkai("search", "查阅点", "没有这个词", "--home", samples_home).output


def test_search_by_words_in_traditional_characters(samples_home: Path) -> None:
    found = gongkai("search", "查閱點", "培訓", "--home", samples_home)
    assert "【查阅点】" in found.output
    assert found.output == gongkai("search", "查阅点", "培训", "--home", samples_home).output


def test_search_without_a_word_or_a_home_says_so(samples_home: Path, tmp_path: Path) -> None:
    assert gongkai("search", "。", "--home", samples_home).exit_code == 1
    assert gongkai("search", "查阅点", "--home", tmp_path).exit_code == 1


def test_export_and_verify(samples_home: Path, tmp_path: Path) -> None:
    home, folder = shutil.copytree(samples_home, tmp_path / "home", symlinks=True), tmp_path / "out"
    done = gongkai("export", "--home", home, "--format", "csv", "--to", folder)
    assert (done.exit_code, "manifest.csv" in done.output) == (0, True)
    done = gongkai("verify", "--home", home, "--export", folder, "--sample", 3)
    assert (done.exit_code, "all as written" in done.output) == (0, True)
    (folder / "facts.csv").write_text("", "utf-8")
    done = gongkai("verify", "--home", home, "--export", folder, "--sample", 1)
    assert (done.exit_code, "facts.csv has 0 bytes" in done.output) == (1, True)
    assert follow(cure(done.output)) == 0
    assert gongkai("verify", "--home", home, "--export", folder, "--sample", 1).exit_code == 0
    assert gongkai("export", "--home", home, "--format", "xls").exit_code == 1


def cure(output: str) -> str:
    """The command that verify names."""
    return output.split("written anew:\n", 1)[1].splitlines()[0].strip()


def follow(command: str) -> int:
    path = f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(command, shell=True, check=False, env={**os.environ, "PATH": path}).returncode


def test_damage_that_leaves_the_size_is_found_and_mended(samples_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(samples_home, tmp_path / "home", symlinks=True)
    file = home / "export" / "facts.parquet"
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    done = gongkai("verify", "--home", home, "--sample", 1)
    assert (done.exit_code, "facts.parquet is not what was written" in done.output) == (1, True)
    assert follow(cure(done.output)) == 0
    assert gongkai("verify", "--home", home, "--sample", 1).exit_code == 0
    file.unlink()
    assert "written anew" in gongkai("reprocess", "--home", home).output
    assert file.read_bytes() == whole


@pytest.mark.parametrize("words", ["explain REPORT", "trace FACT", "search 申请", "sql TABLE", "verify --sample 1"])
def test_a_reader_that_has_had_enough_is_no_failure(samples_home: Path, words: str) -> None:
    """As `| head -1`: the pipe's other end is closed before anything is written."""
    [[report, fact]] = ask(Home(samples_home), "SELECT report_id, fact_id FROM facts WHERE is_primary LIMIT 1")
    named = words.replace("REPORT", report).replace("FACT", fact).replace("TABLE", "FROM_numerals").split()
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as closed:
        done = subprocess.run(
            [ROOT / ".venv" / "bin" / "gongkai", *(word.replace("_", " ") for word in named), "--home", samples_home],
            stdout=closed, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("sql", "Missing argument 'query'; try gongkai sql --help"),
        ("nosuch", "No such command 'nosuch'; try gongkai --help"),
        ("search --home X --limit 0 word", "--limit"),
        ("sources", "Missing command; try gongkai sources --help"),
        ("sources check nosuch", "there is no source nosuch"),
    ],
)
def test_what_is_typed_wrong_is_said_in_one_line(
    words: str, complaint: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["gongkai", *words.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert (ended.value.code != 0, said.out, said.err.count("\n")) == (True, "", 1)
    assert complaint in said.err


def test_a_home_that_is_none_is_said_to_be_none_and_stays_as_it_is(tmp_path: Path) -> None:
    """Missing, a file, another program's database, no database: whatever is asked of it."""
    missing, file, foreign, text = (tmp_path / name for name in ("missing", "file", "foreign", "text"))
    file.write_text("a file")
    for folder in (foreign, text):
        folder.mkdir()
    with duckdb.connect(str(foreign / "warehouse.duckdb")) as db:
        db.execute("CREATE TABLE other (a INTEGER)")
    (text / "warehouse.duckdb").write_text("no database")
    for home, complaint in (
        (missing, "there is no warehouse in"),
        (file, "is a file: --home names"),
        (foreign, "is no warehouse of gongkai, or is damaged: move it away"),
        (text, "is no warehouse of gongkai, or is damaged: move it away"),
    ):
        before = {path for path in tmp_path.rglob("*") if path.name != "lock"}
        for words in (
            ["sql", "SELECT 1"], ["trace", "f"], ["explain", "r"], ["search", "w"], ["export", "--format", "csv"],
            ["verify"], ["reprocess"], ["try-rule", str(RULES / "year.yaml")],
        ):  # fmt: skip
            done = gongkai(*words, "--home", home)
            assert (done.exit_code, complaint in done.output) == (1, True), (words, done.output)
        done = gongkai("publish", "--accept", "--home", home)
        assert (done.exit_code, done.exception is None or isinstance(done.exception, SystemExit)) == (1, True)
        assert {path for path in tmp_path.rglob("*") if path.name != "lock"} == before


def test_a_damaged_warehouse_names_the_one_before_it(samples_home: Path, tmp_path: Path) -> None:
    whole = (samples_home / "warehouse.duckdb").read_bytes()
    (tmp_path / "warehouse.duckdb").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "warehouse-previous-1.duckdb").write_bytes(whole)
    done = gongkai("sql", "SELECT sum(value) FROM facts", "--home", tmp_path)
    assert (done.exit_code, "put warehouse-previous-1.duckdb in its place" in done.output) == (1, True)


def test_export_leaves_a_newer_warehouse_alone(samples_home: Path, tmp_path: Path) -> None:
    shutil.copy(samples_home / "warehouse.duckdb", tmp_path)
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as db:
        db.execute("UPDATE internal.version SET number = 99")
    done = gongkai("export", "--format", "csv", "--home", tmp_path)
    assert (done.exit_code, "newer gongkai" in done.output) == (1, True)
    assert not (tmp_path / "handover").exists()


def test_a_newer_warehouse_is_neither_verified_nor_tried(samples_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(samples_home, tmp_path / "home", symlinks=True)
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        db.execute("UPDATE internal.version SET number = 99")
    for words in (["verify"], ["try-rule", RULES / "year.yaml"]):
        done = gongkai(*words, "--home", home)
        assert (done.exit_code, "newer gongkai" in done.output) == (1, True), (words, done.output)


def test_a_rule_is_not_tried_where_the_raw_store_lacks_a_document(samples_home: Path, tmp_path: Path) -> None:
    shutil.copy(samples_home / "warehouse.duckdb", tmp_path)
    done = gongkai("try-rule", RULES / "year.yaml", "--home", tmp_path)
    assert (done.exit_code, "the raw store lacks" in done.output) == (1, True)


def test_what_the_system_refuses_names_the_file(samples_home: Path, tmp_path: Path) -> None:
    done = gongkai("export", "--home", samples_home, "--format", "csv", "--to", "/proc/here")
    assert (done.exit_code, done.output) == (1, "gongkai: /proc/.here.unfinished: No such file or directory\n")


def test_what_would_steer_a_terminal_is_shown_as_text(tmp_path: Path) -> None:
    """In a report's text, and in a file's name."""
    home = home_in(tmp_path)
    made = parsed("\033[31mred.txt", "r1", {"x\033]0;title\007": 57})
    publish_items(home, "run1", [item(made)])
    for words in (["explain", "r1"], ["trace", made.facts[0].fact_id], ["sql", "FROM facts"], ["search", "57"]):
        done = gongkai(*words, "--home", home.path)
        assert done.exit_code == 0, done.output
        assert "␛]0;title␇" in done.output
        assert "\033" not in done.output
    assert "\\u001b" in gongkai("sql", "FROM facts", "--format", "json", "--home", home.path).output


def test_version() -> None:
    assert gongkai("--version").output.startswith("gongkai 0.")
