"""The rule files: how each is read, and what is said of one that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, NoReturn

import yaml
from yaml.constructor import SafeConstructor

from warehouse.told import GongkaiError

RULES = Path(__file__).parent / "rules"
_INSTALLED = "tasks/parse/rules"


class RuleFileError(GongkaiError):
    """The file is no rule file: one line that names the file and the line, and says what was expected."""


@cache
def read(place: str) -> Any:
    """What the file at this place in rules/ holds. Raises RuleFileError, now or when a missing key is asked for."""
    name = f"{_INSTALLED}/{place}"
    node = composed(RULES / place, name)
    if node is None:
        raise RuleFileError(f"{name}: it is empty; put the installed file back")
    return _Constructor(name).construct_document(node)


@cache
def pattern_at(place: str, *keys: str) -> re.Pattern[str]:
    """The pattern of the entry that stands at these keys of the file, beside its example and counter-example."""
    entry = read(place)
    for key in keys:
        entry = entry[key]
    return re.compile(entry["pattern"])


def composed(file: Path, name: str) -> yaml.Node | None:
    """The file's content with its lines, None of an empty file. Raises RuleFileError, which calls the file `name`."""
    try:
        return yaml.compose(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except OSError as error:
        raise RuleFileError(f"{name}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise RuleFileError(f"{name}: expected UTF-8 text") from None
    except yaml.MarkedYAMLError as error:
        raise RuleFileError(f"{name}, line {_line(error.problem_mark)}: expected YAML, {error.problem}") from None
    except yaml.YAMLError:
        raise RuleFileError(f"{name}: expected YAML, found a control character") from None


class _Entry(dict[Any, Any]):
    """Keys with their values; says where it stands when it is asked for a key that it has not."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def __missing__(self, key: object) -> NoReturn:
        raise RuleFileError(f"{self.where}: expected the key {key!r}; add it, or put the installed file back")


class _Constructor(SafeConstructor):
    """Makes an entry of each mapping, and none of one that has a key twice: of two, YAML would take the last."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def entry(self, node: yaml.MappingNode) -> Iterator[_Entry]:
        """The mapping's entry, filled when it is asked for more, as this library's constructors are."""
        entry = _Entry(f"{self.name}, line {_line(node.start_mark)}")
        yield entry
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in entry:
                where = f"{self.name}, line {_line(key_node.start_mark)}"
                raise RuleFileError(f"{where}: the key {key!r} stands there already; leave one of them")
            entry[key] = self.construct_object(value_node, deep=True)

    yaml_constructors: ClassVar[dict[str | None, Any]] = {
        **SafeConstructor.yaml_constructors,
        "tag:yaml.org,2002:map": entry,
    }


def _line(mark: yaml.Mark | None) -> int:
    return mark.line + 1 if mark is not None else 1
