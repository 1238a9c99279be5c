"""The catalogue as typed objects: the indicators that reports state and the identities that hold between them.

`catalogue/indicators.csv` and `catalogue/identities.csv` are what a domain expert edits; this module reads each once
and says file and line where one is malformed. An identity's equation is parsed once, into terms:

    a = b + c - d          each operand an indicator id, in the report's own applicant column
    [total] = [x] + [y]    each operand an applicant type of one indicator
    a(y) = b(y-1)          an operand of this or of the last year's report
    a <= b + c             an inequality
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.told import GongkaiError

FOLDER = Path(__file__).parent / "catalogue"
INDICATORS = FOLDER / "indicators.csv"
IDENTITIES = FOLDER / "identities.csv"
ERROR_CODES = FOLDER / "error_codes.csv"
NUMERAL_REASONS = FOLDER / "numeral_reasons.csv"

GENERATIONS = ("2008", "2014", "2019", "2021")
SEVERITIES = ("error", "warning", "info")
_APPLICANT = re.compile(r"([a-z_]+) [^\s,]+")
_OPERATOR = re.compile(r"\s(<=|=|\+|-)\s")
_OPERAND = re.compile(r"(?P<indicator>[a-z_]+(?:\.[a-z_]+)*)(?:\((?P<year>y(?:-\d+)?)\))?|\[(?P<applicant>[a-z_]+)\]")


class CatalogueError(GongkaiError):
    """A malformed line of the catalogue; the message names file and line."""

    def __init__(self, path: Path, line: int, what: str) -> None:
        super().__init__(f"{path.name}, line {line}: {what}")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number that the forms or the prose of reports state."""

    indicator_id: str
    name_zh: str
    unit: str
    generations: tuple[str, ...]  # the forms whose template carries it
    parent_id: str | None  # the indicator that it is a part of
    applicant_types: tuple[str, ...]  # the columns it is split by; empty where it is not split
    applicant_generations: tuple[str, ...]  # the forms that split it
    section_zh: str
    aliases_zh: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Term:
    """One operand of an equation. Exactly one of `indicator_id` and `applicant_type` is set."""

    sign: int  # 1 or -1
    indicator_id: str | None
    applicant_type: str | None
    year_offset: int | None  # 0 for (y), -1 for (y-1); None where the equation is within one report


@dataclass(frozen=True, slots=True)
class Identity:
    """An equation, or an inequality, that the numbers of one form must satisfy."""

    identity_id: str
    generations: tuple[str, ...]
    equation: str
    left: tuple[Term, ...]
    relation: str  # "=" or "<="
    right: tuple[Term, ...]
    severity: str
    source: str
    note: str

    @property
    def terms(self) -> tuple[Term, ...]:
        """All operands, left to right."""
        return self.left + self.right

    @property
    def over_applicants(self) -> bool:
        """Whether it adds up the applicant columns of one row."""
        return self.left[0].applicant_type is not None

    @property
    def across_years(self) -> bool:
        """Whether it needs another year's report of the same body."""
        return any(term.year_offset is not None for term in self.terms)


@cache
def indicators() -> dict[str, Indicator]:
    """The indicators by id, in the file's order."""
    return load_indicators(INDICATORS)


@cache
def identities() -> tuple[Identity, ...]:
    """The identities, in the file's order, held against the indicators that they name."""
    return load_identities(IDENTITIES, indicators())


@cache
def error_codes() -> tuple[dict[str, str], ...]:
    """Why a document may be in quarantine: stage, error_code, en, what_to_do, zh, by stage and code."""
    columns = ("stage", "error_code", "en", "what_to_do", "zh")
    return tuple(row for _, row in _rows(ERROR_CODES, columns))


@cache
def numeral_reasons() -> dict[str, dict[str, str]]:
    """Why a numeral of a report is no fact: reason, en, zh, by reason."""
    return {row["reason"]: row for _, row in _rows(NUMERAL_REASONS, ("reason", "en", "zh"))}


