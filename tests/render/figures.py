"""Random figures of a report that keep every identity of their generation."""

from __future__ import annotations

from random import Random

from tasks.model import Generation, Level
from tests.render.facts import APPLICANTS, Figures, Key

# Requests a year that a body of the level may have, and items that it may publish.
REQUESTS: dict[Level, int] = {"township": 12, "county": 90, "prefecture": 400, "province": 1500, "national": 2500}
ITEMS: dict[Level, int] = {"township": 900, "county": 9000, "prefecture": 30000, "province": 90000, "national": 20000}

DENIED_2019 = tuple(
    f"request.outcome.denied.{reason}"
    for reason in (
        "state_secret",
        "law_prohibits",
        "safety_stability",
        "third_party_rights",
        "internal_affairs",
        "deliberative_process",
        "enforcement_file",
        "administrative_inquiry",
    )
)
UNABLE_2019 = tuple(f"request.outcome.unable.{reason}" for reason in ("not_held", "needs_creation", "still_unclear"))
NOT_PROCESSED_2019 = tuple(
    f"request.outcome.not_processed.{reason}"
    for reason in ("petition_complaint", "repeated", "public_publications", "excessive", "reissue_confirmation")
)
OTHER_2021 = tuple(f"request.outcome.other.{reason}" for reason in ("amendment_overdue", "fee_overdue", "misc"))
DENIED_2014 = tuple(
    f"request.outcome.denied.{reason}"
    for reason in (
        "state_secret",
        "trade_secret",
        "personal_privacy",
        "safety_stability",
        "not_government_information",
        "other_legal",
    )
)


class _Draw:
    """Random counts under one head: `self.figures` grows as they are drawn."""

    def __init__(self, rng: Random, level: Level) -> None:
        self.rng, self.requests, self.items = rng, REQUESTS[level], ITEMS[level]
        self.figures: dict[Key, float] = {}

    def count(self, top: int, zero: float = 0.3) -> int:
        """0 with probability `zero`, else up to `top`, small numbers more often."""
        return 0 if self.rng.random() < zero else 1 + int(max(top - 1, 0) * self.rng.random() ** 2)

    def put(self, indicator: str, value: float, applicant: str = "total") -> float:
        self.figures[indicator, applicant] = value
        return value

    def split(self, parts: tuple[str, ...], total: int, applicant: str = "total") -> None:
        """`total` dealt out among `parts`, the first ones richer."""
        dealt = [0] * len(parts)
        for _ in range(min(total, 400)):
            dealt[int(len(parts) * self.rng.random() ** 1.6)] += 1
        dealt[0] += total - sum(dealt)
        for part, value in zip(parts, dealt, strict=True):
            self.put(part, value, applicant)

    def sum(self, parts: tuple[str, ...], applicant: str = "total") -> int:
        return int(sum(self.figures[part, applicant] for part in parts))


def random_figures(rng: Random, generation: Generation, level: Level) -> Figures:
    """Figures for every indicator that a report of the generation may state."""
    draw = _Draw(rng, level)
    _proactive(draw)
    if generation in ("2008", "2014"):
        _requests_2014(draw, generation)
        _disputes_2014(draw)
        _capacity(draw)
    else:
        _content(draw, generation)
        _requests_2019(draw, generation)
        _disputes_2019(draw)
    draw.put("request.fees_collected", rng.choice((0, 0, 0.03, 0.394, 1.2, 0.56)))
    return draw.figures


