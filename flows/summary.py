"""What a run did, for a person."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.runs import Difference, Reason

QUERY = (
    "SELECT publisher, year, indicator_id, value, unit, quote FROM facts JOIN reports USING (report_id)"
    " WHERE is_primary ORDER BY publisher, year, indicator_id LIMIT 10"
)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: its counts, the reasons for what it put into quarantine, and the seconds of work a stage."""

    warehouse: str
    run_id: str
    counts: dict[str, int]
    reasons: tuple[Reason, ...]
    changes: tuple[Difference, ...]
    seconds: dict[str, float]


def lines(summary: Summary, dry_run: bool = False) -> list[tuple[str, str]]:
    """The summary as pairs of a label and what stands beside it; of a dry run, with what would change."""
    counts = summary.counts
    methods = f"{counts['facts_from_tables']:,} from tables, {counts['facts_from_prose']:,} from prose"
    busy = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in summary.seconds.items())
    result = [
        ("documents", f"{counts['documents']:,}"),
        ("reports", f"{counts['reports']:,}"),
        ("facts", f"{counts['facts']:,} ({methods})"),
        ("checks", f"{counts['checks_passed']:,} passed, {counts['checks_failed']:,} failed"),
        ("quarantined", f"{counts['quarantined']:,}"),
    ]
    for reason in summary.reasons:
        more = f" and {reason.count - 1:,} more" if reason.count > 1 else ""
        result.append(("", f"{reason.error_code}: {reason.source_ref}{more}: {reason.message}"))
    changes = [
        f"{each.table}: {each.rows:,} {each.change} ({each.cause}: {each.detail})"
        for each in summary.changes
        if each.change != "added" or each.cause != "source"
    ]
    if dry_run and not changes:
        changes = ["nothing"]
    label = "would change" if dry_run else "changes"
    result += [("" if number else label, said) for number, said in enumerate(changes)]
    return [*result, ("seconds", busy), *([] if dry_run else [("warehouse", summary.warehouse)])]


def markdown(summary: Summary) -> str:
    """The summary as the run's artifact."""
    rows = [f"| {label} | {text.replace('|', '¦')} |" for label, text in lines(summary)]
    return "\n".join(["| what | |", "| --- | --- |", *rows])
