"""What kind of file some bytes are: by what they hold, never by their name or by what a server said."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

Kind = Literal[
    "pdf",
    "docx",
    "xlsx",
    "xls",
    "doc",
    "rtf",
    "odt",
    "ofd",
    "html",
    "text",
    "image",
    "encrypted_office",
    "zip",
    "binary",
]

_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|span|br|script|h[1-6]|font|center|frameset)[\s>/]",
    re.IGNORECASE,
)
_STREAMS: dict[str, Kind] = {
    "EncryptedPackage": "encrypted_office",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
}
_FRONT = 8_192  # bytes that are looked at


def sniff(content: bytes) -> Kind:
    """The kind of a file.

    `doc` is any OLE file with a Word stream, WPS of Kingsoft included; `ofd` the Chinese page format, which no
    reader here knows; `text` whatever is nothing else.
    """
    front = content[:_FRONT]
    if b"%PDF-" in front[:1024]:
        return "pdf"
    if front.startswith(_ZIP):
        return _zip_kind(content)
    if front.startswith(_OLE):
        return _ole_kind(content)
    return "rtf" if front.startswith(b"{\\rtf") else _loose_kind(content, front)


def _loose_kind(content: bytes, front: bytes) -> Kind:
    """Of what says less plainly what it is."""
    if _is_image(content):
        return "image"
    if front.startswith(_ARCHIVES) or b"\0\0\0" in front:  # no encoding of text has three zero bytes in a row
        return "binary"
    return "html" if _MARKUP.search(front.replace(b"\0", b"")) else "text"


def _is_image(content: bytes) -> bool:
    if content.startswith(b"BM"):  # so may a text: the size that a bitmap states decides
        return int.from_bytes(content[2:6], "little") == len(content)
    return content.startswith(_IMAGES) or (content.startswith(b"RIFF") and content[8:12] == b"WEBP")


def _zip_kind(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            mime = archive.open("mimetype").read(80) if "mimetype" in names else b""
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        names, mime = set(), b""
        # the directory is lost: what the parts are called still stands before each of them
        names |= {name for name in ("word/document.xml", "xl/workbook.xml") if name.encode() in content}
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if b"opendocument.text" in mime:
        return "odt"
    return "ofd" if "OFD.xml" in names else "zip"


def _ole_kind(content: bytes) -> Kind:
    """By the names of its streams. A Word file that holds a sheet is a Word file."""
    return next((kind for name, kind in _STREAMS.items() if name.encode("utf-16-le") in content), "binary")
