"""What the readers of a report's identity look at: its first and last lines and the fields of its index card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from tasks.model import Document
from tasks.parse.rulefile import read

_HEAD = 3000
_TAIL = 400
_CARD = 900
CITED = re.compile(r"《[^》\n]{0,120}》")  # the title of a document
_WIDE = "\uff0c\uff1a\uff1b\uff08\uff09\uff01\uff1f\uff5e\uff0e\uff5c"
_NARROW = ",:;()!?~.|"


@dataclass(frozen=True, slots=True)
class Opening:
    """Texts are without blanks, their punctuation in half width; a break stands where the source has one."""

    lines: tuple[str, ...]  # of the first 3,000 characters, none empty
    head: str  # those lines
    last_lines: tuple[str, ...]  # of the last 400 characters
    prose: str  # the whole text
    fields: tuple[tuple[str, str], ...]  # the index card's, then those that stand as text at the top

    def field(self, purpose: str) -> Iterator[str]:
        """The values that the page has for a purpose (`publisher`, `title` or `published`), best field first."""
        for wanted in _fields()[purpose]:
            yield from (value for key, value in self.fields if key == wanted)


@cache
def _fields() -> dict[str, list[str]]:
    fields: dict[str, list[str]] = read("fields.yaml")
    return fields


@cache
def _field_pattern() -> re.Pattern[str]:
    """A field as text: 发布机构:某局, 名  称: …, or a row of pipes."""
    keys = sorted({key for keys in _fields().values() for key in keys}, key=len, reverse=True)
    # What may not stand before comes after the first character, which is quick to search for.
    spaced = "|".join(r"\s{0,4}".join((key[0] + "(?<![一-龥].)", *key[1:])) for key in keys)
    next_key = rf"(?:{'|'.join(keys)})[^\S\n]*[:|]"
    return re.compile(
        rf"(?P<key>{spaced})\s*[\]】]?\s*(?::\s*\|?|\|)(?![^\S\n]*{next_key})[^\S\n]*"
        rf"(?P<value>[^|\n\t]{{1,80}}?)(?=[^\S\n]{{2,}}|[^\S\n]{next_key}|[|\n\t]|$)"
    )


def narrow(text: str) -> str:
    """The text with its punctuation in half width, so that a pattern need know one (faster than `str.translate`)."""
    for wide, half in zip(_WIDE, _NARROW, strict=True):
        text = text.replace(wide, half)
    return text


@lru_cache(maxsize=4)  # the readers of a document ask for the same text
def uncited(text: str) -> str:
    """The text without the titles of the documents that it names."""
    return CITED.sub("《》", text)


def read_opening(document: Document) -> Opening:
    """The opening of a document."""
    text = narrow(document.text)
    prose = "\n".join("".join(line.split()) for line in text.split("\n"))
    lines = tuple(line for line in prose[:_HEAD].split("\n") if line)
    fields = [(re.sub(r"\s+", "", item.key), narrow(item.value.strip())) for item in document.metadata]
    fields += [
        (re.sub(r"\s+", "", match["key"]), match["value"].strip()) for match in _field_pattern().finditer(text[:_CARD])
    ]
    return Opening(
        lines=lines,
        head="\n".join(lines),
        last_lines=tuple(line for line in prose[-_TAIL:].split("\n") if line)[-10:],
        prose=prose,
        fields=tuple((key, value) for key, value in fields if value),
    )
