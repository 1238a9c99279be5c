"""Traditional text back into Simplified and its words, beside the package's own conversions.

How much comes back of official text is measured by `python -m tests.clean.measure_restoration FOLDER`.
"""

from __future__ import annotations

import opencc

from tests.benchmarks.measured import Bound, Measured, named
from tests.clean.measure_restoration import Score, as_is, clean_wording, mirror
from tests.clean.measure_restoration import measure as score_of
from tests.render.made import make

REPORTS = 12


def measure() -> Measured:
    """The table, on made-up reports converted afresh."""
    originals = ["\n".join(line.text for line in make(seed).document.lines) for seed in range(REPORTS)]
    channels = {"mirror-like": mirror(opencc.OpenCC("s2tw")), "s2twp": opencc.OpenCC("s2twp").convert}
    rows: list[tuple[str, ...]] = []
    costs = []
    for channel, convert in channels.items():
        clean_wording(convert(originals[0]))  # which loads the tables
        own = score_of(originals, convert, clean_wording)
        costs.append(1e6 * own.seconds / own.length)
        rows.append(_row(channel, "gongkai", own))
        for name in ("t2s", "tw2sp"):
            score = score_of(originals, convert, as_is(name))
            rows.append(_row(channel, f"{named('opencc-python-reimplemented')}, {name}", score))
    about = f"{REPORTS} made-up reports, {sum(map(len, originals)):,} characters, converted afresh."
    columns = ("channel", "converter", "µs a character", "characters wrong", "lines exact")
    bounds = (Bound("µs a character", max(costs), 1),)
    return Measured("conversion", "Conversion", about, columns, tuple(rows), bounds)


def _row(channel: str, name: str, score: Score) -> tuple[str, ...]:
    wrong, exact = 100 * score.distance / score.length, 100 * score.exact / score.lines
    return channel, name, f"{1e6 * score.seconds / score.length:.2f}", f"{wrong:.3f} %", f"{exact:.1f} %"
