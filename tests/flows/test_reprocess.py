"""`gongkai reprocess` as a person calls it: from the raw store, only what other rules read, nothing in a dry run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from flows.version import made_by
from tests.flows.test_run import ask, gongkai


@pytest.fixture
def read_by_other_rules(samples_home: Path, tmp_path: Path) -> Path:
    """A home in which other rules read one document, and found one number less and one that is another."""
    home = tmp_path / "home"
    shutil.copytree(samples_home, home, symlinks=True)
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        [(document_id,)] = db.execute("SELECT document_id FROM facts GROUP BY 1 ORDER BY count(*) LIMIT 1").fetchall()
        first, second = db.execute(
            "SELECT fact_id FROM facts WHERE document_id = ? AND is_primary ORDER BY 1 LIMIT 2", [document_id]
        ).fetchall()
        db.execute("DELETE FROM facts WHERE fact_id = ?", first)
        db.execute("UPDATE facts SET value = value + 1 WHERE fact_id = ?", second)
        db.execute("UPDATE internal.made SET parse = 'other' WHERE document_id = ?", [document_id])
        db.execute(
            "INSERT INTO internal.ingredients SELECT 'other', name,"
            " CASE WHEN name LIKE '%/parts.yaml' THEN 'other' ELSE digest END"
            " FROM internal.ingredients WHERE fingerprint = ?",
            [made_by().parse.fingerprint],
        )
    return home


def test_reprocess_reads_again_what_other_rules_read(read_by_other_rules: Path) -> None:
    home = read_by_other_rules
    before = (home / "warehouse.duckdb").read_bytes()
    dry = gongkai("reprocess", "--home", home, "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "1 document to read again" in dry.stdout
    assert "ask it something" not in dry.stdout
    assert dry.stdout.splitlines()[-1].startswith("a dry run: nothing was published")
    assert re.search(r"^would change +\w+: 1 ", dry.stdout, re.MULTILINE)
    assert "facts: 1 added (rule: " in dry.stdout
    assert "facts: 1 changed (rule: " in dry.stdout
    assert "tasks/parse/rules/parts.yaml" in dry.stdout
    assert (home / "warehouse.duckdb").read_bytes() == before

    done = gongkai("reprocess", "--home", home)
    assert done.returncode == 0, done.stderr
    assert ask(home, "SELECT flow, documents FROM runs ORDER BY ended_at DESC LIMIT 1") == [("reprocess", 1)]
    changed = "SELECT change, rows, cause FROM changes WHERE cause <> 'source' AND table_name = 'facts' ORDER BY ALL"
    assert ask(home, changed) == [("added", 1, "rule"), ("changed", 1, "rule")]
    assert ask(home, "SELECT count(*) FROM facts_past") == [(1,)]
    again = gongkai("reprocess", "--home", home)
    assert again.stdout.startswith("nothing to reprocess")


def test_reprocess_needs_the_raw_store_and_a_warehouse(read_by_other_rules: Path, tmp_path: Path) -> None:
    nowhere = gongkai("reprocess", "--home", tmp_path / "nowhere")
    assert nowhere.returncode == 1
    assert "there is no warehouse" in nowhere.stderr
    accept = gongkai("publish", "--accept", "--home", read_by_other_rules)
    assert accept.returncode == 1
    assert "nothing is kept aside" in accept.stderr
