"""`gongkai try-rule`: which facts of a home would be others under a changed rule file. Nothing is written.

Every document is parsed twice, by a worker process with the installed rules and by one that runs a copy of tasks/ in
which the changed file has taken the place of the installed one.
"""

from __future__ import annotations

import pickle
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from flows.settings import SETTINGS
from tasks.fetch.again import as_fetched
from tasks.model import Fact, Parsed, RawDocument, Rejected
from tasks.parse.rulecheck import check, copy_with
from tasks.workers import Worker, WorkerError
from warehouse.home import Home
from warehouse.told import GongkaiError

CLEAN, PARSE = "tasks.clean.clean:clean", "tasks.parse.parse:parse"
OF_REPORT = ("year", "publisher", "region_code", "level", "generation")


class TryError(GongkaiError):
    """The rules cannot be tried: one line for a person."""


@dataclass(slots=True)
class Tried:
    """What would be other, a line each, and how often."""

    lines: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("added", "dropped", "changed"), 0))
    documents: int = 0
    touched: int = 0


def try_rule(file: Path, home: Home) -> Tried:
    """Raises RuleFileError for a file that is no rule file, HomeError, and TryError where its rules cannot be used."""
    place = check(file)
    tried = Tried()
    with tempfile.TemporaryDirectory(prefix="gongkai-try-") as folder:
        copy_with(file, place, Path(folder))
        installed, changed = Worker(SETTINGS.limits, ()), Worker(SETTINGS.limits, (), Path(folder))
        try:
            for raw, path in as_fetched(home):
                _compare(replace(raw, content=path.read_bytes()), installed, changed, tried)
        except WorkerError as error:
            raise TryError(f"the rules cannot be used: {error}") from None
        finally:
            installed.end()
            changed.end()
    return tried


def _compare(raw: RawDocument, installed: Worker, changed: Worker, tried: Tried) -> None:
    try:
        document = installed.call(CLEAN, pickle.dumps(raw))
    except Rejected:
        return  # no rule of parse is asked about it
    before, after = _parsed(installed, document), _parsed(changed, document)
    if isinstance(after, Rejected) and after.error_code == "unexpected_error":
        raise TryError(f"the rules cannot be used on {raw.source_ref}: {after.message}")
    lines = [*_of_report(before, after), *_of_facts(before, after, tried.counts)]
    tried.documents += 1
    tried.touched += bool(lines)
    tried.lines += [f"{raw.source_ref}: {line}" for line in lines]


def _parsed(worker: Worker, document: bytes) -> Parsed | Rejected:
    try:
        parsed: Parsed = pickle.loads(worker.call(PARSE, document))
    except Rejected as rejected:
        return rejected
    return parsed


def _of_report(before: Parsed | Rejected, after: Parsed | Rejected) -> Iterator[str]:
    """What would be other about the document as a whole."""
    if isinstance(before, Rejected) or isinstance(after, Rejected):
        told = [each.error_code if isinstance(each, Rejected) else "a report" for each in (before, after)]
        if told[0] != told[1]:
            yield f"~ {told[0]} -> {told[1]}"
        return
    for column in OF_REPORT:
        old, new = getattr(before.report, column, None), getattr(after.report, column, None)
        if old != new:
            yield f"~ report.{column} {old} -> {new}"


def _of_facts(before: Parsed | Rejected, after: Parsed | Rejected, counts: dict[str, int]) -> Iterator[str]:
    """Facts of one indicator, applicant, period and method are held side by side; what is equal is left out."""
    old, new = _by_key(before), _by_key(after)
    for key in sorted(old.keys() | new.keys()):
        there = {(fact.value, fact.quote): fact for fact in old.get(key, ())}
        then = {(fact.value, fact.quote): fact for fact in new.get(key, ())}
        gone = [fact for told, fact in there.items() if told not in then]
        come = [fact for told, fact in then.items() if told not in there]
        pairs = min(len(gone), len(come))
        counts["changed"] += pairs
        counts["dropped"] += len(gone) - pairs
        counts["added"] += len(come) - pairs
        yield from (
            f"~ {_named(was)} {was.value:g} -> {now.value:g}  {_quote(was)} -> {_quote(now)}"
            for was, now in zip(gone, come, strict=False)
        )
        yield from (f"- {_named(fact)} {fact.value:g}  {_quote(fact)}" for fact in gone[pairs:])
        yield from (f"+ {_named(fact)} {fact.value:g}  {_quote(fact)}" for fact in come[pairs:])


def _by_key(parsed: Parsed | Rejected) -> dict[tuple[str, str, str, str], list[Fact]]:
    found: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
    for fact in parsed.facts if isinstance(parsed, Parsed) else ():
        found[fact.indicator_id, fact.applicant_type, fact.period, fact.method].append(fact)
    return found


def _named(fact: Fact) -> str:
    period = "" if fact.period == "year" else f" {fact.period}"
    return f"{fact.indicator_id} [{fact.applicant_type}]{period}"


def _quote(fact: Fact) -> str:
    return f"“{' '.join(fact.quote.split())}”"
