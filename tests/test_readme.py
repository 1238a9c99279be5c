"""The README's queries give the README's answers. `python -m tests.test_readme` writes the answers anew."""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from pathlib import Path

import pytest

from tests.made import ROOT, run_samples
from warehouse.query import answer

README = ROOT / "README.md"
QUESTION = re.compile(r"```sql\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
QUESTIONS = QUESTION.findall(README.read_text("utf-8"))


def printed(home: Path, query: str) -> str:
    """What `gongkai sql` prints, without blank lines and blanks at the ends of lines."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        answer(home, query, "table")
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines() if line.strip())


def test_there_are_five_questions() -> None:
    assert len(QUESTIONS) == 5


@pytest.mark.parametrize(("query", "expected"), QUESTIONS, ids=range(1, 1 + len(QUESTIONS)))
def test_the_answer_is_the_one_printed(samples_home: Path, query: str, expected: str) -> None:
    assert printed(samples_home, query) == expected


def main() -> None:
    """Write the answers of the samples into the README."""
    with tempfile.TemporaryDirectory() as folder:
        home = run_samples(Path(folder) / "home")
        text = QUESTION.sub(
            lambda found: f"```sql\n{found[1]}```\n\n```text\n{printed(home, found[1])}```", README.read_text("utf-8")
        )
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
