"""Old office files (DOC, WPS, RTF, ODT): converted by a program that may be on the machine, then read like new ones.

LibreOffice keeps tables and their merged cells; catdoc, where LibreOffice is missing, gives the text with the cells of
a row apart by tabs. Both run as a process of their own, in a folder of their own, with a time limit and without macros.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tasks.clean.extract import Extract
from tasks.clean.limits import check_size
from tasks.clean.office.docx import extract_docx
from tasks.clean.sniff import Kind, sniff
from tasks.clean.text.read import extract_text
from tasks.model import RawDocument, Rejected

START_SECONDS = 40.0  # what LibreOffice may take to start on a busy machine
SECONDS_A_FILE = 10.0
MEDIA_TYPES: dict[Kind, str] = {
    "doc": "application/msword",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
}
_NO_MACROS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def extract_legacy(raw: RawDocument) -> Extract:
    """Read a DOC, WPS, RTF or ODT file.

    Errors: needs_converter, converter_timeout, broken_doc, macro_document, and those of DOCX.
    """
    check_size(raw)
    kind = sniff(raw.content)
    if has_macros(raw.content):
        raise Rejected("macro_document", "the file carries macros; save it as docx without them")
    if office_program():
        converted = to_docx([raw.content], SECONDS_A_FILE)[0]
        if isinstance(converted, Rejected):
            raise converted
        return extract_converted(raw, converted)
    if kind == "doc" and _program(("catdoc",)):
        extract = extract_text(replace(raw, content=_catdoc(raw.content), charset="utf-8"))
        return replace(extract, media_type=MEDIA_TYPES[kind], charset=None)
    raise Rejected("needs_converter", "LibreOffice or catdoc must be on the machine to read this file; install one")


def extract_converted(raw: RawDocument, converted: bytes) -> Extract:
    """Read the DOCX that was made of an old office file."""
    extract = extract_docx(replace(raw, content=converted))
    return replace(extract, media_type=MEDIA_TYPES.get(sniff(raw.content), "application/msword"), charset=None)


def has_macros(content: bytes) -> bool:
    """Whether an old office file carries macros."""
    return "_VBA_PROJECT".encode("utf-16-le") in content


def office_program() -> str | None:
    """Where LibreOffice is on this machine, if it is."""
    return _program(("soffice", "libreoffice"))


def to_docx(contents: Sequence[bytes], seconds_a_file: float) -> list[bytes | Rejected]:
    """Convert old office files to DOCX in one run of LibreOffice: its start costs more than a file."""
    program = office_program()
    if program is None:
        return [Rejected("needs_converter", "LibreOffice must be on the machine to read this file")] * len(contents)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        profile, target = Path(folder, "profile"), Path(folder, "out")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_NO_MACROS, encoding="utf-8")
        sources = [Path(folder, f"{number}.{_ending(content)}") for number, content in enumerate(contents)]
        for source, content in zip(sources, contents, strict=True):
            source.write_bytes(content)
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to"]
        command += ["docx:MS Word 2007 XML", "--outdir", str(target), *map(str, sources)]
        finished = _run(command, START_SECONDS + seconds_a_file * len(contents))
        return [_converted(target / f"{source.stem}.docx", finished) for source in sources]


def _converted(path: Path, finished: bool) -> bytes | Rejected:
    if path.is_file():
        return path.read_bytes()
    if not finished:
        return Rejected("converter_timeout", "LibreOffice did not convert the file in time")
    return Rejected("broken_doc", "LibreOffice cannot read the file; fetch it again")


def _ending(content: bytes) -> str:
    """The ending by which LibreOffice chooses its reader."""
    kind = sniff(content)
    return kind if kind in MEDIA_TYPES else "doc"


def _catdoc(content: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        source, target = Path(folder, "0.doc"), Path(folder, "0.txt")
        source.write_bytes(content)
        if not _run(["catdoc", "-w", "-d", "utf-8", str(source)], SECONDS_A_FILE, target):
            raise Rejected("converter_timeout", "catdoc did not read the file in time")
        text = target.read_bytes()
    if not text.strip():
        raise Rejected("broken_doc", "catdoc finds no text in the file; fetch it again")
    return text


def _run(command: Sequence[str], seconds: float, output: Path | None = None) -> bool:
    """Run a program to its end; False where it took too long, and was ended with all that it started."""
    with (output or Path(os.devnull)).open("wb") as sink:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return False
    return True


def _program(names: Sequence[str]) -> str | None:
    return next((path for path in map(shutil.which, names) if path), None)
