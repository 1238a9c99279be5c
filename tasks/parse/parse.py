"""One document in, the rows of the public tables out: who reports for when, in which parts, and what is stated."""

from __future__ import annotations

from tasks.model import Document, Parsed
from tasks.parse.checks import check
from tasks.parse.citations import citations
from tasks.parse.generation import decide_generation
from tasks.parse.headings import find_outline, sections
from tasks.parse.identity import identify
from tasks.parse.parts import parts
from tasks.parse.primary import choose_primary
from tasks.parse.prose import read_prose
from tasks.parse.rows import cell_rows, check_rows, fact_rows, numeral_rows, report_id, report_row
from tasks.parse.screening import screen
from tasks.parse.tables import read_tables


def parse(document: Document) -> Parsed:
    """Read a cleaned document. Raises Rejected where it is no annual report."""
    identity = identify(document)
    screen(document, identity)
    outline = find_outline(document)
    tables = read_tables(document)
    generation = decide_generation(document, tables, identity.year)
    prose = read_prose(document, tables.covered, identity.year, identity.publisher)

    stated = (*tables.stated, *prose.stated)
    primary, disagreements = choose_primary(stated, outline)
    identities = check(generation, {key: item.value for key, item in primary.items()})
    of_report = report_id(document, identity)
    facts = fact_rows(document, of_report, stated, primary, outline)
    findings = (*identity.findings, *tables.findings, *identities, *disagreements)
    return Parsed(
        document=document,
        report=report_row(document, of_report, identity, generation),
        sections=sections(document, outline),
        facts=facts,
        cells=cell_rows(document, tables.cells),
        parts=parts(of_report, generation, outline) if generation else (),
        citations=citations(document, outline),
        checks=check_rows(of_report, findings),
        numerals=numeral_rows(document, prose.numerals, facts, stated, prose.reasons, tables.covered),
    )