def catalogue_rows(name: str) -> Iterator[list[str]]:
    """The rows of a file of the catalogue below its head."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


def load_indicators(path: Path) -> dict[str, Indicator]:
    """Read a file of indicators. Raises CatalogueError."""
    found: dict[str, Indicator] = {}
    columns = ("indicator_id", "name_zh", "unit", "generations", "parent_id", "dimension", "section_zh", "aliases_zh")
    for line, row in _rows(path, columns):
        indicator = _indicator(path, line, row)
        if indicator.indicator_id in found:
            raise CatalogueError(path, line, f"{indicator.indicator_id} stands twice")
        found[indicator.indicator_id] = indicator
    for line, row in _rows(path, columns):
        if row["parent_id"] and row["parent_id"] not in found:
            raise CatalogueError(path, line, f"parent {row['parent_id']} is no indicator")
    return found


def load_identities(path: Path, known: dict[str, Indicator]) -> tuple[Identity, ...]:
    """Read a file of identities over the `known` indicators. Raises CatalogueError."""
    found: dict[str, Identity] = {}
    for line, row in _rows(path, ("identity_id", "generation", "equation", "severity", "source")):
        left, relation, right = _equation(path, line, row["equation"], known)
        if row["severity"] not in SEVERITIES:
            raise CatalogueError(path, line, f"severity {row['severity']!r} is none of {', '.join(SEVERITIES)}")
        if row["identity_id"] in found:
            raise CatalogueError(path, line, f"{row['identity_id']} stands twice")
        found[row["identity_id"]] = Identity(
            identity_id=row["identity_id"],
            generations=_generations(path, line, row["generation"]),
            equation=row["equation"],
            left=left,
            relation=relation,
            right=right,
            severity=row["severity"],
            source=row["source"],
            note=row["note"],
        )
    return tuple(found.values())


def _rows(path: Path, required: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with the line that each ends on; `required` columns must stand in its head."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        missing = [name for name in required if name not in (reader.fieldnames or ())]
        if missing:
            raise CatalogueError(path, 1, f"no column {', '.join(missing)}")
        try:
            for row in reader:
                if None in row or None in row.values():
                    raise CatalogueError(path, reader.line_num, "more or fewer cells than the head has")
                yield reader.line_num, {key: value.strip() for key, value in row.items()}
        except csv.Error as error:
            raise CatalogueError(path, reader.line_num, str(error)) from error


def _indicator(path: Path, line: int, row: dict[str, str]) -> Indicator:
    for name in ("indicator_id", "name_zh", "unit"):
        if not row[name]:
            raise CatalogueError(path, line, f"{name} is empty")
    split = re.match(r"applicant_type\(([\d|]+)\): ", row["dimension"])
    if row["dimension"] and not split:
        raise CatalogueError(
            path, line, f"dimension {row['dimension'][:20]!r} is not of the form applicant_type(2019): x y"
        )
    return Indicator(
        indicator_id=row["indicator_id"],
        name_zh=row["name_zh"],
        unit=row["unit"],
        generations=_generations(path, line, row["generations"]),
        parent_id=row["parent_id"] or None,
        applicant_types=tuple(_APPLICANT.findall(row["dimension"][split.end() :])) if split else (),
        applicant_generations=_generations(path, line, split[1]) if split else (),
        section_zh=row["section_zh"],
        aliases_zh=tuple(filter(None, row["aliases_zh"].split("|"))),
        note=row["note"],
    )


def _generations(path: Path, line: int, text: str) -> tuple[str, ...]:
    generations = tuple(text.split("|"))
    for generation in generations:
        if generation not in GENERATIONS:
            raise CatalogueError(path, line, f"generation {generation!r} is none of {', '.join(GENERATIONS)}")
    return generations


def _equation(
    path: Path, line: int, text: str, known: dict[str, Indicator]
) -> tuple[tuple[Term, ...], str, tuple[Term, ...]]:
    """The equation's left terms, relation and right terms."""
    sides: list[list[Term]] = [[]]
    relation, sign = "", 1
    for position, part in enumerate(_OPERATOR.split(text)):
        if position % 2 == 0:
            sides[-1].append(_term(path, line, part, sign, known))
        elif part in ("=", "<="):
            relation += part
            sides.append([])
            sign = 1
        else:
            sign = 1 if part == "+" else -1
    if len(sides) != 2:
        raise CatalogueError(path, line, f"{text!r} needs one of = and <=")
    left, right = sides
    if len({term.applicant_type is None for term in left + right}) != 1:
        raise CatalogueError(path, line, f"{text!r} mixes indicators with applicant types")
    return tuple(left), relation, tuple(right)


def _term(path: Path, line: int, text: str, sign: int, known: dict[str, Indicator]) -> Term:
    operand = _OPERAND.fullmatch(text)
    if not operand:
        raise CatalogueError(path, line, f"{text!r} is no operand")
    indicator_id, year, applicant_type = operand["indicator"], operand["year"], operand["applicant"]
    if indicator_id and indicator_id not in known:
        raise CatalogueError(path, line, f"{indicator_id} is no indicator of the catalogue")
    return Term(sign, indicator_id, applicant_type, int(year[1:] or 0) if year else None)
