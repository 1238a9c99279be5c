"""Questions in a page of Markdown, each a query and the answer that it has on the samples."""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from pathlib import Path

from tests.made import run_samples
from warehouse.home import Home
from warehouse.query import answer

QUESTION = re.compile(r"```sql\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


def questions(page: Path) -> list[tuple[str, str]]:
    """The queries of a page, each with its printed answer."""
    return QUESTION.findall(page.read_text("utf-8"))


def printed(home: Path, query: str) -> str:
    """What `gongkai sql` prints, without blank lines and blanks at the ends of lines."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        answer(Home(home), query, "table")
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines() if line.strip())


def write_answers(page: Path) -> None:
    """Write the answers of the samples into a page."""
    with tempfile.TemporaryDirectory() as folder:
        home = run_samples(Path(folder) / "home")
        text = QUESTION.sub(
            lambda found: f"```sql\n{found[1]}```\n\n```text\n{printed(home, found[1])}```", page.read_text("utf-8")
        )
    page.write_text(text, "utf-8")
