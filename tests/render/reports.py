"""Random reports: the same seed and choices give the same report."""

from __future__ import annotations

from dataclasses import fields
from random import Random
from typing import cast

from tasks.model import Generation, Level, PublisherKind
from tests.render.bodies import random_body
from tests.render.compose import PARTS
from tests.render.facts import Quirks, ReportFacts
from tests.render.figures import random_figures

YEARS: dict[Generation, tuple[int, int]] = {
    "2008": (2008, 2013),
    "2014": (2014, 2018),
    "2019": (2019, 2020),
    "2021": (2021, 2025),
}
MISSABLE = ("fees", "disputes", "problems", "other", "requests")


def random_facts(
    rng: Random,
    *,
    generation: Generation | None = None,
    level: Level | None = None,
    kind: PublisherKind | None = None,
    year: int | None = None,
    quirks: Quirks | None = None,
) -> ReportFacts:
    """A body's year with figures that keep the identities; what isn't asked for is drawn."""
    form: Generation = rng.choice(tuple(YEARS)) if generation is None else generation
    year = year or rng.randint(*YEARS[form])
    body = random_body(rng, year, level, kind)
    parts = list(PARTS[form])
    for _ in range(quirks.missing if quirks else 0):
        gone = [part for part in parts if part in MISSABLE]
        parts.remove(rng.choice(gone))
    has_tables = form in ("2019", "2021") or rng.random() < 0.6
    return ReportFacts(
        year=year,
        generation=form,
        body=body,
        figures=random_figures(rng, form, body.level),
        parts=tuple(parts),
        has_tables=has_tables,
        has_prose=not has_tables or rng.random() < 0.9,
    )


def random_quirks(rng: Random) -> Quirks:
    """Each quirk on in about a sixth of the reports, traps in most."""
    chosen: dict[str, int | bool] = {}
    for quirk in fields(Quirks):
        if quirk.name == "totals_only":
            continue
        if quirk.name == "traps":
            chosen["traps"] = rng.randint(0, 2)
        elif quirk.type == "int":
            chosen[quirk.name] = rng.randint(1, 3) if rng.random() < 0.15 else 0
        else:
            chosen[quirk.name] = rng.random() < 0.15
    if chosen["no_title"]:
        chosen["short_title"] = chosen["date_gaps"] = False
    return Quirks(**cast(dict[str, bool], chosen))
