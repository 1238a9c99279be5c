"""Small documents, as the stages would have made them, for the tests of what comes after."""

from __future__ import annotations

import hashlib
import pickle
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from tasks.batches import Item, Sighting, write_batch
from tasks.load.stage import Loading, stage
from tasks.model import (
    Alignment,
    Check,
    Document,
    Fact,
    Parsed,
    Part,
    Quarantine,
    RawDocument,
    Report,
    Section,
    Wording,
)
from warehouse.home import Home
from warehouse.publish import publish
from warehouse.runs import Published, Run

ROOT = Path(__file__).parents[1]
FETCHED = datetime(2024, 4, 1, 8, tzinfo=UTC)


def document(name: str, text: str, wording: Wording = "mainland", url: str | None = None) -> Document:
    raw = RawDocument(hashlib.sha256(text.encode()).hexdigest(), name, b"", FETCHED, url)
    alignment = Alignment((0,), (0,), (len(text),), len(text))
    return Document(raw, "text/plain", "utf-8", "hans", wording, text, text, (), alignment)


def parsed(
    name: str,
    report_id: str,
    numbers: dict[str, int],
    published_on: date | None = None,
    wording: Wording = "mainland",
    url: str | None = None,
) -> Parsed:
    """A report that states each indicator's number, as `<indicator>是<number>件。`"""
    text = "".join(f"{indicator}是{number}件。" for indicator, number in numbers.items())
    made = document(name, f"{name} {published_on} {text}", wording, url)
    document_id, source = made.raw.document_id, made.source_text
    facts = []
    for indicator, number in numbers.items():
        quote = f"{indicator}是{number}件"
        start = source.index(quote)
        fact_id = hashlib.sha256(f"{document_id}{indicator}".encode()).hexdigest()[:16]
        facts.append(
            Fact(
                fact_id, report_id, document_id, indicator, "total", float(number), "件", str(number), "exact", "year",
                "prose", "a_rule", "1", start, start + len(quote), quote, True,
            )
        )  # fmt: skip
    report = Report(
        report_id, document_id, name, 2023, "某县人民政府", None, None, "county", "government", "2021", published_on
    )
    return Parsed(
        made,
        report,
        sections=(Section(document_id, "1", 1, "总体情况", "overview", text, 0, len(source)),),
        facts=tuple(facts),
        parts=(Part(report_id, "requests", "missing", None),),
        checks=(Check(report_id, "an_identity", "total", 1.0, float(len(numbers)), "fail", "error"),),
    )


def item(made: Parsed | Document | Quarantine, state: str = "state", source_ref: str | None = None) -> Item:
    """What the parse stage hands on."""
    if isinstance(made, Quarantine):
        sighting = Sighting(made.source_ref, None, 0, state, FETCHED, declared=False)
        return Item(None, (sighting,), quarantine=(made,))
    raw = made.document.raw if isinstance(made, Parsed) else made.raw
    sighting = Sighting(source_ref or raw.source_ref, raw.document_id, 9, state, FETCHED, declared=True, url=raw.url)
    return Item(raw, (sighting,), pickle.dumps(made))


def publish_items(home: Home, run_id: str, items: list[Item], batch_size: int = 100) -> Published:
    """Stage the items in batches and publish them, with what was staged before."""
    stage_items(home, run_id, items, batch_size)
    return publish(home, Run(run_id, "nightly", datetime.now(UTC), "1+abc"), home.staging(run_id))


def stage_items(home: Home, run_id: str, items: list[Item], batch_size: int = 100) -> None:
    """Stage the items in batches."""
    home.make()
    for number, first in enumerate(range(0, len(items), batch_size)):
        batch = home.work(run_id) / f"{number}.pickle"
        write_batch(batch, items[first : first + batch_size])
        stage(Loading(batch, home.staging(run_id), run_id))


def ask(home: Home, query: str) -> list[tuple[Any, ...]]:
    """The answer of a home's published warehouse."""
    with duckdb.connect(str(home.warehouse), read_only=True) as db:
        return db.execute(query).fetchall()


def home_in(path: Path) -> Home:
    return Home(path / "home")


def run_samples(home: Path) -> Path:
    """Run the pipeline on the samples into a home, as a person would."""
    done = subprocess.run(
        [ROOT / ".venv/bin/gongkai", "run", "--input", ROOT / "samples", "--home", home],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return home
