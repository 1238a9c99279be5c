"""The identities against a report's numbers, and the one number that is wrong."""

from random import Random

import pytest

from tasks.model import Generation
from tasks.parse.checks.check import check
from tests.render.facts import Figures, Key
from tests.render.figures import random_figures
from tests.render.forms import printed_keys
from warehouse.catalogue import identities

STAFF = "capacity.staff"


def _statuses(generation: Generation, values: dict[Key, float]) -> dict[tuple[str, str], str]:
    return {(finding.identity_id, finding.applicant_type): finding.status for finding in check(generation, values)}


def _table_figures(generation: Generation, rng: Random) -> Figures:
    """A full section three and four."""
    figures = random_figures(rng, generation, "county")
    parts = ("request.", "reconsideration.", "litigation.direct", "litigation.after")
    return {key: figures[key] for key in printed_keys(generation) if key[0].startswith(parts)}


def test_pass_fail_and_incomplete() -> None:
    parts = {(f"{STAFF}.full_time", "total"): 2.0, (f"{STAFF}.part_time", "total"): 3.0}
    key = ("capacity.staff", "total")
    assert _statuses("2014", {(STAFF, "total"): 5, **parts})[key] == "pass"
    assert _statuses("2014", {(STAFF, "total"): 6, **parts})[key] == "fail"
    assert _statuses("2014", {(STAFF, "total"): 6, (f"{STAFF}.full_time", "total"): 2})[key] == "incomplete"
    assert _statuses("2014", parts)[key] == "incomplete"
    assert key not in _statuses("2014", {})


def test_a_part_above_the_total_fails_whatever_is_not_stated() -> None:
    values: dict[Key, float] = {(STAFF, "total"): 6, (f"{STAFF}.full_time", "total"): 7}
    assert _statuses("2014", values)["capacity.staff", "total"] == "fail"


def test_an_inequality_that_holds_whatever_is_not_stated_holds() -> None:
    channels = {(f"proactive.channel.{name}", "total"): 10.0 for name in ("website", "weibo", "wechat", "other")}
    assert _statuses("2014", {("proactive.total", "total"): 40, **channels})["proactive.channels", "total"] == "pass"
    assert (
        _statuses("2014", {("proactive.total", "total"): 41, **channels})["proactive.channels", "total"] == "incomplete"
    )
    gazette: dict[Key, float] = {("proactive.channel.gazette", "total"): 0, **channels}
    assert _statuses("2014", {("proactive.total", "total"): 41, **gazette})["proactive.channels", "total"] == "fail"


def test_prose_against_table_is_held_only_where_prose_states_it() -> None:
    table: dict[Key, float] = {
        ("litigation.direct.total", "total"): 2,
        ("litigation.after_reconsideration.total", "total"): 1,
    }
    assert ("litigation.prose", "total") not in _statuses("2021", table)
    assert _statuses("2021", {("litigation.total", "total"): 3, **table})["litigation.prose", "total"] == "pass"
    assert _statuses("2021", {("litigation.total", "total"): 4, **table})["litigation.prose", "total"] == "fail"


@pytest.mark.parametrize("generation", ["2014", "2019", "2021"])
def test_every_identity_of_a_form_is_held(generation: Generation) -> None:
    every = random_figures(Random(5), generation, "prefecture")
    figures = {key: every[key] for key in printed_keys(generation)}
    held = {finding.identity_id for finding in check(generation, figures)}
    wanted = {one.identity_id for one in identities() if generation in one.generations and not one.across_years}
    assert wanted - held <= {"litigation.prose", "information.made"}
    assert {finding.status for finding in check(generation, figures) if finding.severity == "error"} <= {"pass"}


def test_each_of_the_seven_columns_is_held() -> None:
    figures = _table_figures("2021", Random(2))
    flows = [finding for finding in check("2021", figures) if finding.identity_id == "requests.flow.2021"]
    assert len({finding.applicant_type for finding in flows}) == 7
    rows = [finding.detail for finding in check("2021", figures) if finding.identity_id == "requests.applicants.2021"]
    assert len(rows) == len(set(rows)) >= 25


def test_no_form_no_checks() -> None:
    assert check(None, {("capacity.staff", "total"): 1}) == ()


def test_a_changed_cell_is_found_and_named() -> None:
    found = named = wrong = 0
    for seed in range(1000):
        rng = Random(seed)
        generation: Generation = "2021" if seed % 2 else "2019"
        figures = dict(_table_figures(generation, rng))
        key = rng.choice(sorted(figures))
        figures[key] += rng.choice((1, 2, 5, 10, 90, 1000))
        findings = check(generation, figures)
        suspects = [finding for finding in findings if finding.identity_id == "tables.suspect"]
        found += any(finding.status == "fail" for finding in findings)
        right = any(str(finding.detail).startswith(f"{key[0]} of {key[1]}:") for finding in suspects)
        named += right
        wrong += bool(suspects) and not right
    assert found == 1000
    assert named >= 900
    assert wrong == 0


def _suspects(values: dict[Key, float], restated: dict[Key, frozenset[float]] | None = None) -> list[tuple[str, str]]:
    found = check("2021", values, restated)
    return [(one.identity_id, str(one.detail)) for one in found if one.identity_id.startswith("tables.suspect")]


def _review(*values: float) -> dict[Key, float]:
    names = ("upheld", "corrected", "other", "pending", "total")
    return {(f"reconsideration.{name}", "total"): value for name, value in zip(names, values, strict=True)}


def test_the_terms_of_a_sum_that_stands_alone_are_listed() -> None:
    ((kind, detail),) = _suspects(_review(3, 1, 0, 0, 9))
    assert kind == "tables.suspects"
    assert "reconsideration.total of total: 4 in place of 9" in detail
    assert "reconsideration.pending of total: 5 in place of 0" in detail
    assert detail.count("in place of") == 5
    ((_, detail),) = _suspects(_review(3, 1, 0, 0, 2))
    assert detail.count("in place of") == 2  # 3 may be 1; nothing else can be less by two


def test_what_a_sentence_states_decides_between_the_terms_of_a_sum() -> None:
    total = ("reconsideration.total", "total")
    ((kind, detail),) = _suspects(_review(3, 1, 0, 0, 2), {total: frozenset({4.0})})
    assert kind == "tables.suspect"
    assert detail.startswith("reconsideration.total of total: 4 in place of 2")
    ((kind, detail),) = _suspects(_review(3, 1, 0, 0, 2), {total: frozenset({2.0})})
    assert kind == "tables.suspect"
    assert detail.startswith("reconsideration.upheld of total: 1 in place of 3")
    ((kind, _),) = _suspects(_review(3, 1, 0, 0, 2), {total: frozenset({2.0, 4.0})})
    assert kind == "tables.suspect"  # the sentence that keeps the sum outweighs the other


def test_mistakes_in_two_tables_are_named_apart() -> None:
    figures = dict(_table_figures("2021", Random(3)))
    figures["request.outcome.partial", "enterprise"] += 7
    figures |= _review(1, 1, 0, 0, 1)
    kinds = sorted(kind for kind, _ in _suspects(figures))
    assert kinds == ["tables.suspect", "tables.suspects"]
    assert any(detail.startswith("request.outcome.partial of enterprise:") for _, detail in _suspects(figures))
