"""A changed rule file shows what it would do to a home, and does nothing to it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from flows.try_rule import Tried, try_rule
from tasks.parse.rulecheck import check
from tasks.parse.rulefile import RULES, RuleFileError
from tests.made import ROOT
from warehouse.home import Home

INSTALLED = sorted(path.relative_to(RULES) for path in RULES.rglob("*.yaml"))


def tried_with(home: Path, folder: Path, place: str, old: str, new: str) -> Tried:
    text = (RULES / place).read_text("utf-8")
    assert old in text
    file = folder / Path(place).name
    file.write_text(text.replace(old, new), "utf-8")
    return try_rule(file, Home(home))


@pytest.mark.parametrize("place", INSTALLED, ids=str)
def test_every_installed_file_passes_its_own_check(place: Path) -> None:
    assert check(RULES / place) == place


def test_the_installed_rules_change_nothing(samples_home: Path) -> None:
    tried = try_rule(RULES / "prose" / "requests.yaml", Home(samples_home))
    assert (tried.lines, tried.touched) == ([], 0)
    assert tried.documents >= 22


def test_a_label_gone_drops_its_facts_and_back_again_nothing_is_left(samples_home: Path, tmp_path: Path) -> None:
    before = Home(samples_home).warehouse.read_bytes()
    label = "    部分公开: request.outcome.partial"
    tried = tried_with(samples_home, tmp_path, "prose/requests.yaml", label, label.replace("部分公开", "无此词"))
    assert tried.counts["dropped"] > 0
    assert any(": - request.outcome.partial [total]" in line and "“" in line for line in tried.lines)
    assert 0 < tried.touched < tried.documents
    assert Home(samples_home).warehouse.read_bytes() == before
    assert try_rule(RULES / "prose" / "requests.yaml", Home(samples_home)).lines == []


def test_another_indicator_for_a_rule_is_a_fact_dropped_and_one_added(samples_home: Path, tmp_path: Path) -> None:
    old = "- id: prose.request.new\n  indicator: request.received.new"
    tried = tried_with(samples_home, tmp_path, "prose/requests.yaml", old, old.replace("received.new", "closed"))
    assert tried.counts["added"] > 0
    assert any("+ request.closed" in line for line in tried.lines)


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("rules.yaml", "- id: x\n", "rules.yaml: expected the name of the rule file"),
        ("requests.yaml", "", "line 1: the file: expected a list, found nothing"),
        ("requests.yaml", "id: x\n", "line 1: the file: expected a list, found keys with values"),
        ("requests.yaml", "- id: x\n  patern: y\n", "line 1: unknown key 'patern'; expected"),
        ("requests.yaml", "- 'x'\n", "line 1: the file: expected an entry with"),
        ("requests.yaml", "- id: x\n  id: [\n", "expected YAML"),
        (
            "requests.yaml",
            "\n- id: x\n  pattern: '('\n  keys: []\n  examples: {}\n",
            "line 3: pattern: expected a regular",
        ),
        ("bodies.yaml", "kinds: []\n", "line 1: the file: expected the key 'same'"),
    ],
)
def test_what_is_no_rule_file_is_said_with_its_line(tmp_path: Path, name: str, text: str, fault: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(RuleFileError) as raised:
        check(tmp_path / name)
    assert fault in str(raised.value)


def test_the_command_prints_a_line_a_fact(samples_home: Path, tmp_path: Path) -> None:
    command: list[str | Path] = [
        ROOT / ".venv/bin/gongkai",
        "try-rule",
        RULES / "prose" / "disputes.yaml",
        "--home",
        samples_home,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("0 added, 0 dropped, 0 changed in 0 of ")
    (tmp_path / "disputes.yaml").write_text("{", "utf-8")
    command[2] = tmp_path / "disputes.yaml"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("gongkai: disputes.yaml, line ")
