"""Tables with one changed cell: do the checks find that something is wrong, and do they name the cell?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from random import Random

from tasks.clean.clean import clean
from tasks.model import Check, Generation, RawDocument
from tasks.parse.parse import parse
from tests.accuracy.measures import WHOLE, Scores
from tests.render.compare import Tally
from tests.render.document import Grid, GridCell, Line, NeutralDocument
from tests.render.facts import APPLICANTS, Key, Quirks
from tests.render.html import html_of
from tests.render.made import FETCHED, Made, make
from tests.render.pages import BUILDERS
from warehouse.catalogue import identities, indicators

FIRST_SEED = 7_500_000
TABLES = 1000
FORMS: tuple[Generation, ...] = ("2019", "2021", "2021", "2014")


@cache
def checked(generation: Generation) -> frozenset[Key]:
    """The cells that an identity of the form holds together with others."""
    keys: set[Key] = set()
    for identity in identities():
        if generation not in identity.generations or identity.across_years or identity.severity != "error":
            continue
        named = [term.indicator_id for term in identity.terms if term.indicator_id]
        if identity.over_applicants:
            named = [name for name, known in indicators().items() if generation in known.applicant_generations]
        for name in named:
            split = generation in indicators()[name].applicant_generations
            keys |= {(name, applicant) for applicant in (APPLICANTS if split else ("total",))}
    return frozenset(keys)


def measure_injected(scores: Scores, count: int = TABLES) -> None:
    """Change one cell in the tables of each of so many reports."""
    gold = sha256()
    for number in range(count):
        generation = FORMS[number % len(FORMS)]
        rng = Random(FIRST_SEED + number)
        made = _with_tables(number, generation)
        choices = [(grid, cell) for grid in made.document.grids for cell in _changeable(grid, generation)]
        grid, cell = rng.choice(choices)
        text = slip(cell.text, rng)
        changed = _with(grid, cell, text)
        whole: list[Line | Grid] = [changed if block is grid else block for block in made.document.blocks]
        title = made.document.page_title
        tables = (block for block in whole if isinstance(block, Grid))
        alone: tuple[Line | Grid, ...] = (Line(title, "title"), *tables, *made.document.lines[-2:])
        one = Tally()
        name = f"{FIRST_SEED + number} {cell.key}: {text} in place of {cell.text}"
        builder = rng.choice(BUILDERS)
        _hold(_checks(html_of(NeutralDocument(title, alone), builder, rng), number), cell, one, name)
        _hold_whole(_checks(html_of(NeutralDocument(title, tuple(whole)), builder, rng), number), cell, one, name)
        scores.add("injected", [WHOLE, ("generation and table", f"{generation} {_family(cell)}")], one)
        gold.update(json.dumps([generation, cell.key, cell.text, text]).encode())
    scores.gold["injected"] = gold.hexdigest()


def slip(text: str, rng: Random) -> str:
    """Another number, as a tired hand would type it: one digit other, one digit more or one less."""
    at = rng.randrange(len(text))
    digit = rng.choice([each for each in "0123456789" if each != text[at]])
    ways = [text[:at] + digit + text[at + 1 :], text + digit, *([text[:at] + text[at + 1 :]] if text[1:] else [])]
    return str(int(next((way for way in rng.sample(ways, len(ways)) if int(way) != int(text)), f"{text}0")))


def _with_tables(number: int, generation: Generation) -> Made:
    """A report with tables whose figures keep every identity."""
    seed = FIRST_SEED + number
    while not (made := make(seed, format="txt", generation=generation, quirks=Quirks())).document.grids:
        seed += TABLES  # a report of 2014 may have none
    return made


def _changeable(grid: Grid, generation: Generation) -> Iterator[GridCell]:
    return (cell for cell in grid.cells if cell.key in checked(generation) and cell.text.isdecimal())


def _with(grid: Grid, changed: GridCell, text: str) -> Grid:
    return replace(grid, cells=tuple(replace(cell, text=text) if cell is changed else cell for cell in grid.cells))


def _family(cell: GridCell) -> str:
    assert cell.key is not None
    return cell.key[0].split(".")[0]


def _checks(page: str, number: int) -> tuple[Check, ...]:
    content = page.encode()
    return parse(clean(RawDocument(sha256(content).hexdigest(), f"{number}.html", content, FETCHED))).checks


def _hold(checks: tuple[Check, ...], cell: GridCell, result: Tally, name: str) -> None:
    result.count("found", any(check.status == "fail" and check.severity == "error" for check in checks), name)
    named, listed = (_details(checks, kind) for kind in ("tables.suspect", "tables.suspects"))
    right = len(named) == 1 and _names(named[0], cell)
    result.count("named", right, f"{name}; named {named}")
    if named:
        result.count("named rightly where one is named", right, f"{name}; named {named}")
    result.count("named or listed", right or any(_names(each, cell) for each in listed), f"{name}; listed {listed}")


def _hold_whole(checks: tuple[Check, ...], cell: GridCell, result: Tally, name: str) -> None:
    named = _details(checks, "tables.suspect")
    result.count("named in the report", len(named) == 1 and _names(named[0], cell), f"{name}; named {named}")


def _details(checks: tuple[Check, ...], kind: str) -> list[str]:
    return [check.detail or "" for check in checks if check.identity_id == kind]


def _names(detail: str, cell: GridCell) -> bool:
    """Whether a check names a cell and what stood in it."""
    assert cell.key is not None
    return f"{cell.key[0]} of {cell.key[1]}: {int(cell.text):g} in place of " in detail
