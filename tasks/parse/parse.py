"""One document in, the rows of the public tables out: who reports for when, in which parts, and what is stated."""

from __future__ import annotations

from tasks.model import Document, Parsed
from tasks.parse.checks.check import check
from tasks.parse.checks.primary import choose_primary
from tasks.parse.identity.identify import identify
from tasks.parse.identity.opening import read_opening
from tasks.parse.identity.screening import screen
from tasks.parse.outline.citations import citations
from tasks.parse.outline.headings import find_outline, sections
from tasks.parse.outline.parts import parts
from tasks.parse.prose.read import read_prose
from tasks.parse.rows import check_rows, fact_rows, numeral_rows, report_id, report_row
from tasks.parse.source import SourceMap
from tasks.parse.tables.cells import cell_rows
from tasks.parse.tables.generation import decide_generation
from tasks.parse.tables.read import read_tables


def parse(document: Document) -> Parsed:
    """Read a cleaned document. Raises Rejected where it is no annual report."""
    opening = read_opening(document)
    identity = identify(document, opening)
    screen(document, opening, identity)
    outline = find_outline(document)
    tables = read_tables(document, identity.year, identity.publisher)
    generation = decide_generation(document, tables, identity.year)
    prose = read_prose(document, tables.covered, identity.year, identity.publisher)

    stated = (*tables.stated, *prose.stated)
    primary, restated, disagreements = choose_primary(stated, outline)
    values = {key: item.value for key, item in primary.items()}
    identities = check(generation, values, restated)
    of_report = report_id(document, identity)
    source = SourceMap(document)
    facts = fact_rows(source, of_report, stated, primary, outline)
    findings = (*identity.findings, *tables.findings, *identities, *disagreements)
    return Parsed(
        document=document,
        report=report_row(document, of_report, identity, generation),
        sections=sections(document, outline),
        facts=tuple(fact for fact, _ in facts.values()),
        cells=cell_rows(source, tables),
        parts=parts(of_report, generation, outline) if generation else (),
        citations=citations(document, outline),
        checks=check_rows(of_report, findings),
        numerals=numeral_rows(source, prose.figures, facts, prose.reasons, tables.covered),
    )
