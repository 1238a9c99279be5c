"""What enters the rows is declared: along the imports, and nothing else is read."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from flows import version
from flows.version import ROOT, UndeclaredError, made_by
from tests.made import ROOT as CHECKOUT

READ = """
import sys
opened = set()
sys.addaudithook(lambda event, told: opened.add(str(told[0])) if event == "open" else None)
from datetime import UTC, datetime
from pathlib import Path
from tasks.clean.clean import clean
from tasks.model import RawDocument, Rejected
from tasks.parse.parse import parse
for path in sorted(Path("samples").iterdir()):
    if path.suffix != ".jsonl":
        try:
            parse(clean(RawDocument(path.name, path.name, path.read_bytes(), datetime.now(UTC))))
        except Rejected:
            pass
print("\\n".join(sorted(opened)))
"""


def test_reading_opens_no_file_of_the_project_that_is_not_declared() -> None:
    done = subprocess.run([sys.executable, "-c", READ], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    opened = {Path(line).resolve() for line in done.stdout.splitlines() if line.startswith("/")}
    data = {str(path.relative_to(ROOT)) for path in opened if path.is_relative_to(ROOT) and ".venv" not in path.parts}
    read = {name for name in data if Path(name).suffix not in (".py", ".pyc") and not name.startswith("samples")}
    stages = (*made_by().clean.values(), made_by().parse)  # what publishing alone enters is not read again for
    declared = {name for made in stages for name in made.ingredients}
    assert len(read) > 20
    assert read - declared == set()
    code = {name for name in data if name.startswith("tasks") and name.endswith(".py")}
    assert {name for name in code if not name.endswith("__init__.py")} - declared == set()


def test_imports_are_those_that_python_sees() -> None:
    for folder in ("clean", "parse", "load"):
        for path in (ROOT / "tasks" / folder).rglob("*.py"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            seen = set()
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    seen |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    seen.add(str(node.module))
            assert seen <= set(version._imports(name)), name


def test_a_change_touches_the_stage_and_the_format_that_it_enters(monkeypatch: pytest.MonkeyPatch) -> None:
    before = made_by()
    assert touched(monkeypatch, "tasks/parse/rules/parts.yaml") == {"parse"}
    assert touched(monkeypatch, "warehouse/sql/publish/2_primary.sql") == {"publish"}
    assert touched(monkeypatch, "tasks/clean/pdf/page.py") == {"", "application/pdf"}
    assert touched(monkeypatch, "tasks/clean/wording/t2s.py") == set(before.clean)
    assert "parse" in touched(monkeypatch, "tasks/model.py")


def touched(monkeypatch: pytest.MonkeyPatch, changed: str) -> set[str]:
    """The stages, and of cleaning the media types, whose fingerprint changes with a file."""
    before, digest = made_by(), version._digest
    with monkeypatch.context() as patch:
        patch.setattr(version, "_digest", lambda path: "other" if str(path).endswith(changed) else digest(path))
        after = made_by.__wrapped__()
    found = {kind for kind in before.clean if before.clean[kind].fingerprint != after.clean[kind].fingerprint}
    return found | {name for name in ("parse", "publish") if getattr(before, name) != getattr(after, name)}


def test_a_library_that_is_not_declared_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = version._declared()
    libraries = {name: package for name, package in declared["libraries"].items() if name != "lxml"}
    monkeypatch.setattr(version, "_declared", lambda: {**declared, "libraries": libraries})
    with pytest.raises(UndeclaredError, match=r"tasks\.clean\.[\w.]+ imports lxml, which flows/inputs.yaml does not"):
        made_by.__wrapped__()


def test_data_that_is_gone_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = version._declared()
    clean = {**declared["clean"], "data": ["tasks/clean/lost/*"]}
    monkeypatch.setattr(version, "_declared", lambda: {**declared, "clean": clean})
    with pytest.raises(UndeclaredError, match="tasks/clean/lost"):
        made_by.__wrapped__()
