from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.wording.align import Edit, Moved, compose
from tasks.clean.wording.draft import draft
from tasks.model import Alignment, Paragraph

SOURCE = "".join(map(chr, range(0x4E00, 0x4E00 + 60)))  # every character once: a wrong offset cannot hide


@st.composite
def edits_of(draw: st.DrawFn, length: int, alphabet: str) -> list[Edit]:
    bounds = sorted(draw(st.lists(st.integers(0, length), max_size=12, unique=True)))
    pairs = list(zip(bounds[::2], bounds[1::2], strict=False))
    return [Edit(start, end, draw(st.text(alphabet, max_size=4))) for start, end in pairs]


def assert_sound(text: str, source: str, alignment: Alignment) -> None:
    """Every character that was not written by an edit leads to its like; positions never go back."""
    assert alignment.text_length == len(text)
    assert not text or alignment.text_starts[0] == 0
    assert all(start < end for start, end in pairwise((*alignment.text_starts, alignment.text_length)))
    previous = 0
    for index, character in enumerate(text):
        start, end = alignment.source_span(index, index + 1)
        assert previous <= end <= len(source)
        assert start <= end
        previous = start
        if character in source:
            assert source[start:end] == character


@given(edits_of(len(SOURCE), "abc"))
def test_unchanged_characters_lead_to_themselves(edits: list[Edit]) -> None:
    made = Moved(SOURCE, edits)
    assert_sound(made.text, SOURCE, made.alignment)
    for edit, (start, end) in zip(edits, _written(edits), strict=True):
        if start < end:
            assert made.alignment.source_span(start, end) == (edit.start, edit.end)


def _written(edits: list[Edit]) -> list[tuple[int, int]]:
    spans, shift = [], 0
    for edit in edits:
        start = edit.start + shift
        spans.append((start, start + len(edit.text)))
        shift += len(edit.text) - (edit.end - edit.start)
    return spans


@given(st.data())
def test_two_steps_lead_back_through_both(data: st.DataObject) -> None:
    """The second step's edits do not cut what the first wrote, as restored words never do."""
    first_edits = data.draw(edits_of(len(SOURCE), "ab"))
    first = Moved(SOURCE, first_edits)
    text = first.text
    untouched = [
        edit
        for edit in data.draw(edits_of(len(text), "xy"))
        if not any(sign in text[edit.start : edit.end] for sign in "ab")
    ]
    second = Moved(text, untouched)
    assert_sound(second.text, SOURCE, compose(first.alignment, second.alignment))


def test_a_separator_stands_for_the_blank_that_is_next() -> None:
    made = draft("甲\n乙 丙丁", [Paragraph(start, start + 1) for start in (0, 2, 4, 5)], ()).made
    assert made.text == "甲\n乙\n丙\n丁\n"
    alignment = made.alignment
    assert alignment.source_span(0, 5) == (0, 5)
    assert alignment.source_span(3, 4) == (3, 4)
    assert alignment.source_span(5, 6) == (5, 5)  # nothing stands there in the source
    assert alignment.source_span(6, 7) == (5, 6)


def test_a_text_of_which_a_second_step_leaves_nothing() -> None:
    nothing = Moved("一二", [Edit(0, 2, "")])
    assert compose(Moved("一二", []).alignment, nothing.alignment) == Alignment((), (), (), 0)
