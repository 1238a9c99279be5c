"""A changed file of rules/, held to the shape of the installed one before anything is parsed with it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import yaml

from tasks.parse.rulefile import RULES, RuleFileError, composed

KINDS: dict[type, str] = {
    yaml.SequenceNode: "a list",
    yaml.MappingNode: "keys with values",
    yaml.ScalarNode: "a single value",
    type(None): "nothing",
}
PATTERNS = frozenset({"pattern", "unless", "unless_before", "when", "around"})


def place_of(file: Path) -> Path:
    """The place within rules/ that a file of this name has: requests.yaml -> prose/requests.yaml.

    Raises RuleFileError where no rule file has it.
    """
    known = sorted(path.relative_to(RULES) for path in RULES.rglob("*.yaml"))
    found = [place for place in known if place.name == file.name]
    if not found:
        names = ", ".join(map(str, known))
        raise RuleFileError(f"{file.name}: expected the name of the rule file that it stands for, one of {names}")
    return found[0]


def check(file: Path) -> Path:
    """The file's place within rules/. Raises RuleFileError where it has not the shape of what stands there."""
    place = place_of(file)
    node = composed(file, file.name)
    installed = composed(RULES / place, str(place))
    assert installed is not None
    for line, fault in _faults(node, installed, "the file"):
        raise RuleFileError(f"{file.name}, line {line}: {fault}")
    return place


def _faults(node: yaml.Node | None, model: yaml.Node, what: str) -> Iterator[tuple[int, str]]:
    """Where a node differs in kind from the installed one, at the top and in the entries of lists of rules."""
    if type(node) is not type(model):
        yield _line(node), f"{what}: expected {KINDS[type(model)]}, found {KINDS[type(node)]}"
    elif isinstance(node, yaml.MappingNode) and isinstance(model, yaml.MappingNode):
        mine, theirs = _entries(node), _entries(model)
        for name, value in theirs.items():
            if name not in mine:
                yield _line(node), f"{what}: expected the key {name!r}"
            elif type(mine[name]) is not type(value) or not isinstance(value, yaml.MappingNode):
                yield from _faults(mine[name], value, name)
    elif isinstance(node, yaml.SequenceNode) and isinstance(model, yaml.SequenceNode):
        yield from _faults_of_list(node, model, what)


def _faults_of_list(node: yaml.SequenceNode, model: yaml.SequenceNode, what: str) -> Iterator[tuple[int, str]]:
    installed = [_entries(entry) for entry in model.value if isinstance(entry, yaml.MappingNode)]
    if not installed or len(installed) < len(model.value):
        return
    known = {name for entry in installed for name in entry}
    needed = {name for name in known if all(name in entry for entry in installed)}
    for entry in node.value:
        if not isinstance(entry, yaml.MappingNode):
            yield _line(entry), f"{what}: expected an entry with {', '.join(sorted(needed))}"
            continue
        mine = _entries(entry)
        if unknown := sorted(mine.keys() - known):
            yield _line(entry), f"unknown key {unknown[0]!r}; expected {', '.join(sorted(known))}"
        if missing := sorted(needed - mine.keys()):
            yield _line(entry), f"expected the key {missing[0]!r}"
        for name in sorted(PATTERNS & mine.keys()):
            yield from _faults_of_pattern(name, mine[name])


def _faults_of_pattern(name: str, node: yaml.Node) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.ScalarNode):
        try:
            re.compile(node.value)
        except re.error as error:
            yield _line(node), f"{name}: expected a regular expression, {error}"


def _entries(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _line(node: yaml.Node | None) -> int:
    return node.start_mark.line + 1 if node is not None else 1


def copy_with(file: Path, place: Path, folder: Path) -> None:
    """A copy of the code of tasks/ in a folder, with the file in the place of the installed one."""
    tasks = Path(__file__).parents[1]
    shutil.copytree(tasks, folder / "tasks", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(file, folder / "tasks" / "parse" / "rules" / place)
