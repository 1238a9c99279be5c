"""A rule file that cannot be used is named with its line, and with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.parse import rulefile
from tasks.parse.rulefile import RULES, RuleFileError, read


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(rulefile, "RULES", tmp_path)
    yield tmp_path
    read.cache_clear()


@pytest.mark.parametrize("file", sorted(RULES.rglob("*.yaml")), ids=lambda file: str(file.relative_to(RULES)))
def test_every_rule_file_is_read(file: Path) -> None:
    assert read(str(file.relative_to(RULES)))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a: [1\nb: 2\n", "tasks/parse/rules/some.yaml, line 2: expected YAML, "),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", "tasks/parse/rules/some.yaml, line 4: the key 'b' stands there already; "),
        ("# nothing\n", "tasks/parse/rules/some.yaml: it is empty; "),
        (b"\xb9\xab", "tasks/parse/rules/some.yaml: expected UTF-8 text"),
        ("a: \x07\n", "tasks/parse/rules/some.yaml: expected YAML, found a control character"),
        (None, "tasks/parse/rules/some.yaml: No such file"),
    ],
)
def test_a_file_that_cannot_be_read(rules: Path, content: str | bytes | None, told: str) -> None:
    if content is not None:
        (rules / "some.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(RuleFileError) as raised:
        read("some.yaml")
    assert str(raised.value).startswith(told)


def test_a_key_that_is_missing_is_told_when_it_is_asked_for(rules: Path) -> None:
    (rules / "some.yaml").write_text("kinds:\n  - {kind: zone}\n  - {kind: zone, patern: x}\n", "utf-8")
    kinds = read("some.yaml")["kinds"]
    assert [entry.get("pattern") for entry in kinds] == [None, None]
    with pytest.raises(RuleFileError, match=r"^tasks/parse/rules/some\.yaml, line 3: expected the key 'pattern'; "):
        kinds[1]["pattern"]
