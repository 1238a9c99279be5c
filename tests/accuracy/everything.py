"""Everything that is measured, once a process."""

from __future__ import annotations

from functools import cache

from tests.accuracy.gold import measure_real, measure_samples
from tests.accuracy.injected import measure_injected
from tests.accuracy.measures import Scores
from tests.accuracy.rendered import measure_rendered


@cache
def measure() -> Scores:
    """About 20 seconds."""
    scores = Scores()
    measure_rendered(scores)
    measure_samples(scores)
    measure_real(scores)
    measure_injected(scores)
    return scores
