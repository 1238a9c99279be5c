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
    "ods",
    "presentation",
    "xml",
    "web_archive",
    "html",
    "text",
    "image",
    "encrypted_office",
    "archive",
    "cut_office",
    "cut_zip",
    "binary",
]

_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_PICTURE_BRANDS = (b"ftypheic", b"ftypmif1", b"ftypavif")  # of HEIF, four bytes into the file
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_TAR = (257, b"ustar")
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
    "PowerPoint Document": "presentation",
}
# Of a zip the part, or the type that it states, that tells its kind.
_PARTS: dict[str, Kind] = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "presentation",
    "OFD.xml": "ofd",
}
_TYPES: dict[bytes, Kind] = {
    b"opendocument.text": "odt",
    b"opendocument.spreadsheet": "ods",
    b"opendocument.presentation": "presentation",
}
_MAIL = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:[^\n]*\n", re.IGNORECASE)
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
    if front.startswith(_ARCHIVES) or front.startswith(_TAR[1], _TAR[0]):
        return "archive"
    if b"\0\0\0" in front:  # no encoding of text has three zero bytes in a row
        return "binary"
    narrow = front.replace(b"\0", b"")
    if _MAIL.match(narrow):
        return "web_archive"
    if _MARKUP.search(narrow):
        return "html"
    return "xml" if narrow.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml") else "text"


def _is_image(content: bytes) -> bool:
    if content.startswith(b"BM"):  # so may a text: the size that a bitmap states decides
        return int.from_bytes(content[2:6], "little") == len(content)
    return (
        content.startswith(_IMAGES)
        or content.startswith(_PICTURE_BRANDS, 4)
        or (content.startswith(b"RIFF") and content[8:12] == b"WEBP")
    )


def _zip_kind(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            mime = archive.open("mimetype").read(80) if "mimetype" in names else b""
            lost: Kind = "archive"
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        # the directory is lost: what the parts are called, and what the first holds, still stands before each of them
        names, mime = {name for name in _PARTS if name.encode() in content}, content[:120]
        lost = "cut_zip"
    kinds = [kind for name, kind in _PARTS.items() if name in names]
    kinds += [kind for name, kind in _TYPES.items() if name in mime]
    return kinds[0] if kinds else lost


def _ole_kind(content: bytes) -> Kind:
    """By the names of its streams, which stand in its directory. A Word file that holds a sheet is a Word file."""
    if len(content) < 52 or 512 + (int.from_bytes(content[48:52], "little") << content[30]) >= len(content):
        return "cut_office"
    return next((kind for name, kind in _STREAMS.items() if name.encode("utf-16-le") in content), "binary")
