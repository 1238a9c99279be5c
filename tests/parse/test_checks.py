"""The identities against a report's numbers, and the one number that is wrong."""

from random import Random

import pytest

from tasks.model import Generation
from tasks.parse.checks import check
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
