"""Which channel published what a numeral counts: by the nearest words that name one."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tasks.parse.prose.numerals import NumeralToken
from tasks.parse.prose.readings import Place, Reading, leading_words
from tasks.parse.prose.rules import Rule
from tasks.parse.prose.scope import Scope
from tasks.parse.rulefile import pattern_at, read

_FARTHEST = 90  # characters after a figure that may say what it is a part of


class _Carriers(NamedTuple):
    """`carriers.yaml`, compiled."""

    kinds: tuple[tuple[str, re.Pattern[str]], ...]  # channel, what names it
    new_media: frozenset[str]  # channels
    several: re.Pattern[str]
    aside: re.Pattern[str]
    heading: re.Pattern[str]
    account: re.Pattern[str]
    joined: re.Pattern[str]
    followers: re.Pattern[str]
    of_followers: re.Pattern[str]
    next_follows: re.Pattern[str]
    parts_follow: re.Pattern[str]
    summed_after: re.Pattern[str]
    about_a_matter: re.Pattern[str]
    of_a_part: re.Pattern[str]
    on_each: re.Pattern[str]
    lists_parts: re.Pattern[str]
    one_of_several: re.Pattern[str]
    site: re.Pattern[str]
    column_of_site: re.Pattern[str]

    def named_in(self, text: str) -> list[str]:
        """The channels that the words name."""
        return [name for name, pattern in self.kinds if pattern.search(text)]

    def last_place(self, leading: str) -> int:
        """Where the last word stands that names a channel."""
        return max(match.start() for _, pattern in self.kinds for match in pattern.finditer(leading))


@cache
def _carriers() -> _Carriers:
    data = read("prose/carriers.yaml")
    kinds = tuple((name, re.compile("|".join(words))) for name, words in data["kinds"].items())
    patterns = (pattern_at("prose/carriers.yaml", name) for name in _Carriers._fields[2:])
    return _Carriers(kinds, frozenset(data["new_media"]), *patterns)


def by_channel(rule: Rule, token: NumeralToken, place: Place, scope: Scope) -> Reading | None:
    """The channel that the nearest clause names; the total where it names none, or a list of them."""
    carriers = _carriers()
    words = _leading(carriers, rule, place)
    leading = carriers.aside.sub("", words)
    joined = carriers.joined.search(leading)
    tail = joined.group() if joined else leading[max(leading.rfind(","), leading.rfind(":")) + 1 :]
    named = carriers.named_in(tail)
    nearest = tail if named else leading
    named = named or carriers.named_in(nearest)
    is_list = carriers.several.search(nearest) is not None
    if named == ["none"] and not is_list and (rule.weak or nearest is tail or rule.indicator != "proactive.total"):
        return Reading(token, rule, (), scope, "not_in_catalogue")
    after = place.mask[place.position + 1 : place.position + _FARTHEST]
    if named and (reason := _not_theirs(carriers, named, nearest, place)):
        return Reading(token, rule, (), scope, reason)
    is_whole = nearest is not tail and carriers.parts_follow.match(after) is not None
    if len(named) == 1 and not is_whole and (not is_list or named[0] == "proactive.channel.other"):
        channel = place.position - len(words) + carriers.last_place(words)
        return Reading(token, rule, (named[0],), scope, matched=(channel, place.position))
    if rule.weak and (carrier := _carrier_before(carriers, place)):
        return Reading(token, rule, (carrier,), scope, since=place.before.sentence and place.before.sentence.start)
    if rule.indicator != "proactive.total":
        return Reading(token, rule, (), scope, "several_indicators") if named else None
    reason = _no_total(carriers, rule, place, named, is_list=is_list)
    if reason is None and named and carriers.next_follows.match(after):
        reason = "several_indicators"
    return Reading(token, rule, () if reason else ("proactive.total",), scope, reason)


def _leading(carriers: _Carriers, rule: Rule, place: Place) -> str:
    """The words that lead to the figure, from before a count of followers between (微信粉丝900人,发布86条)."""
    before = place.position - len(place.leading) - 1
    is_weak = rule.weak or rule.indicator != "proactive.total"
    if before < 0 or not is_weak or not carriers.of_followers.match(place.leading):
        return place.leading
    words = leading_words(place.mask, before)
    is_count = "粉丝" in place.leading[:6] or carriers.followers.search(words)
    return place.mask[before - len(words) : place.position] if is_count else place.leading


def _not_theirs(carriers: _Carriers, named: list[str], leading: str, place: Place) -> str | None:
    """Why a figure is not that of the carriers named before it: as many on each, summed up with the next figure, or
    that of a column which a site names like a board."""
    if carriers.on_each.search(leading):
        return "several_indicators"
    if named == ["proactive.channel.other"] and carriers.column_of_site.search(place.mask, 0, place.position):
        return "part_of_total"
    summed = carriers.summed_after.match(place.mask[place.position + 1 : place.position + _FARTHEST])
    return "part_of_total" if summed and not carriers.named_in(summed.group()) else None


def is_one_of_several(mask: str, position: int) -> bool:
    """Whether the figure at that place is of a carrier beside the one whose figure stands before it."""
    return _carriers().one_of_several.search(mask, 0, position) is not None


def _carrier_before(carriers: _Carriers, place: Place) -> str | None:
    """The one carrier that the sentence before names: (二)政务微博 / 开通了“某某发布”微信公众号."""
    before = place.before.sentence
    if before is None or carriers.named_in(place.mask[: place.position]):
        return None
    if not carriers.heading.search(before.mask) and not carriers.account.search(before.mask):
        return None
    named = carriers.named_in(before.mask)
    return named[0] if len(named) == 1 and named != ["none"] else None


def _no_total(carriers: _Carriers, rule: Rule, place: Place, named: list[str], *, is_list: bool) -> str | None:
    """Why a figure of published items is not the total: it is that of some channels only, or of a part."""
    has_site = "proactive.channel.website" in named or (is_list and carriers.site.search(place.leading))
    if "none" in named and not has_site and carriers.new_media.issuperset(named):
        return "several_indicators"
    if named and (rule.weak or not is_list) and not has_site:
        return "several_indicators"
    if not rule.weak:
        clause = place.leading[place.leading.rfind(",") + 1 :]
        return "part_of_total" if clause.startswith("其中") and carriers.of_a_part.search(clause) else None
    lead = place.mask[: place.position]
    if not named and carriers.named_in(lead):
        return "several_indicators"
    if carriers.about_a_matter.search(place.leading):
        return "part_of_total"
    is_elsewhere = place.topic not in (None, "proactive") and "主动公开" not in place.leading
    return "part_of_total" if is_elsewhere or carriers.lists_parts.search(lead) else None
