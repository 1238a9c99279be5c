"""Whose report it is, of which year, place and level.

Each column has its own reader (`title`, `publisher`, `year`, `published`, `region`, `level`), which also says what it
trusts most. Where the document does not say, the column is None and a finding says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tasks.model import Document, Level, PublisherKind
from tasks.parse.identity.level import level_of
from tasks.parse.identity.opening import Opening
from tasks.parse.identity.page_owner import own_title
from tasks.parse.identity.published import published_on, signed_on
from tasks.parse.identity.publisher import find_publisher
from tasks.parse.identity.region import find_region
from tasks.parse.identity.title import find_title
from tasks.parse.identity.year import find_year
from tasks.parse.stated import Finding, unsettled


@dataclass(frozen=True, slots=True)
class Identity:
    """The identifying columns of a report; each is None where the document does not say."""

    title: str | None
    year: int | None
    publisher: str | None
    region_code: str | None
    region: str | None
    level: Level | None
    publisher_kind: PublisherKind | None
    published_on: date | None
    findings: tuple[Finding, ...]


def identify(document: Document, opening: Opening) -> Identity:
    """The identity that the document states."""
    title = own_title(find_title(document, opening), opening)
    published = published_on(opening)
    year, about_year = find_year(opening, title, signed_on(opening), published, document.raw.url)
    publisher = find_publisher(opening, title)
    region, about_region = find_region(publisher, opening, year, document.raw.url)
    name = publisher.name
    level = level_of(name, region, publisher.self_word, opening, year)
    findings = [*about_year, *publisher.findings, *about_region]
    if level is None:
        findings.append(unsettled("identity.level", "the level is not stated"))
    if document.part is not None:
        detail = f"this is page {document.part} of a document that was cut: its other pages hold the rest"
        findings.append(unsettled("identity.part", detail, "info"))
    return Identity(
        title=_as_written(title.text, document) if title else None,
        year=year,
        publisher=_as_written(name.text, document) if name else None,
        region_code=region.code if region else None,
        region=region.name if region else None,
        level=level,
        publisher_kind=name.kind if name else None,
        published_on=published,
        findings=tuple(findings),
    )


def _as_written(text: str, document: Document) -> str:
    """Brackets in the width that the source has."""
    return text.replace("(", "\uff08").replace(")", "\uff09") if "\uff08" in document.source_text else text
