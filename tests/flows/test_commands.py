"""What a person types, over the samples' home."""

from __future__ import annotations

import shutil
from pathlib import Path

from typer.testing import CliRunner, Result

from flows.cli import app


def gongkai(*words: str | int | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_search_shows_the_hits(samples_home: Path) -> None:
    done = gongkai("search", "查阅点", "--home", samples_home, "--limit", 2)
    assert done.exit_code == 0
    assert len(done.output.splitlines()) == 6
    assert "【查阅点】" in done.output
    assert "no report" in gongkai("search", "查阅点", "没有这个词", "--home", samples_home).output


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
    assert gongkai("export", "--home", home, "--format", "xls").exit_code == 1
