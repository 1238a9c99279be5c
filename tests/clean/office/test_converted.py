"""Old office files of a batch go through LibreOffice together, and a bad one among them costs its own row alone."""

from __future__ import annotations

import pickle
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from tasks.batches import Item, read_batch, write_batch
from tasks.clean.office.converted import with_converted
from tasks.clean.stored import clean_stored
from tasks.clean.task import clean_batch
from tasks.model import Document, RawDocument
from tasks.workers import WORKERS
from tests.clean.known import prose, statistics
from tests.clean.office.test_docx import by_python_docx
from tests.clean.office.test_legacy import OLE_DOC, program
from tests.made import FETCHED

# Stands in for LibreOffice: notes that it ran; makes the DOCX of every file but those that say "broken".
OFFICE = """
echo run >> {folder}/runs
while [ "$1" != --outdir ]; do shift; done
mkdir -p "$2"; out=$2; shift 2
for file; do name=$(basename "$file"); grep -q broken "$file" || cp {folder}/made.docx "$out/${{name%.*}}.docx"; done
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    rng = Random(8)
    (tmp_path / "made.docx").write_bytes(by_python_docx([prose(rng), statistics(rng), "全年公开信息37条。"]))
    program(tmp_path, "soffice", OFFICE.format(folder=tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    WORKERS.end()  # those that others started know another PATH
    return tmp_path


def batch(folder: Path, *contents: bytes) -> Path:
    items = []
    for content in contents:
        document_id = sha256(content).hexdigest()
        (folder / document_id).write_bytes(content)
        raw = RawDocument(document_id, "file", b"", FETCHED)
        items.append(Item(raw, (), pickle.dumps((raw, str(folder / document_id)))))
    write_batch(folder / "in", items)
    return folder / "in"


def runs(folder: Path) -> int:
    return (folder / "runs").read_text(encoding="utf-8").count("run") if (folder / "runs").exists() else 0


def test_one_run_for_all_and_one_row_for_a_bad_file(folder: Path) -> None:
    good = [OLE_DOC + bytes([number]) for number in range(5)]
    text = "全年公开信息12条。".encode()
    source = batch(folder, *good, OLE_DOC + b"broken", text, rb"{\rtf1 report}")
    summary = clean_batch.fn(source, folder / "out")
    WORKERS.end()
    items = list(read_batch(folder / "out"))
    codes = [item.quarantine[0].error_code if item.quarantine else None for item in items]
    assert codes == [None] * 5 + ["broken_doc", None, None]
    assert (summary.documents, summary.quarantined) == (7, 1)
    assert runs(folder) == 2  # all together, then the bad one alone
    documents: list[Document] = [pickle.loads(item.body) for item in items if item.body]
    assert [document.media_type for document in documents] == ["application/msword"] * 5 + [
        "text/plain",
        "application/rtf",
    ]
    assert all("37条" in document.text for document in documents[:5])
    assert documents[0].raw.document_id == sha256(good[0]).hexdigest()


def test_a_batch_without_such_files_stays_as_it_is(folder: Path) -> None:
    source = batch(folder, "全年公开信息12条。".encode(), OLE_DOC + "_VBA_PROJECT".encode("utf-16-le"))
    assert with_converted(source, folder / "converted") == source
    assert runs(folder) == 0


def test_without_libreoffice_each_file_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    source = batch(folder, OLE_DOC)
    assert with_converted(source, folder) == source


def test_what_was_converted_reads_as_the_file_converted_alone(folder: Path) -> None:
    source = batch(folder, OLE_DOC)
    converted = pickle.loads(next(read_batch(with_converted(source, folder))).body or b"")
    assert len(converted) == 3
    assert clean_stored(converted) == clean_stored(converted[:2])
