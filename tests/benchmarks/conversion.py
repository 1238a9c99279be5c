"""Traditional text back into Simplified and its words, beside the package's own conversions.

How much comes back of official text is measured by `python -m tests.clean.wording.measure_restoration FOLDER`.
"""

from __future__ import annotations

from collections.abc import Callable

import opencc

from tests.benchmarks.measured import Bound, Measured, milliseconds, named
from tests.clean.wording.measure_restoration import Score, as_is, clean_wording, mirror
from tests.clean.wording.measure_restoration import measure as score_of
from tests.render.made import make

REPORTS = 12


def measure() -> Measured:
    """The table, on made-up reports converted afresh."""
    originals = ["\n".join(line.text for line in make(seed).document.lines) for seed in range(REPORTS)]
    channels = {"mirror-like": mirror(opencc.OpenCC("s2tw")), "s2twp": opencc.OpenCC("s2twp").convert}
    rows: list[tuple[str, ...]] = []
    costs = []
    for channel, convert in channels.items():
        converted = [convert(original) for original in originals]
        readers: dict[str, Callable[[str], tuple[str, str]]] = {"gongkai": clean_wording}
        readers |= {f"{named('opencc-python-reimplemented')}, {name}": as_is(name) for name in ("t2s", "tw2sp")}
        for name, read in readers.items():
            cost = 1e3 * milliseconds(read, converted, pieces=sum(map(len, converted)))
            costs += [cost] if name == "gongkai" else []
            rows.append(_row(channel, name, cost, score_of(originals, convert, read)))
    about = f"{REPORTS} made-up reports, {sum(map(len, originals)):,} characters, converted afresh."
    columns = ("channel", "converter", "µs a character", "characters wrong", "lines exact")
    bounds = (Bound("µs a character", max(costs), 0.5),)
    return Measured("conversion", "Conversion", about, columns, tuple(rows), bounds)


def _row(channel: str, name: str, cost: float, score: Score) -> tuple[str, ...]:
    wrong, exact = 100 * score.distance / score.length, 100 * score.exact / score.lines
    return channel, name, f"{cost:.2f}", f"{wrong:.3f} %", f"{exact:.1f} %"
