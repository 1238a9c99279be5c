"""Sentences joined by semicolons are one list: what it says of single items is no total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tasks.model import Span
from tasks.parse.prose.sentences import Sentence
from tasks.parse.stated import Stated

_UNTAKEN = ("unexplained", "not_in_catalogue")


class Lists:
    """Follows the sentences of a text in order, and settles each list when it has ended.

    A list of parts may go on over semicolons: …,其中通知4条;公告2条. And where several of its sentences state the same
    indicator (省级受理6件;市级受理3件), each speaks of a part, unless the first holds all the others. Where one has no
    total in the list, what the parts state of others is none either (省级受理6件,公开5件;市级受理9件,公开2件).
    """

    def __init__(self, text: str, reasons: dict[Span, str]) -> None:
        self._text = text
        self._reasons = reasons
        self._stated: list[Stated] = []
        self._has_parts = False
        self.settled: list[Stated] = []

    def follow(self, sentence: Sentence, stated: Iterable[Stated]) -> None:
        """Take in the next sentence of the text, and what it states."""
        if self._text[sentence.start - 1] not in ";；":
            self.end()
        self._stated += stated
        if not sentence.numerals:
            return
        reasons = {(token.start, token.end): self._reasons.get((token.start, token.end)) for token in sentence.numerals}
        if self._has_parts:
            self._reasons.update((span, "part_of_total") for span, reason in reasons.items() if reason in _UNTAKEN)
        self._has_parts = self._has_parts or "其中" in sentence.mask or "part_of_total" in reasons.values()

    def end(self) -> None:
        """Settle the list that ends here."""
        if len(self._stated) < 2:
            self.settled += self._stated
        else:
            self._settle()
        self._stated = []
        self._has_parts = False

    def _settle(self) -> None:
        by_key: dict[tuple[str, str, str], list[Stated]] = defaultdict(list)
        for fact in self._stated:
            by_key[fact.indicator_id, fact.applicant_type, fact.period].append(fact)
        several = [facts for facts in by_key.values() if len(facts) > 1]
        has_no_total = any(not _is_one(facts) and not _leads(facts) for facts in several)
        for facts in by_key.values():
            kept = len(facts) if _is_one(facts) else 0 if has_no_total else 1
            self._reasons.update((part.value_span, "part_of_total") for part in facts[kept:])
            self.settled += facts[:kept]


def _is_one(facts: Sequence[Stated]) -> bool:
    """Whether one number is stated, however often; what is said twice in the same words is said of two parts."""
    is_same = len({fact.value for fact in facts}) == 1
    return is_same and (facts[0].value == 0 or len({fact.rule_id for fact in facts}) == len(facts))


def _leads(facts: Sequence[Stated]) -> bool:
    """Whether the first number holds all the others."""
    first, *others = [fact.value for fact in facts]
    return first >= sum(others) and others != [first]
