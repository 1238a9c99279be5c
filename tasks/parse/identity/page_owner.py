"""The government that owns the page: named on a line of its own above the title, it does not report for its bureau."""

from __future__ import annotations

from tasks.parse.identity.names import BodyName
from tasks.parse.identity.opening import Opening
from tasks.parse.identity.self_word import may_say, self_word, speaker
from tasks.parse.identity.title import Title

_TOP = 10  # lines at the top among which the owner stands


def owns_page(name: BodyName, word: str | None) -> bool:
    """Whether it is a government beside a report that speaks of 我局, or one of a region beside 我镇."""
    if name.core != "人民政府" or word is None or not name.places:
        return False
    if speaker(word) == "township":
        return name.places[-1].kind == "region"
    return speaker(word) is None and not may_say(name, word)


def own_title(title: Title | None, opening: Opening) -> Title | None:
    """The title without the line above it that only names the owner of the page."""
    if title is None or title.body is None or title.body_text not in opening.lines[:_TOP]:
        return title
    if not owns_page(title.body, self_word(opening)):
        return title
    return Title(title.text.replace(title.body_text, "", 1), title.year, "", None)
