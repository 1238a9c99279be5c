"""`python -m tests.accuracy [--raise | --lower REASON] [--errors N]`: measure, write the page, hold the floors."""

from __future__ import annotations

import argparse
import sys

from tests.accuracy import floors, page
from tests.accuracy.everything import measure


def main() -> int:
    """Exit status 1 where a line is below its floor and nothing was said of that."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description="How well documents are read.")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--raise", dest="up", action="store_true", help="set the floors where lines have risen")
    change.add_argument("--lower", metavar="REASON", help="set all floors where the lines stand; the reason is kept")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print so many mistakes")
    options = parser.parse_args()
    scores = measure()
    page.write(scores)
    print(f"written: {page.PAGE}")
    print("".join(f"  {error}\n" for error in scores.errors[: options.errors]), end="")
    kept = floors.load()
    if options.lower is not None:
        try:
            floors.save(floors.lowered(kept, scores, options.lower))
        except ValueError as fault:
            parser.error(str(fault))
        return 0
    if options.up:
        kept = floors.raised(kept, scores)
        floors.save(kept)
    elif better := floors.higher(kept, scores):
        print(f"{len(better)} lines stand above their floor: --raise keeps that")
    below = list(floors.broken(kept, scores))
    print("".join(f"{line}\n" for line in below), end="")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
