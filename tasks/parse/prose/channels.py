"""Which channel published what a numeral counts: by the nearest words that name one."""

from __future__ import annotations

from tasks.parse.prose.numerals import NumeralToken
from tasks.parse.prose.readings import Place, Reading
from tasks.parse.prose.rules import Rule, RuleBook, Words
from tasks.parse.prose.scope import Scope

_PART_WORDS = ("包括", "包含", "分别")
_NEW_MEDIA = frozenset(("proactive.channel.wechat", "proactive.channel.weibo", "none"))
_FARTHEST = 90  # characters after a figure that may say what it is a part of


def by_channel(book: RuleBook, rule: Rule, token: NumeralToken, place: Place, scope: Scope) -> Reading | None:
    """The channel that the nearest clause names; the total where it names none, or a list of them."""
    words = book.words
    leading = words.channel_aside.sub("", place.leading)
    tail = leading[max(leading.rfind(","), leading.rfind(":")) + 1 :]
    named = _channels(words, tail)
    nearest = tail if named else leading
    named = named or _channels(words, nearest)
    is_list = words.several_channels.search(nearest) is not None
    if named == ["none"] and not is_list and (rule.weak or nearest is tail):
        return Reading(token, rule, (), scope, "not_in_catalogue")
    after = place.mask[place.position + 1 : place.position + _FARTHEST]
    if named and (summed := words.summed_after.match(after)) and not _channels(words, summed.group()):
        return Reading(token, rule, (), scope, "part_of_total")
    is_whole = nearest is not tail and words.channels_within.match(after) is not None
    if len(named) == 1 and not is_whole and (not is_list or named[0] == "proactive.channel.other"):
        channel = place.position - len(place.leading) + _channel_place(words, place.leading)
        return Reading(token, rule, (named[0],), scope, matched=(channel, place.position))
    if rule.weak and (carrier := _carrier_before(words, place)):
        return Reading(token, rule, (carrier,), scope, since=place.before.sentence and place.before.sentence.start)
    if rule.indicator != "proactive.total":
        return Reading(token, rule, (), scope, "several_indicators") if named else None
    reason = _no_total(words, rule, place, named, is_list=is_list)
    if reason is None and named and words.channel_follows.match(after):
        reason = "several_indicators"
    return Reading(token, rule, () if reason else ("proactive.total",), scope, reason)


def _carrier_before(words: Words, place: Place) -> str | None:
    """The one carrier that the sentence before names: (二)政务微博 / 开通了“某某发布”微信公众号."""
    before = place.before.sentence
    if before is None or _channels(words, place.mask[: place.position]):
        return None
    if not words.carrier_heading.search(before.mask) and not words.carrier_account.search(before.mask):
        return None
    named = _channels(words, before.mask)
    return named[0] if len(named) == 1 and named != ["none"] else None


def _channels(words: Words, text: str) -> list[str]:
    return [name for name, pattern in words.channels if pattern.search(text)]


def _channel_place(words: Words, leading: str) -> int:
    """Where the last word stands that names a channel."""
    return max(match.start() for _, pattern in words.channels for match in pattern.finditer(leading))


def _no_total(words: Words, rule: Rule, place: Place, named: list[str], *, is_list: bool) -> str | None:
    """Why a figure of published items is not the total: it is that of some channels only, or of a part."""
    has_site = "proactive.channel.website" in named or (is_list and words.site_platform.search(place.leading))
    if "none" in named and not has_site and _NEW_MEDIA.issuperset(named):
        return "several_indicators"  # 微信、抖音等平台: new media, not all channels
    if named and (rule.weak or not is_list) and not has_site:
        return "several_indicators"
    if not rule.weak:
        clause = place.leading[place.leading.rfind(",") + 1 :]
        return "part_of_total" if clause.startswith("其中") and words.part_carrier.search(clause) else None
    lead = place.mask[: place.position]
    if not named and _channels(words, lead):
        return "several_indicators"
    if words.about_a_matter.search(place.leading):
        return "part_of_total"
    is_elsewhere = place.topic not in (None, "proactive") and "主动公开" not in place.leading
    is_part = "其中" in lead or ("#" in lead and any(word in lead for word in _PART_WORDS))
    return "part_of_total" if is_elsewhere or is_part else None
