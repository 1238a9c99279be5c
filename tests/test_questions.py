"""The worked questions give the answers of their page. `python -m tests.test_questions` writes the answers anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.made import ROOT
from tests.worked import printed, questions, write_answers

PAGE = ROOT / "docs" / "questions.md"
QUESTIONS = questions(PAGE)


def test_there_are_ten_and_each_says_what_it_cannot_tell() -> None:
    assert len(QUESTIONS) == 10
    assert PAGE.read_text("utf-8").count("It can't tell") == 10


@pytest.mark.parametrize(("query", "expected"), QUESTIONS, ids=range(1, 1 + len(QUESTIONS)))
def test_the_answer_is_the_one_printed(samples_home: Path, query: str, expected: str) -> None:
    assert printed(samples_home, query) == expected


if __name__ == "__main__":
    write_answers(PAGE)
