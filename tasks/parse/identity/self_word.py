"""The report's word for itself (我局, 本镇), and which bodies call themselves so: `self` in `rules/publisher.yaml`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tasks.parse.identity.names import BodyName
from tasks.parse.identity.opening import Opening
from tasks.parse.rulefile import read

Speaker = Literal["office", "township", "government"]


@dataclass(frozen=True, slots=True)
class _Rules:
    said: re.Pattern[str]
    cores: dict[str, re.Pattern[str]]
    speakers: dict[str, Speaker]
    office_speaks: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = read("publisher.yaml")
    words = data["self"]
    return _Rules(
        re.compile(f"[我本](?:{'|'.join(sorted(words, key=len, reverse=True))})(?!{data['no_self']['pattern']})"),
        {word: re.compile(entry["core"]) for word, entry in words.items()},
        {word: entry["speaker"] for word, entry in words.items() if "speaker" in entry},
        re.compile(data["office_speaks"]["pattern"], re.M),
    )


def self_word(opening: Opening) -> str | None:
    """What the report calls itself (局, 镇 …) most often; None where it never does."""
    said = [match[0] for match in _rules().said.finditer(opening.prose)]
    if counts := Counter(word[1:] for word in said):
        return max(counts, key=lambda word: (counts[word], "我" + word in said))  # 本镇 is soon copied from another's
    return "办" if _rules().office_speaks.search(opening.head) else None


def may_say(name: BodyName, word: str | None) -> bool:
    """Whether the body can be the one that calls itself 我局: a contact line often names the government instead."""
    core = _rules().cores.get(word or "")
    return core is None or bool(core.search(name.core or name.text))


def speaker(word: str | None) -> Speaker | None:
    """For whom a report speaks that calls itself so; None where that is no office, township or government."""
    return _rules().speakers.get(word or "")
