"""Writes the sample reports: `python -m tests.render.samples`.

Real regions, fictional figures. `samples/manifest.jsonl` says where each file might have come from; what is in it
stands in `samples.gold.jsonl` beside this file, so that nobody takes it for a document.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.render.facts import Key, Quirks, Truth
from tests.render.html import html_of
from tests.render.made import Made, make
from tests.render.not_reports import not_a_report

SAMPLES_FOLDER = Path(__file__).parents[2] / "samples"
GOLD_FILE = Path(__file__).parent / "samples.gold.jsonl"
FAMILIES = (
    "proactive",
    "information",
    "request",
    "reconsideration",
    "litigation",
    "response",
    "capacity",
    "training",
    "content",
    "decisions",
    "fees",
    "procurement",
    "complaints",
    "appeals",
    "inquiries",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A file of samples/: what `make` is asked for, and where it might have been found."""

    file: str
    url: str
    fetched_at: str
    seed: int
    choices: dict[str, Any] = field(default_factory=dict)
    scored: bool = True  # an earlier version of another report has no gold of its own


def _sample(file: str, host: str, seed: int, fetched_at: str = "2026-02-03T08:00:00+08:00", **choices: Any) -> Sample:
    scored = choices.pop("scored", True)
    format = file.rsplit(".", 1)[1]
    choices = {"format": format, "quirks": Quirks(), **choices}
    return Sample(file, f"http://{host}.example/zwgk/nb/{seed}.{format}", fetched_at, seed, choices, scored)


SAMPLES = (
    _sample("2009-county-department.html", "county-bureau", 103, generation="2008", level="county", kind="department",
            year=2009, builder="old", charset="gb18030", claimed_charset="gb2312", quirks=Quirks(traps=1)),
    _sample("2010-province-department.txt", "provincial-office", 110, generation="2008", level="province",
            kind="department", year=2010, serialisation="pipe_rows", quirks=Quirks(listing_preamble=True)),
    _sample("2011-prefecture.html", "prefecture-city", 111, generation="2008", level="prefecture", kind="government",
            year=2011, builder="layout", charset="gb18030", claimed_charset="utf-8", quirks=Quirks(metadata=True)),
    _sample("2012-township.docx", "a-town", 112, generation="2008", level="township", year=2012),
    _sample("2013-ministry.html", "a-ministry", 113, generation="2008", level="national", year=2013, builder="bare",
            quirks=Quirks(listing_preamble=True, traps=1)),
    _sample("2014-county.docx", "a-county", 114, generation="2014", level="county", kind="government", year=2014,
            quirks=Quirks(traps=1)),
    _sample("2015-prefecture-department.pdf", "city-bureau", 115, generation="2014", level="prefecture",
            kind="department", year=2015),
    _sample("2016-county-mirror.txt", "encyclopaedia-mirror", 116, generation="2014", level="county",
            kind="government", year=2016, script="mirror", serialisation="cell_a_line_nbsp"),
    _sample("2017-township.html", "a-township", 117, generation="2014", level="township", year=2017,
            builder="modern", quirks=Quirks(metadata=True, traps=1)),
    _sample("2018-province.html", "a-province", 118, generation="2014", level="province", kind="government",
            year=2018, builder="modern", quirks=Quirks(metadata=True, grouped_digits=True)),
    _sample("2019-county-pipe-rows.txt", "district-portal", 119, generation="2019", level="county",
            kind="government", year=2019, serialisation="pipe_rows_padded"),
    _sample("2019-ministry.pdf", "another-ministry", 219, generation="2019", level="national", year=2019),
    _sample("2020-township-cell-a-line.txt", "street-office", 120, generation="2019", level="township", year=2020,
            serialisation="cell_a_line_spaced"),
    _sample("2020-county-mirror.html", "mirror-site", 220, generation="2019", level="county", kind="department",
            year=2020, script="mirror", builder="bare"),
    _sample("2021-prefecture.pdf", "prefecture-hall", 121, generation="2021", level="prefecture", kind="government",
            year=2021, quirks=Quirks(joined_tables=True)),
    _sample("2021-county-does-not-foot.html", "a-bureau", 221, generation="2021", level="county", kind="department",
            year=2021, builder="modern", quirks=Quirks(unfooted=True, metadata=True)),
    _sample("2022-county.html", "a-district", 122, "2026-01-15T08:00:00+08:00", generation="2021", level="county",
            kind="government", year=2022, builder="layout", quirks=Quirks(unfooted=True), scored=False),
    _sample("2022-county-revised.html", "a-district", 122, "2026-02-20T08:00:00+08:00", generation="2021",
            level="county", kind="government", year=2022, builder="layout"),
    _sample("2022-traditional.txt", "converted-site", 322, generation="2021", level="prefecture", kind="department",
            year=2022, script="hant_tw", charset="big5hkscs", serialisation="pipe_at_cell_end"),
    _sample("2023-province-department.docx", "provincial-bureau", 123, generation="2021", level="province",
            kind="department", year=2023, quirks=Quirks(joined_tables=True, blanks=3)),
    _sample("2024-township.html", "a-street", 124, generation="2021", level="township", year=2024, builder="modern",
            quirks=Quirks(metadata=True, traps=1, short_title=True)),
    _sample("2024-utf16.txt", "a-portal", 224, generation="2021", level="county", kind="department", year=2024,
            charset="utf-16", serialisation="tabs"),
    _sample("2025-county-glossed.txt", "glossed-mirror", 125, generation="2021", level="county", kind="government",
            year=2025, script="hant", glosses=True, serialisation="pipe_between_cells"),
)  # fmt: skip
DAMAGED = "damaged.docx"  # the first half of a file
NOTICE = "notice.html"  # no report, though it speaks of nothing else


