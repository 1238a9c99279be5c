"""The least that each line may come to. Floors rise on request and fall only with a reason, which stays in the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import floor
from pathlib import Path
from typing import Any

from tests.accuracy.measures import Scores

FILE = Path(__file__).parent / "floors.json"


@dataclass(slots=True)
class Floors:
    """`gold`: by source, the hash of what should be read. `least`: by line, the least share of right ones."""

    gold: dict[str, str] = field(default_factory=dict)
    least: dict[str, float] = field(default_factory=dict)
    lowered: list[dict[str, Any]] = field(default_factory=list)  # {"reason": …, "lines": {name: [before, after]}}


def load(file: Path = FILE) -> Floors:
    """The floors that are kept; none where there is no file."""
    return Floors(**json.loads(file.read_text("utf-8"))) if file.exists() else Floors()


def save(floors: Floors, file: Path = FILE) -> None:
    """Write them, a line a floor."""
    content = {"gold": floors.gold, "least": floors.least, "lowered": floors.lowered}
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def measured(scores: Scores) -> dict[str, float]:
    """Each line's share, rounded down to a thousandth so that floors are easy to compare."""
    return {line.name: floor(score.rate * 1000) / 1000 for line, score in scores.lines()}


def broken(floors: Floors, scores: Scores) -> Iterator[str]:
    """What does not stand where it should, each in a line. Sources that were not measured are left out."""
    now = measured(scores)
    for source, fingerprint in scores.gold.items():
        if floors.gold.get(source) != fingerprint:
            yield f"{source}: the gold has changed: set the floors anew (python -m tests.accuracy --raise)"
    for name, least in floors.least.items():
        if name.split(" / ")[0] in scores.gold and now.get(name, 0.0) < least:
            yield f"{name}: {now.get(name, 'not measured')}, the floor is {least}"


def higher(floors: Floors, scores: Scores) -> dict[str, float]:
    """The lines that stand above their floor, or have none yet."""
    return {name: rate for name, rate in measured(scores).items() if rate > floors.least.get(name, -1.0)}


def raised(floors: Floors, scores: Scores) -> Floors:
    """The floors with every line that is better now; none falls."""
    least = {**floors.least, **higher(floors, scores)}
    return Floors({**floors.gold, **scores.gold}, dict(sorted(least.items())), floors.lowered)


def lowered(floors: Floors, scores: Scores, reason: str) -> Floors:
    """The floors where the lines stand now, with the reason for those that fell. ValueError without a reason."""
    if not reason.strip():
        raise ValueError("a floor falls only for a reason: --lower 'the reason'")
    now = measured(scores)
    fallen = {
        name: [least, now.get(name)]
        for name, least in floors.least.items()
        if name.split(" / ")[0] in scores.gold and now.get(name, -1.0) < least
    }
    kept = {name: least for name, least in raised(floors, scores).least.items() if name not in fallen}
    least = {**kept, **{name: rate for name, (_, rate) in fallen.items() if rate is not None}}
    history = [*floors.lowered, {"reason": reason, "lines": fallen}] if fallen else floors.lowered
    return Floors({**floors.gold, **scores.gold}, dict(sorted(least.items())), history)
