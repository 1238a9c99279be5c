"""Small worlds for tests of what many reports together say: reports made from a body, a year and numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from tasks.model import Fact, Parsed, Report, Section
from tests.made import document, item, publish_items
from warehouse.home import Home


def report(
    publisher: str,
    year: int,
    numbers: dict[str, float] | None = None,
    *,
    text: str = "",
    generation: str | None = "2021",
    **more: Any,
) -> Parsed:
    """A report of one section that states `numbers`, each by `indicator[applicant]@period~qualifier`.

    What does not say otherwise is the exact total of the year; as in what is read, a number of another time is never
    primary.
    """
    region_code = more.pop("region_code", "341700")
    prose = text + "".join(f"{name}是{number:g}件。" for name, number in (numbers or {}).items())
    published_on = more.get("published_on", date(year + 1, 3, 1))
    made = document(f"{publisher}{year}.txt", f"{publisher} {year} {published_on} {prose}")
    document_id, source = made.raw.document_id, made.source_text
    report_id = f"{publisher}-{year}"
    facts = []
    for name, number in (numbers or {}).items():
        indicator, _, qualifier = name.partition("~")
        indicator, _, period = indicator.partition("@")
        indicator, _, applicant = indicator.rstrip("]").partition("[")
        quote = f"{name}是{number:g}件"
        start = source.index(quote)
        facts.append(
            Fact(
                f"{document_id[:12]}-{name}", report_id, document_id, indicator, applicant or "total", float(number),
                "件", f"{number:g}", qualifier or "exact", period or "year",  # type: ignore[arg-type]
                "prose", "a_rule", "1", start, start + len(quote), quote, period in ("", "year"),
            )
        )  # fmt: skip
    row = Report(
        report_id, document_id, f"{publisher}{year}年报告", year, publisher, region_code, None,
        more.get("level", "prefecture"), more.get("kind", "government"), generation,  # type: ignore[arg-type]
        published_on,
    )  # fmt: skip
    section = Section(document_id, "1", 1, "总体情况", "overview", prose, 0, len(source))
    return Parsed(made, row, sections=(section,), facts=tuple(facts))


def publish(home: Home, *reports: Parsed, run_id: str = "run1") -> Home:
    """Publish some reports in one run."""
    publish_items(home, run_id, [item(each) for each in reports])
    return home
