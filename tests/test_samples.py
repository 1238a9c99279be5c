"""The committed samples: what the renderer makes, and what must come out of them."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tasks.clean.clean import clean
from tasks.model import Parsed, RawDocument, Rejected
from tasks.parse.parse import parse
from tests.render.samples import GOLD_FILE, write_samples
from tests.render.samples import SAMPLES_FOLDER as FOLDER


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


GOLD = _lines(GOLD_FILE)
MANIFEST = _lines(FOLDER / "manifest.jsonl")
REPORTS = [line for line in GOLD if line["is_report"]]
OTHERS = [line for line in GOLD if not line["is_report"]]


def _name(line: dict[str, Any]) -> str:
    return str(line["source_ref"])


@cache
def _parsed(file: str) -> Parsed:
    content = (FOLDER / file).read_bytes()
    entry = next(line for line in MANIFEST if line["file"] == file)
    fetched_at = datetime.fromisoformat(entry["fetched_at"])
    return parse(clean(RawDocument(sha256(content).hexdigest(), file, content, fetched_at, url=entry["url"])))


def test_the_samples_are_what_the_renderer_makes(tmp_path: Path) -> None:
    write_samples(tmp_path / "samples", tmp_path / GOLD_FILE.name)
    assert (tmp_path / GOLD_FILE.name).read_text("utf-8") == GOLD_FILE.read_text("utf-8")
    made = {path.name: path.read_bytes() for path in (tmp_path / "samples").iterdir()}
    committed = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.name in made}
    packed = (".pdf", ".docx")  # their bytes depend on the machine's zlib
    assert committed.keys() == made.keys()
    assert {name: text for name, text in committed.items() if not name.endswith(packed)} == {
        name: text for name, text in made.items() if not name.endswith(packed)
    }


def test_every_generation_level_and_format_is_there() -> None:
    assert {line["report"]["generation"] for line in REPORTS} == {"2008", "2014", "2019", "2021"}
    assert {line["report"]["level"] for line in REPORTS} == {"national", "province", "prefecture", "county", "township"}
    assert {Path(_name(line)).suffix for line in REPORTS} == {".html", ".txt", ".pdf", ".docx"}
    assert len(MANIFEST) >= 20


@pytest.mark.parametrize("gold", REPORTS, ids=_name)
def test_a_sample_is_read_as_its_gold_says(gold: dict[str, Any]) -> None:
    parsed = _parsed(_name(gold))
    report = parsed.report
    assert report is not None
    for column, wanted in gold["report"].items():
        names = (wanted, *(gold["publisher_alt"] if column == "publisher" else ()))
        assert wanted is None or getattr(report, column) in names, column
    found = {
        (fact.indicator_id, fact.applicant_type): fact.value
        for fact in parsed.facts
        if fact.is_primary and fact.period == "year"
    }
    wanted = {(indicator, applicant): value for indicator, applicant, value, _ in gold["facts"]}
    assert {key: found.get(key) for key in wanted} == wanted
    assert {key for key in found if key not in wanted and key[0].split(".")[0] in gold["families"]} == set()
    if "missing_parts" in gold:
        assert sorted(part.part for part in parsed.parts if part.status == "missing") == gold["missing_parts"]


@pytest.mark.parametrize("gold", OTHERS, ids=_name)
def test_what_is_no_report_is_turned_away(gold: dict[str, Any]) -> None:
    try:
        code = _parsed(_name(gold)).quarantine[0].error_code
    except Rejected as rejected:
        code = rejected.error_code
    assert code == {"damaged.docx": "broken_docx", "notice.html": "notice"}[_name(gold)]


def test_only_the_sample_that_is_meant_to_fails_its_checks() -> None:
    failing = {
        _name(gold)
        for gold in REPORTS
        if any(check.status == "fail" and check.severity == "error" for check in _parsed(_name(gold)).checks)
    }
    assert failing == {"2021-county-does-not-foot.html"}
