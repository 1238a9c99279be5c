"""Which code makes the rows: what enters each stage, found along the imports, and the version that runs write down."""

from __future__ import annotations

import hashlib
import platform
import re
import shutil
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from warehouse.home import HomeError
from warehouse.made import ANY, Made, MadeBy

ROOT = Path(__file__).parent.parent
PROJECT = ("flows", "tasks", "warehouse")
_IMPORT = re.compile(rb"^[ \t]*(?:from ([\w.]+) import ([\w, ]*)(?:\(([^)]*)\))?|import ([\w., ]+))", re.MULTILINE)
_RESOURCE = re.compile(rb"(?:files|import_module)\(\"([\w.]+)\"\)")
_TYPE_CHECKING = re.compile(rb"^if TYPE_CHECKING:\n(?:[ \t]+.*\n)+", re.MULTILINE)


class UndeclaredError(HomeError):
    """Something enters the rows that `inputs.yaml` does not name: one line for whoever changed the code."""


@cache
def made_by() -> MadeBy:
    """What this version makes each stage by."""
    formats: dict[str, str] = _declared()["clean"]["formats"]
    readers = frozenset(formats.values())
    common = _stage("clean", _modules(_declared()["clean"]["entries"], readers))
    by_reader = {reader: Made({**common, **_ingredients(_modules([reader], frozenset()))}) for reader in readers}
    clean = {media_type: by_reader[reader] for media_type, reader in formats.items()}
    clean[ANY] = Made({name: digest for made in clean.values() for name, digest in made.ingredients.items()})
    stages = {
        name: Made(_stage(name, _modules(_declared()[name]["entries"], frozenset()))) for name in ("parse", "publish")
    }
    return MadeBy(clean, stages["parse"], stages["publish"])


@cache
def fetch_version() -> str:
    """The fingerprint of what decides whether an address gives bytes."""
    return Made(_ingredients(_modules(["tasks.fetch.folder", "tasks.fetch.fetch"], frozenset()))).fingerprint


@cache
def code_version() -> str:
    """Such as `0.1.0+3f9a…`: equal where the same bytes give the same rows."""
    every = {made.fingerprint: "" for made in made_by().every}
    return f"{version('gongkai')}+{Made(every).fingerprint}"


@cache
def _declared() -> dict[str, Any]:
    declared: dict[str, Any] = yaml.load((Path(__file__).parent / "inputs.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return declared


def _stage(name: str, modules: Iterable[str]) -> dict[str, str]:
    found = _ingredients(modules)
    for pattern in _declared()[name]["data"]:
        files = [path for path in ROOT.glob(pattern) if path.is_file() and path.suffix not in (".py", ".pyc")]
        if not files:
            raise UndeclaredError(f"flows/inputs.yaml: {pattern} names no file")
        found.update({str(path.relative_to(ROOT)): _digest(path) for path in files})
    return found


def _modules(entries: Iterable[str], closed: frozenset[str]) -> set[str]:
    """The modules that the entries import, and so on; not through the closed ones."""
    found: set[str] = set()
    waiting = list(entries)
    while waiting:
        name = waiting.pop()
        if name in found or name in closed:
            continue
        found.add(name)
        waiting += [each for each in _imports(name) if each.split(".")[0] in PROJECT]
    return found


def _ingredients(modules: Iterable[str]) -> dict[str, str]:
    """The files of modules, the libraries that they import, and the programs that they start."""
    found = {"python": platform.python_version()}
    for name in sorted(modules):
        found[str(_file(name).relative_to(ROOT))] = _digest(_file(name))
        for imported in _imports(name):
            top = imported.split(".")[0]
            if top in PROJECT or top in sys.stdlib_module_names:
                continue
            if top not in _declared()["libraries"]:
                raise UndeclaredError(f"{name} imports {top}, which flows/inputs.yaml does not name under `libraries`")
            library = _declared()["libraries"][top]
            found[f"library {library}"] = version(library)
        for program, beside in _declared()["programs"].get(name, {}).items():
            found[f"program {program}"] = _program(program, beside)
    return found


@cache
def _imports(name: str) -> tuple[str, ...]:
    """The modules that a module of this project names in its import statements."""
    found: set[str] = set()
    content = _TYPE_CHECKING.sub(b"", _file(name).read_bytes())
    found.update(package.decode() for package in _RESOURCE.findall(content))
    for source, names, more, plain in _IMPORT.findall(content):
        if plain:
            found.update(part.split()[0] for part in plain.decode().split(",") if part.strip())
            continue
        package = source.decode()
        found.add(package)
        for part in (names + b"," + more).decode().split(","):
            member = f"{package}.{part.split()[0]}" if part.split() else package
            if package.split(".")[0] in PROJECT and _file(member).exists():
                found.add(member)
    return tuple(sorted(found))


def _file(module: str) -> Path:
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if (path / "__init__.py").exists() else path.with_suffix(".py")


def _program(name: str, beside: str) -> str:
    path = shutil.which(name)
    if path is None:
        return "none"
    told = Path(path).resolve().parent / beside
    return _digest(told) if told.is_file() else "unknown"


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
