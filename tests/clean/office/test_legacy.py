"""Old office files: through a program where one is on the machine, a clear code where none is."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path
from random import Random

import pytest

from tasks.clean.office import legacy
from tasks.clean.office.legacy import extract_legacy, to_docx
from tasks.model import Rejected
from tests.clean.known import expected, paragraphs_of, prose, raw, statistics, tables_of
from tests.clean.office.test_docx import by_python_docx

OLE_DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le")


def code_of(content: bytes) -> str:
    with pytest.raises(Rejected) as caught:
        extract_legacy(raw(content))
    return caught.value.error_code


def test_no_converter_on_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert code_of(OLE_DOC) == "needs_converter"
    assert code_of(rb"{\rtf1 report}") == "needs_converter"


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_converter_that_hangs_is_ended_with_what_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "soffice", f"sleep 60 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(legacy, "START_SECONDS", 0.5)
    monkeypatch.setattr(legacy, "SECONDS_A_FILE", 0.0)
    started = time.monotonic()
    assert code_of(OLE_DOC) == "converter_timeout"
    assert time.monotonic() - started < 10
    child = (tmp_path / "child").read_text(encoding="utf-8").strip()
    time.sleep(0.1)
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text(encoding="utf-8").split()[2] == "Z"


def test_converter_that_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "soffice", "exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert code_of(OLE_DOC) == "broken_doc"


def test_text_by_catdoc_where_libreoffice_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "catdoc", "printf '一、总体情况\\n全年公开信息12条。\\n'")
    monkeypatch.setenv("PATH", str(tmp_path))
    extract = extract_legacy(raw(OLE_DOC))
    assert paragraphs_of(extract) == ["一、总体情况", "全年公开信息12条。"]
    assert extract.media_type == "application/msword"


def test_macros_are_refused() -> None:
    assert code_of(OLE_DOC + "_VBA_PROJECT".encode("utf-16-le")) == "macro_document"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_round_trip_through_libreoffice(tmp_path: Path) -> None:
    rng = Random(8)
    rows, text = statistics(rng), prose(rng)
    source = tmp_path / "report.docx"
    source.write_bytes(by_python_docx([text, rows, text]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    content = source.with_suffix(".doc").read_bytes()
    extract = extract_legacy(raw(content))
    assert tables_of(extract) == [expected(rows)]
    assert paragraphs_of(extract) == [text, text]
    whole, broken = to_docx([content, content[:600]], legacy.SECONDS_A_FILE)
    assert isinstance(whole, bytes)
    assert isinstance(broken, Rejected) or broken != whole
