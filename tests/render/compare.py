"""What came out of a made-up report against what is known of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tasks.model import Parsed
from tests.render.facts import Key
from tests.render.made import Made


@dataclass(slots=True)
class Tally:
    """Counts over many reports, by what is counted: (right, all). `errors` says each mistake in a line."""

    counts: Counter[tuple[str, bool]] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def count(self, what: str, right: bool, error: str) -> None:
        self.counts[what, right] += 1
        if not right:
            self.errors.append(f"{what}: {error}")

    def rate(self, what: str) -> float:
        """The share of right ones; 1 where nothing was counted."""
        right, wrong = self.counts[what, True], self.counts[what, False]
        return right / (right + wrong) if right + wrong else 1.0


def primary(parsed: Parsed) -> dict[Key, float]:
    """The values that an analyst would use."""
    return {
        (fact.indicator_id, fact.applicant_type): fact.value
        for fact in parsed.facts
        if fact.is_primary and fact.period == "year"
    }


def tally(made: Made, parsed: Parsed, result: Tally, name: str) -> None:
    """Adds one report to `result`; `name` says which one it is."""
    _tally_report(made, parsed, result, name)
    found, truth = primary(parsed), made.truth
    for key, (value, method) in truth.facts.items():
        result.count(f"recall.{method}", found.get(key) == value, f"{name} {key} {value}, found {found.get(key)}")
    for fact in parsed.facts:
        key = (fact.indicator_id, fact.applicant_type)
        if fact.is_primary and fact.period == "year":
            wanted = truth.facts[key][0] if key in truth.facts else truth.tolerated.get(key)
            result.count(f"precision.{fact.method}", fact.value == wanted, f"{name} {key} {fact.value} {fact.quote!r}")
    if truth.missing_parts is not None:
        missing = {part.part for part in parsed.parts if part.status == "missing"}
        wanted_parts = sorted(truth.missing_parts)
        result.count("missing_parts", missing == truth.missing_parts, f"{name} {sorted(missing)}, not {wanted_parts}")


def _tally_report(made: Made, parsed: Parsed, result: Tally, name: str) -> None:
    report, body, truth = parsed.report, made.facts.body, made.truth
    result.count("loaded", report is not None, f"{name} {[row.error_code for row in parsed.quarantine]}")
    if report is None:
        return
    result.count("year", report.year == made.facts.year, f"{name} {report.year}, not {made.facts.year}")
    generation = made.facts.generation
    result.count("generation", report.generation == generation, f"{name} {report.generation}, not {generation}")
    names = (truth.publisher, *truth.publisher_alternatives)
    result.count("publisher", report.publisher in names, f"{name} {report.publisher}, not {names}")
    if body.region_code is not None:
        right = report.region_code == body.region_code
        result.count("region_code", right, f"{name} {report.region_code}, not {body.region_code} {body.name}")
        if body.kind != "vertical":  # a tax bureau belongs to no local government
            result.count("level", report.level == body.level, f"{name} {report.level}, not {body.level} {body.name}")
