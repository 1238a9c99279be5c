"""Reports rendered from known facts with random quirks, of seeds that no other test renders."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from random import Random

from tasks.clean.clean import clean
from tasks.model import Rejected
from tasks.parse.parse import parse
from tests.accuracy.measures import WHOLE, Scores, count_quotes
from tests.render.compare import Tally, tally
from tests.render.html import html_of
from tests.render.made import Format, Made, make
from tests.render.not_reports import NAMES, not_a_report
from tests.render.pages import BUILDERS
from tests.render.samples import gold_of
from tests.render.text import text_of
from tests.render.wording import Script

FIRST_SEED = 7_100_000
REPORTS = 600
FORMATS: tuple[Format, ...] = ("html", "txt", "html", "txt", "docx", "html", "txt", "pdf", "html", "xlsx")
SCRIPTS: tuple[Script, ...] = ("hans", "hans", "hans", "hans", "hant", "hant_tw", "mirror")


def rendered(number: int) -> tuple[Made, str]:
    """The report of that number, and the name of its script."""
    script = SCRIPTS[number % len(SCRIPTS)]
    glosses = script != "hans" and number % 3 == 0
    made = make(FIRST_SEED + number, format=FORMATS[number % len(FORMATS)], script=script, glosses=glosses)
    return made, f"{script} with glosses" if glosses else script


def groups(made: Made, script: str) -> Iterator[tuple[str, str]]:
    """The groups that a report belongs to."""
    yield WHOLE
    yield "generation", made.facts.generation
    yield "format", made.format
    if made.format == "html":
        yield "page builder", made.manner
    elif made.format == "txt":
        yield "serialisation of tables", made.manner
    yield "level", made.facts.body.level
    yield "script", script


def measure_rendered(scores: Scores, count: int = REPORTS) -> None:
    """Read so many rendered reports, and the pages that are none."""
    gold = sha256()
    for number in range(count):
        made, script = rendered(number)
        name = f"{FIRST_SEED + number}.{made.format}"
        gold.update(json.dumps(gold_of(name, made), sort_keys=True).encode())
        one = Tally()
        read(made, one, name)
        scores.add("rendered", groups(made, script), one)
    scores.gold["rendered"] = gold.hexdigest()
    _measure_others(scores)


def read(made: Made, result: Tally, name: str) -> None:
    """One report through clean and parse."""
    try:
        parsed = parse(clean(made.raw(name)))
    except Rejected as rejected:
        result.count("loaded", False, f"{name} {rejected.error_code}")
        for key, (value, method) in made.truth.facts.items():
            result.count(f"recall.{method}", False, f"{name} {key} {value}, not read at all")
        return
    tally(made, parsed, result, name)
    count_quotes(parsed, result, name)


def _measure_others(scores: Scores) -> None:
    """The pages that only look like reports, in the look of every page builder and as text."""
    raw = make(FIRST_SEED, format="html").raw()
    for page in NAMES:
        document = not_a_report(page)
        contents: dict[str, str] = {builder: html_of(document, builder, Random(FIRST_SEED)) for builder in BUILDERS}
        for look, content in {**contents, "text": text_of(document)}.items():
            one = Tally()
            try:
                turned_away = parse(clean(replace(raw, content=content.encode()))).report is None
            except Rejected:
                turned_away = True
            one.count("rejected", turned_away, f"{page} as {look} is taken for a report")
            scores.add("rendered", [WHOLE], one)
