"""Kinds of files, told by their content."""

from __future__ import annotations

import io
import zipfile

import pytest

from tasks.clean.sniff import sniff
from tests.clean.pdf.printed import Printer

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (Printer().pdf(), "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4 after a stray beginning", "pdf"),
        (zipped(word__document_xml="<a/>"), "docx"),
        (zipped(word__document_xml="<a/>")[:60], "docx"),
        (zipped(xl__workbook_xml="<a/>"), "xlsx"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (zipped(OFD_xml="<a/>"), "ofd"),
        (zipped(report="text"), "archive"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_office"),
        (OLE, "binary"),
        (rb"{\rtf1\ansi report}", "rtf"),
        (b"\xff\xd8\xff\xe0 photo", "image"),
        (b"BMW \xe7\x9a\x84\xe6\x8a\xa5\xe5\x91\x8a", "text"),
        ("<HTML><body>报告".encode("gb18030"), "html"),
        ("\ufeff<table>报告".encode("utf-16-le"), "html"),
        ("政府信息公开工作年度报告 1 < 2".encode("gb18030"), "text"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04", "binary"),
        (b"", "text"),
    ],
)
def test_kind(content: bytes, kind: str) -> None:
    assert sniff(content) == kind
