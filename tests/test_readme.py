"""The README's queries give the README's answers. `python -m tests.test_readme` writes the answers anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.made import ROOT
from tests.worked import printed, questions, write_answers

README = ROOT / "README.md"
QUESTIONS = questions(README)


def test_there_are_five_questions() -> None:
    assert len(QUESTIONS) == 5


@pytest.mark.parametrize(("query", "expected"), QUESTIONS, ids=range(1, 1 + len(QUESTIONS)))
def test_the_answer_is_the_one_printed(samples_home: Path, query: str, expected: str) -> None:
    assert printed(samples_home, query) == expected


if __name__ == "__main__":
    write_answers(README)
