"""Plain text as crawlers leave it: lines of a report between lines of the site, tables pasted among them.

`source_text` is the whole decoded text; only the blocks decide what reaches the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tasks.clean.characters.charset import decode
from tasks.clean.characters.mojibake import refuse_mojibake
from tasks.clean.extract import Extract
from tasks.clean.html.chrome import chrome_lines, refuse_no_report
from tasks.clean.html.metadata import read_card, without_counters
from tasks.clean.limits import check_length, check_size
from tasks.clean.text.lines import BLANKS, Line, split_lines
from tasks.clean.text.markdown import unmarked
from tasks.clean.text.pasted_tables import find_tables
from tasks.clean.text.run_on import set_apart
from tasks.clean.titles import CLOSED, NUMBERED, PAGE, kind_of, sections_of, titles_of
from tasks.model import Block, MetadataItem, Paragraph, RawDocument, Rejected

_ITEM = re.compile(r"\d{1,2}\s*[、.．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]是")
_OPEN_END = re.compile("[《〈（(“‘「『、,，]$")
_OPEN_START = re.compile("[》〉）)”’」』，。、；：%,;]")
_STOP = re.compile("[，,。、；：]")
_PIPES = BLANKS + "|｜"
_WRAP_SLACK = 3  # characters by which the lines of a hard wrap differ in length


def extract_text(raw: RawDocument) -> Extract:
    """A plain text as an Extract. Raises Rejected: `empty`, `not_text`, `mojibake`, `too_large` and the like."""
    check_size(raw)
    decoded = decode(raw.content, raw.charset, html=False)
    check_length(len(decoded.text))
    refuse_mojibake(decoded.text)
    refuse_no_report("", decoded.text)
    blocks, titles, metadata = read_lines(decoded.text)
    if not blocks:
        raise Rejected("empty", "the text has no line beside the site's own: fetch it again")
    return Extract(decoded.text, blocks, titles, metadata, decoded.charset, "text/plain")


def read_lines(text: str) -> tuple[tuple[Block, ...], tuple[str, ...], tuple[MetadataItem, ...]]:
    """Blocks, title candidates and metadata of a text by its lines."""
    lines = set_apart(unmarked(split_lines(text)))
    texts = [line.text for line in lines]
    card = read_card(texts)
    chrome = chrome_lines(texts) - card.lines
    tables = find_tables(text, lines, card.lines | chrome)
    inside = {index for table in tables for index in range(table.first, table.last)}
    free = {index: _bare(line) for index, line in enumerate(lines) if index not in inside and index not in chrome}
    free = {index: line for index, line in free.items() if line.text}
    titles = list(titles_of([line.text for index, line in free.items() if index not in card.lines]))
    blocks: list[Block] = [table.table for table in tables]
    for run in _runs(free, card.lines):
        blocks += _paragraphs(text, free[run[0]].start, free[run[-1]].end, titles, is_card=run[0] in card.lines)
    names = [item.value for item in card.items if item.key == "名称"]
    return tuple(sorted(blocks, key=lambda block: block.start)), tuple(dict.fromkeys(titles + names)), card.items


def _bare(line: Line) -> Line:
    """A line without the pipes at its ends, which a table around it left."""
    text = line.text.rstrip(_PIPES)
    end = line.start + len(text)
    text = text.lstrip(_PIPES)
    return Line(end - len(text), end, text, line.raw)


def _runs(free: dict[int, Line], card: frozenset[int]) -> Iterator[list[int]]:
    """The lines of each paragraph: one, or as many as a hard wrap made of it."""
    width = _wrap_width([line.text for line in free.values()])
    run: list[int] = []
    for index, line in free.items():
        apart = not run or index in card or run[-1] in card or index != run[-1] + 1
        if run and (apart or not _goes_on(free[run[-1]], line, width, inside=len(run) > 1)):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _paragraphs(text: str, start: int, end: int, titles: Sequence[str], *, is_card: bool) -> Iterator[Paragraph]:
    words = text[start:end]
    if is_card or PAGE.fullmatch(words):
        yield Paragraph(start, start + len(without_counters(words)), "metadata")
        return
    for first, last in sections_of(words):
        yield Paragraph(start + first, start + last, kind_of(words[first:last], titles))


def _goes_on(line: Line, following: Line, width: int, *, inside: bool) -> bool:
    """Whether a line was broken inside a sentence, so that the next belongs to it; `inside`: as it to the last."""
    if NUMBERED.match(following.text) or _ITEM.match(following.text) or PAGE.match(line.text):
        return False
    if _OPEN_END.search(line.text) or _OPEN_START.match(following.text):
        return True
    return bool(width) and _is_full(line.text, width) and (inside or bool(_STOP.search(line.text[:-1])))


def _is_full(text: str, width: int) -> bool:
    return not CLOSED.search(text) and 0 <= width - _columns(text) <= 2 * _WRAP_SLACK


def _wrap_width(texts: Sequence[str]) -> int:
    """The width, in columns of which a Chinese character counts two, at which the lines were cut; 0 where none were."""
    width = max((_columns(text) for text in texts), default=0)
    if not 40 <= width <= 120:
        return 0
    full = [text for text in texts if _is_full(text, width)]
    return width if len(full) >= 3 and sum(bool(_STOP.search(text[:-1])) for text in full) * 2 >= len(full) else 0


def _columns(text: str) -> int:
    return len(text) + sum(character > "\u2e7f" for character in text)
