"""A source: one YAML file under `sources/` that says what is fetched from a site, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from tasks.fetch.address import address
from tasks.fetch.manifest import InputError
from tasks.model import Rejected

FOLDER = Path(__file__).parent / "sources"


class Strict(BaseModel):
    """A part of a source's file: a key that is not known is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Limits(Strict):
    """How gently a site is asked, and how much of it is taken."""

    delay: float = Field(default=2.0, ge=0, description="seconds between two requests to a host")
    concurrency: int = Field(default=1, ge=1, le=8, description="requests to a host at the same time")
    connect_seconds: float = Field(default=15.0, gt=0)
    read_seconds: float = Field(default=30.0, gt=0, description="between two pieces of an answer")
    total_seconds: float = Field(default=120.0, gt=0, description="a whole answer")
    max_bytes: int = Field(default=64 << 20, gt=0, description="of a body, packed and unpacked")
    redirects: int = Field(default=5, ge=0, le=20)
    attempts: int = Field(default=4, ge=1, le=10, description="of a request that fails for a passing reason")
    backoff_seconds: float = Field(
        default=1.0, gt=0, description="before the second attempt; doubled before each further one"
    )
    patience_seconds: float = Field(default=120.0, gt=0, description="the longest wait that a host may ask for")
    failures: int = Field(default=8, ge=1, description="in a row, after which a host is taken to be down")
    down_seconds: float = Field(default=300.0, gt=0, description="for which a host that is down is left alone")
    pages: int = Field(default=20_000, ge=1, description="addresses taken from lists and sitemaps")


class Tls(Strict):
    """What is overlooked at one host."""

    accept_invalid_certificate: bool = False
    legacy_renegotiation: bool = False


class Paging(Strict):
    """The further pages of a list: `{n}` in the pattern counts up until a page is not found or has no link."""

    pattern: str = Field(pattern=r"\{n\}")
    first: int = 1
    last: int = Field(default=50, ge=0)


class Expect(Strict):
    """What a run must find, so that it is published."""

    reports: int = Field(default=0, ge=0, description="at least so many reports")
    not_before: int | None = Field(default=None, description="the oldest year of a report")
    fill: dict[str, float] = Field(
        default_factory=dict, description="indicator: least share of the last good run's share of reports that state it"
    )


class Source(Strict):
    """What is fetched from a site, and how."""

    publisher: str = Field(min_length=1)
    region: str | None = Field(default=None, pattern=r"^\d{6}$")
    kind: Literal["folder", "url_list", "list_page", "sitemap"]
    folder: Path | None = None
    urls: tuple[AnyHttpUrl, ...] = ()
    links: tuple[str, ...] = Field(
        (), description="patterns: an address of a list or sitemap is taken where one is found in it"
    )
    paging: Paging | None = None
    every: timedelta = timedelta(days=7)
    limits: Limits = Limits()
    headers: dict[
        Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")], Annotated[str, Field(pattern=r"^[\x20-\x7e]*$")]
    ] = {}
    allow_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    tls: dict[str, Tls] = {}
    expect: Expect = Expect()
    name: str = ""

    @field_validator("links")
    @classmethod
    def _compiles(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression: {error}") from None
        return patterns

    @model_validator(mode="after")
    def _is_whole(self) -> Source:
        if self.kind == "folder" and self.folder is None:
            raise ValueError("a source of kind folder needs the key folder")
        if self.kind != "folder" and not self.urls:
            raise ValueError(f"a source of kind {self.kind} needs at least one address under urls")
        if self.kind == "list_page" and not self.links:
            raise ValueError("a source of kind list_page needs at least one pattern under links")
        for url in self.starts:
            try:
                address(url)
            except Rejected as rejected:
                raise ValueError(rejected.message) from None
        return self

    @property
    def starts(self) -> list[str]:
        """The addresses it begins with, as text."""
        return [str(url) for url in self.urls]


def load(path: Path) -> list[Source]:
    """The source of a file, or those of a folder (names that begin with `_` are left out). Raises InputError."""
    if path.is_dir():
        files = sorted(file for file in path.glob("*.yaml") if not file.name.startswith("_"))
        if not files:
            raise InputError(f"the folder {path} holds no source: a source is a file NAME.yaml")
        return [_source(file) for file in files]
    return [_source(path)]


def _source(path: Path) -> Source:
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"there is no source {path}: name a file NAME.yaml, or a folder of them") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as UTF-8 text: {error}") from None
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        values: Any = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{path}, line {line}: expected YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise InputError(f"{path}, line 1: expected YAML: {error}") from None
    if not isinstance(values, dict):
        raise InputError(f"{path}, line 1: expected keys and values such as `publisher: …`")
    try:
        source = Source.model_validate(values)
    except ValidationError as error:
        faults = "; ".join(_faults(error, node))
        raise InputError(f"{path}, {faults}") from None
    folder = (path.parent / source.folder) if source.folder else None
    return source.model_copy(update={"name": path.stem, "folder": folder})


def _faults(error: ValidationError, node: yaml.Node | None) -> Iterator[str]:
    for fault in error.errors():
        where = ".".join(str(step) for step in fault["loc"]) or "the source"
        found = f", found {fault['input']!r}" if isinstance(fault["input"], (str, int, float, bool)) else ""
        message = fault["msg"].removeprefix("Value error, ")
        message = {"extra_forbidden": "no such key", "missing": "expected, and not there"}.get(fault["type"], message)
        yield f"line {_line(node, fault['loc'])}: {where}: {message}{found}"


def _line(node: yaml.Node | None, steps: tuple[int | str, ...]) -> int:
    """The line where a value stands, or the part that should hold it."""
    line = node.start_mark.line + 1 if node else 1
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(step)]
            if not found:
                return line
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line