def made_samples() -> dict[str, Made]:
    """The reports by file name."""
    return {sample.file: make(sample.seed, **sample.choices) for sample in SAMPLES}


def _gold_value(key: Key, value: float, method: str) -> list[Any]:
    return [*key, int(value) if value == int(value) else value, method]


def gold_of(file: str, made: Made) -> dict[str, Any]:
    """The report's line of the gold file."""
    truth: Truth = made.truth
    body = made.facts.body
    open_families = {key[0].split(".")[0] for key in truth.tolerated}
    line: dict[str, Any] = {
        "source_ref": file,
        "is_report": True,
        "report": {
            "year": made.facts.year,
            "publisher": truth.publisher,
            "region_code": body.region_code,
            "level": body.level,
            "generation": made.facts.generation,
        },
        "publisher_alt": list(truth.publisher_alternatives),
        "facts": [_gold_value(key, *stated) for key, stated in sorted(truth.facts.items())],
        "families": [family for family in FAMILIES if family not in open_families],
    }
    if truth.missing_parts is not None:
        line["missing_parts"] = sorted(truth.missing_parts)
    return line


def _write_lines(path: Path, lines: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def write_samples(folder: Path, gold_file: Path) -> None:
    """All files with their `manifest.jsonl`, and the gold file."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest, gold = [], []
    made = made_samples()
    for sample in SAMPLES:
        (folder / sample.file).write_bytes(made[sample.file].content)
        manifest.append({"file": sample.file, "url": sample.url, "fetched_at": sample.fetched_at})
        if sample.scored:
            gold.append(gold_of(sample.file, made[sample.file]))
    whole = made["2014-county.docx"].content
    (folder / DAMAGED).write_bytes(whole[: len(whole) // 2])
    notice = html_of(not_a_report("notice"), "modern", Random(0))
    (folder / NOTICE).write_text(notice, encoding="utf-8")
    for file in (DAMAGED, NOTICE):
        manifest.append(
            {"file": file, "url": f"http://a-county.example/{file}", "fetched_at": "2026-02-03T08:00:00+08:00"}
        )
        gold.append({"source_ref": file, "is_report": False})
    _write_lines(folder / "manifest.jsonl", manifest)
    _write_lines(gold_file, gold)


if __name__ == "__main__":
    write_samples(SAMPLES_FOLDER, GOLD_FILE)