def _proactive(draw: _Draw) -> None:
    website, weibo, wechat = (draw.count(draw.items // n, 0.05) for n in (1, 3, 3))
    gazette, other = draw.count(300, 0.5), draw.count(draw.items // 8, 0.2)
    total = website + weibo + wechat + gazette + other
    for channel, value in (
        ("website", website),
        ("weibo", weibo),
        ("wechat", wechat),
        ("gazette", gazette),
        ("other", other),
    ):
        draw.put(f"proactive.channel.{channel}", value)
    draw.put("proactive.total", total)
    draw.put("proactive.full_text_rate", draw.rng.choice((100, 100, 98, 97.5, 95)))
    draw.put("proactive.full_text_count", draw.rng.randint(total // 2, total))
    issued = draw.count(80)
    draw.put("proactive.normative_documents.issued", issued)
    draw.put("proactive.normative_documents.disclosed", draw.count(issued + 20))
    draw.put("proactive.normative_documents.new", draw.count(40))
    draw.put("information.on_request", draw.count(200, 0.1))
    draw.put("information.withheld", draw.count(60, 0.2))
    draw.put("information.made", total + draw.sum(("information.on_request", "information.withheld")))


def _requests_2014(draw: _Draw, generation: Generation) -> None:
    received = draw.count(draw.requests, 0.15)
    channels = ("online", "letter", "in_person", "fax", *(("email", "other") if generation == "2008" else ()))
    draw.put("request.received.new", received)
    draw.split(tuple(f"request.received.channel.{channel}" for channel in channels), received)
    draw.put("request.closed", received)
    draw.split(("request.closed.on_time", "request.closed.extended"), received)
    outcomes = ["granted", "partial", "denied"]
    if generation == "2014":
        outcomes = ["granted", "already_public", "unable.not_held", "not_this_agency", "partial", "denied"]
        outcomes += ["asked_to_amend", "referred_elsewhere"]
    draw.put("request.outcome.total", received)
    draw.split(tuple(f"request.outcome.{outcome}" for outcome in outcomes), received)
    denied = int(draw.figures["request.outcome.denied", "total"])
    if generation == "2014":
        draw.split(DENIED_2014, denied)
        return
    reasons = ("unable.not_held", "not_this_agency", "denied.not_government_information", "asked_to_amend")
    draw.split(tuple(f"request.outcome.{reason}" for reason in reasons), denied)


def _disputes_2014(draw: _Draw) -> None:
    for kind in ("reconsideration", "litigation"):
        total = draw.count(draw.requests // 10, 0.5)
        draw.put(f"{kind}.total", total)
        draw.split(tuple(f"{kind}.{result}" for result in ("upheld", "other", "corrected")), total)
    draw.put("complaints.total", draw.count(8, 0.7))
    draw.put("appeals.total", draw.count(4, 0.8))


def _capacity(draw: _Draw) -> None:
    for indicator, top in (
        ("response.hot_topics", 60),
        ("response.weibo_wechat", 90),
        ("response.other", 40),
        ("response.policy_interpretations", 120),
        ("capacity.offices", 40),
        ("capacity.reading_points", 60),
        ("capacity.application_desks", 30),
        ("capacity.staff.full_time", 30),
        ("capacity.staff.part_time", 120),
        ("training.meetings", 12),
        ("training.courses", 10),
        ("training.attendees", 600),
        ("inquiries.total", 900),
    ):
        draw.put(indicator, draw.count(top))
    draw.put("capacity.staff", draw.sum(("capacity.staff.full_time", "capacity.staff.part_time")))
    draw.put("capacity.budget", draw.rng.choice((0, 5, 12.5, 30, 8.36)))
    for indicator in ("response.press_conferences", "response.online_interviews"):
        held = draw.put(indicator, draw.count(20))
        draw.put(f"{indicator}.by_head", draw.rng.randint(0, int(held)))


def _content(draw: _Draw, generation: Generation) -> None:
    for kind, top in (("regulations", 6), ("normative_documents", 60)):
        zero = 0.7 if kind == "regulations" else 0.2
        names = ("created", "newly_disclosed", "disclosed_total")
        if generation == "2021":
            names = ("issued", "repealed", "in_force")
        new, second = draw.count(top, zero), draw.count(top, zero)
        for name, value in zip(names, (new, second, new + second + draw.count(top * 6, zero)), strict=True):
            draw.put(f"content.{kind}.{name}", value)
    for kind in ("licensing", "other_services", "penalty", "coercion"):
        draw.put(f"decisions.{kind}.items_last_year", draw.count(300))
        draw.put(f"decisions.{kind}.items_change", draw.count(30, 0.5) * draw.rng.choice((1, -1)))
        draw.put(f"decisions.{kind}.decided", draw.count(draw.items))
    draw.put("fees.administrative.items_last_year", draw.count(20, 0.5))
    draw.put("fees.administrative.items_change", draw.count(4, 0.7) * draw.rng.choice((1, -1)))
    draw.put("fees.administrative.amount", draw.rng.choice((0, 26.5, 1276.5534, draw.count(draw.items))))
    draw.put("procurement.projects", draw.count(200))
    draw.put("procurement.amount", draw.rng.choice((0, 477.35, 1424.4, draw.count(draw.items))))


def _requests_2019(draw: _Draw, generation: Generation) -> None:
    others = OTHER_2021 if generation == "2021" else ("request.outcome.other",)
    outcomes = (
        "request.outcome.granted",
        UNABLE_2019[0],
        "request.outcome.partial",
        *others,
        *DENIED_2019,
        *UNABLE_2019[1:],
        *NOT_PROCESSED_2019,
    )
    rows = (
        *outcomes,
        "request.outcome.total",
        "request.carried_out",
        "request.received.carried_in",
        "request.received.new",
    )
    for applicant in APPLICANTS[:-1]:
        closed = (
            draw.count(draw.requests, 0.1) if applicant == "natural_person" else draw.count(draw.requests // 12, 0.6)
        )
        draw.split(outcomes, closed, applicant)
        draw.put("request.outcome.total", closed, applicant)
        carried_out = draw.put("request.carried_out", draw.count(closed // 8, 0.5) if closed else 0, applicant)
        carried_in = draw.put("request.received.carried_in", draw.count(closed // 8, 0.5) if closed else 0, applicant)
        draw.put("request.received.new", closed + carried_out - carried_in, applicant)
    for row in rows:
        draw.put(row, sum(draw.figures[row, applicant] for applicant in APPLICANTS[:-1]))
    for parent, parts in (("denied", DENIED_2019), ("unable", UNABLE_2019), ("not_processed", NOT_PROCESSED_2019)):
        draw.put(f"request.outcome.{parent}", draw.sum(parts))
    if generation == "2021":
        draw.put("request.outcome.other", draw.sum(OTHER_2021))


def _disputes_2019(draw: _Draw) -> None:
    results = ("upheld", "other", "pending", "corrected")
    for kind in ("reconsideration", "litigation.direct", "litigation.after_reconsideration"):
        total = int(draw.put(f"{kind}.total", draw.count(draw.requests // 10, 0.5)))
        draw.split(tuple(f"{kind}.{result}" for result in results), total)
    for result in ("total", "pending"):
        draw.put(
            f"litigation.{result}",
            draw.sum((f"litigation.direct.{result}", f"litigation.after_reconsideration.{result}")),
        )
