from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.fetch.manifest import InputError, read_manifest


def manifest(folder: Path, *lines: str) -> Path:
    (folder / "manifest.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


def test_nothing_where_there_is_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}


def test_what_it_says_of_a_file(tmp_path: Path) -> None:
    line = '{"file": "某区/1.html", "url": "https://a.gov.cn/1", "fetched_at": "2024-03-01T08:00:00+08:00"}'
    declared = read_manifest(manifest(tmp_path, line, "", '{"file": "2.txt", "charset": "gbk"}'))
    assert declared["某区/1.html"].url == "https://a.gov.cn/1"
    assert declared["某区/1.html"].fetched_at == datetime(2024, 3, 1, tzinfo=UTC)
    assert declared["2.txt"].charset == "gbk"
    assert declared["2.txt"].fetched_at is None


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"file": "a"', "line 2: expected a JSON object, found a fault at character 13"),
        ('["a"]', "line 2: expected a JSON object with file, url, fetched_at"),
        ('{"url": "https://a.gov.cn"}', "line 2: file: expected the path of a file"),
        ('{"file": "a", "uri": "x"}', "line 2: unknown key 'uri'; expected file, url"),
        ('{"file": 3}', "line 2: file: expected text, found 3"),
        ('{"file": "a", "url": "a.gov.cn"}', "line 2: url: expected an address that begins with http"),
        ('{"file": "a", "fetched_at": "2024-03-01"}', "line 2: fetched_at: expected a date and time with its offset"),
        ('{"file": "a", "fetched_at": "yesterday"}', "line 2: fetched_at: expected a date and time"),
        ('{"file": "z"}', "line 2: z stands on an earlier line already"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        read_manifest(manifest(tmp_path, '{"file": "z"}', line))


def test_a_manifest_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "manifest.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read as UTF-8"):
        read_manifest(tmp_path)


def test_a_manifest_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "manifest.jsonl").mkdir()
    with pytest.raises(InputError, match=r"^manifest\.jsonl is a folder: expected a text file"):
        read_manifest(tmp_path)
