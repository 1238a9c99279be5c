"""What was said before each sentence: the topic, the heading, the words of the paragraph."""

from __future__ import annotations

from tasks.parse.prose.clauses import Hits
from tasks.parse.prose.readings import Before
from tasks.parse.prose.rules import shared_words
from tasks.parse.prose.sentences import Sentence

_HEADING = 16  # characters at most of a line that names the next one's matter, and states nothing
_PARAGRAPH = 120  # characters of what was said before that a rule may look at


class RunningText:
    """Follows the sentences of a text in order.

    A topic holds until another is named. One that a sentence only touches in passing (a mailbox, proposals) holds to
    the end of its line, unless it opens a line without a figure, as headings do.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._heading = ""
        self._paragraph = ""
        self._topic: str | None = None
        self._lasting: str | None = None
        self._last: Sentence | None = None

    def before(self, sentence: Sentence) -> Before:
        """What was said before the sentence."""
        last = self._last
        if self._opens_line(sentence):
            self._paragraph = ""
            self._topic = self._lasting
            last = last if last is not None and len(last.mask) <= _HEADING else None
        return Before(self._topic, f"{self._heading};{self._paragraph}", last)

    def follow(self, sentence: Sentence, hits: Hits | None = None, *, has_figure: bool = False) -> None:
        """Take in the sentence; `hits` are None where it is too long for a heading and has no figure."""
        self._last = sentence
        self._paragraph = f"{self._paragraph[-_PARAGRAPH:]}{sentence.mask[-_PARAGRAPH:]};"
        if hits is None:
            return
        if not has_figure:
            self._heading = sentence.mask
        if hits.topics:
            self._topic = hits.topics[-1][1]
            is_heading = not has_figure and self._opens_line(sentence)
            if is_heading or self._topic not in shared_words().side_topics:
                self._lasting = self._topic

    def _opens_line(self, sentence: Sentence) -> bool:
        return sentence.start == 0 or self._text[sentence.start - 1] == "\n"
