"""What the pages for people name is there: files, doors of the Makefile, modules, commands with their options."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

import warehouse
from flows.cli import app
from tests.made import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = (
    "run", "reprocess", "publish", "sql", "trace", "explain", "search", "export", "verify", "try-rule", "sources",
)  # fmt: skip
FOLDERS = ("docs", "flows", "samples", "tasks", "tests", "warehouse")


def named(pattern: str) -> list[tuple[str, str]]:
    """What the pages name so, each with its page."""
    return [(path.name, found) for path in PAGES for found in sorted(set(re.findall(pattern, path.read_text("utf-8"))))]


def test_every_path_leads_somewhere() -> None:
    paths = named(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]+)`")
    assert len(paths) > 40
    assert [(page, path) for page, path in paths if not (ROOT / path).exists()] == []


def test_every_constant_stands_in_the_file_that_it_is_named_with() -> None:
    pairs = named(r"`[A-Z_]{4,}` \(`[\w/]+\.py`\)|`[\w/]+\.py` \(`[A-Z_]{4,}`\)")
    assert len(pairs) > 1
    for page, pair in pairs:
        [path], [name] = re.findall(r"[\w/]+\.py", pair), re.findall(r"[A-Z_]{4,}", pair)
        assert re.search(rf"^{name}\b.*=", (ROOT / path).read_text("utf-8"), re.MULTILINE), (page, pair)


def test_every_door_and_every_module_is_there() -> None:
    doors = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    used = named(r"(?:`| {4})make ([a-z]+)")
    assert len(used) > 5
    assert [(page, door) for page, door in used if door not in doors] == []
    modules = named(r"python -m ([\w.]+[\w])")
    assert len(modules) > 5
    assert [(page, name) for page, name in modules if find_spec(name) is None] == []


def test_the_map_of_the_warehouse_names_each_module() -> None:
    modules = {path.stem for path in (ROOT / "warehouse").glob("*.py")} - {"__init__"}
    assert modules - set(re.findall(r"\w+", str(warehouse.__doc__))) == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: Path(path).stem)
def test_every_command_has_the_options_that_it_is_named_with(page: Path) -> None:
    text = re.sub(r"\\\n", " ", page.read_text("utf-8"))
    for line in re.findall(r"gongkai ([a-z-]+[^`\n]*)", text):
        command = line.split()[: 2 if line.startswith("sources check") else 1]
        if command[0] in COMMANDS:
            shown = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200"}).output
            assert [option for option in re.findall(r"(?<!\S)--[a-z-]+", line) if option not in shown] == [], line
