"""Parsing: from a cleaned report to the rows of the public tables, by the form that it follows, and by its length."""

from __future__ import annotations

from itertools import count, islice

from tasks.clean.clean import clean
from tasks.model import Document, Generation, Table
from tasks.parse.parse import parse
from tests.benchmarks.measured import Bound, Measured, milliseconds
from tests.parse.documents import from_lines
from tests.render.made import make

REPORTS = 30
TABLES: dict[Generation, int] = {"2008": 1, "2014": 1, "2019": 3, "2021": 3}  # of a report
LONGER = (1, 2, 4, 8)  # times the length


def measure() -> Measured:
    """The table."""
    rows = []
    cost = 0.0
    for generation, tables in TABLES.items():
        documents = reports(generation)
        cost = milliseconds(parse, documents)
        length = sum(len(document.text) for document in documents) / REPORTS
        rows.append((f"form of {generation}, tables: {tables}", f"{length:,.0f}", f"{cost:.1f}"))
    lines = [document.text for document in documents]
    costs = [milliseconds(parse, [from_lines("\n".join([text] * times)) for text in lines]) for times in LONGER]
    for times, one in zip(LONGER, costs, strict=True):
        rows.append((f"form of 2021, as lines, times over: {times}", f"{times * length:,.0f}", f"{one:.1f}"))
    return Measured(
        "parsing",
        "Parsing",
        f"{REPORTS} rendered reports of each form, cleaned: identity, outline, tables, prose, checks and rows. "
        "The goal is 4 ms a report of the form of 2021 on a core that nobody else uses.",
        ("reports", "characters", "ms a report"),
        tuple(rows),
        (
            Bound("ms a report of the form of 2021", cost, 8),
            Bound(f"cost of {LONGER[-1]} times the length, over the length", costs[-1] / costs[0] / LONGER[-1], 1.5),
        ),
    )


def reports(generation: Generation) -> list[Document]:
    """Cleaned pages with so many tables as the form has."""
    cleaned = (clean(make(seed, generation=generation, format="html").raw()) for seed in count())
    whole = (each for each in cleaned if sum(isinstance(block, Table) for block in each.blocks) == TABLES[generation])
    return list(islice(whole, REPORTS))
