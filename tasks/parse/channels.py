"""Which channel published what a numeral counts: by the nearest words that name one."""

from __future__ import annotations

from tasks.parse.numerals import NumeralToken
from tasks.parse.prose_rules import Rule, RuleBook, Words
from tasks.parse.readings import Place, Reading
from tasks.parse.scope import Scope

_PART_WORDS = ("包括", "包含", "分别")


def by_channel(book: RuleBook, rule: Rule, token: NumeralToken, place: Place, scope: Scope) -> Reading | None:
    """The channel that the nearest clause names; the total where it names none, or a list of them."""
    words = book.words
    tail = place.leading[max(place.leading.rfind(","), place.leading.rfind(":")) + 1 :]
    named = _channels(words, tail)
    nearest = tail if named else place.leading
    named = named or _channels(words, nearest)
    is_list = words.several_channels.search(nearest) is not None
    if named == ["none"]:
        return Reading(token, rule, (), scope, "not_in_catalogue")
    if len(named) == 1 and (not is_list or named[0] == "proactive.channel.other"):
        channel = place.position - len(place.leading) + _channel_place(words, place.leading)
        return Reading(token, rule, (named[0],), scope, matched=(channel, place.position))
    if rule.indicator != "proactive.total":
        return Reading(token, rule, (), scope, "several_indicators") if named else None
    reason = _no_total(words, rule, place, named, is_list=is_list)
    return Reading(token, rule, () if reason else ("proactive.total",), scope, reason)


def _channels(words: Words, text: str) -> list[str]:
    return [name for name, pattern in words.channels if pattern.search(text)]


def _channel_place(words: Words, leading: str) -> int:
    """Where the last word stands that names a channel."""
    return max(match.start() for _, pattern in words.channels for match in pattern.finditer(leading))


def _no_total(words: Words, rule: Rule, place: Place, named: list[str], *, is_list: bool) -> str | None:
    """Why a figure of published items is not the total: it is that of some channels only, or of a part."""
    has_site = "proactive.channel.website" in named or (is_list and "平台" in place.leading)
    if named and (rule.weak or not is_list) and not has_site:
        return "several_indicators"
    if not rule.weak:
        return None
    lead = place.mask[: place.position]
    if not named and _channels(words, lead):
        return "several_indicators"
    is_elsewhere = place.topic not in (None, "proactive") and "主动公开" not in place.leading
    is_part = "其中" in lead or ("#" in lead and any(word in lead for word in _PART_WORDS))
    return "part_of_total" if is_elsewhere or is_part else None
