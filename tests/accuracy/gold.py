"""Files with gold beside them: the samples, and real reports where the checkout has them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from tasks.clean.clean import clean
from tasks.model import Parsed, RawDocument, Rejected
from tasks.parse.parse import parse
from tests.accuracy.measures import WHOLE, Scores, count_quotes
from tests.render.compare import Tally, primary
from tests.render.samples import GOLD_FILE, SAMPLES_FOLDER

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
FETCHED = datetime(2026, 3, 1, tzinfo=UTC)


def measure_samples(scores: Scores) -> None:
    """The files of samples/, with the addresses that their manifest gives."""
    manifest = _lines((SAMPLES_FOLDER / "manifest.jsonl").read_bytes())
    measure_gold(scores, "samples", GOLD_FILE, SAMPLES_FOLDER, {line["file"]: line["url"] for line in manifest})


def measure_real(scores: Scores) -> None:
    """The real reports beside the checkout, if there are any."""
    if (CORPUS / "gold.jsonl").exists():
        measure_gold(scores, "real", CORPUS / "gold.jsonl", CORPUS / "real", {})


def measure_gold(scores: Scores, source: str, gold_file: Path, folder: Path, urls: dict[str, str]) -> None:
    """The files that a gold file names."""
    content = gold_file.read_bytes()
    scores.gold[source] = sha256(content).hexdigest()
    for gold in _lines(content):
        one = Tally()
        name = gold["source_ref"]
        hold(gold, _read(folder / name, urls.get(name)), one)
        scores.add(source, _groups(gold), one)


def hold(gold: dict[str, Any], parsed: Parsed | None, result: Tally) -> None:
    """What was read of one file against its line of gold; `parsed` is None where it was turned away."""
    name = gold["source_ref"]
    report = parsed.report if parsed else None
    if not gold["is_report"]:
        result.count("rejected", report is None, f"{name} is taken for a report")
        return
    result.count("loaded", report is not None, f"{name} is turned away")
    for column, wanted in gold.get("report", {}).items():
        if wanted is not None:
            right = {wanted, *(gold.get("publisher_alt", ()) if column == "publisher" else ())}
            found = getattr(report, column, None)
            result.count(column, found in right, f"{name} {found}, not {wanted}")
    _hold_facts(gold, parsed, result)
    if parsed is None:
        return
    if "missing_parts" in gold:
        missing = {part.part for part in parsed.parts if part.status == "missing"}
        result.count("missing_parts", missing == set(gold["missing_parts"]), f"{name} {sorted(missing)}")
    count_quotes(parsed, result, name)


def _hold_facts(gold: dict[str, Any], parsed: Parsed | None, result: Tally) -> None:
    name, found = gold["source_ref"], primary(parsed) if parsed else {}
    wanted = {(indicator, applicant): (value, method) for indicator, applicant, value, method in gold["facts"]}
    for key, (value, method) in wanted.items():
        result.count(f"recall.{method}", found.get(key) == value, f"{name} {key} {value}, found {found.get(key)}")
    families = gold.get("families", ())
    for fact in parsed.facts if parsed else ():
        key = (fact.indicator_id, fact.applicant_type)
        if fact.is_primary and fact.period == "year" and fact.indicator_id.split(".")[0] in families:
            right = key in wanted and wanted[key][0] == fact.value
            result.count(f"precision.{fact.method}", right, f"{name} {key} {fact.value} {fact.quote!r}")


def _groups(gold: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield WHOLE
    if gold["is_report"]:
        yield "generation", gold["report"]["generation"]
        yield "format", Path(gold["source_ref"]).suffix[1:]
        yield "level", gold["report"]["level"]


def _read(path: Path, url: str | None) -> Parsed | None:
    content = path.read_bytes()
    try:
        return parse(clean(RawDocument(sha256(content).hexdigest(), path.name, content, FETCHED, url=url)))
    except Rejected:
        return None


def _lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode("utf-8").splitlines() if line.strip()]
