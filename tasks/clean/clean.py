"""From the bytes of one document to its characters, blocks and wording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from tasks.clean.assemble import assemble
from tasks.clean.extract import Extract
from tasks.clean.sniff import Kind, sniff
from tasks.model import Document, RawDocument, Rejected

READERS: dict[Kind, str] = {
    "text": "text.read:extract_text",
    "html": "html.read:extract_html",
    "pdf": "pdf.read:extract_pdf",
    "docx": "office.docx:extract_docx",
    "xlsx": "office.sheets:extract_sheets",
    "xls": "office.sheets:extract_sheets",
    "doc": "office.legacy:extract_legacy",
    "rtf": "office.legacy:extract_legacy",
    "odt": "office.legacy:extract_legacy",
}
UNREADABLE: dict[Kind, tuple[str, str]] = {
    "image": ("image", "the file is a picture; fetch the report as text, or read it by OCR first"),
    "encrypted_office": ("encrypted_office", "the office file opens with a password only; fetch it without one"),
    "ofd": ("unsupported_format", "OFD is not read; fetch the report as PDF or as a page"),
    "ods": ("unsupported_format", "ODS is not read; save it as XLSX"),
    "presentation": ("unsupported_format", "a presentation is not read; fetch the report as PDF or as a page"),
    "xml": ("unsupported_format", "XML that is no page is not read; fetch the report as a page, PDF or DOCX"),
    "web_archive": ("unsupported_format", "a page saved with its pictures (MHT) is not read; save it as HTML"),
    "archive": ("archive", "the file is an archive; put the files that it holds in its place"),
    "cut_office": ("broken_doc", "the office file is cut off; fetch it again"),
    "cut_zip": ("broken_zip", "the file is an office file or an archive that is cut off; fetch it again"),
    "binary": ("not_text", "the file is neither text nor a format that is read; take it out of the source"),
}


def clean(raw: RawDocument, converted: bytes | None = None) -> Document:
    """The document that the bytes hold, its `raw` without them.

    `converted` is the DOCX that was made of an old office file beforehand, where one was.
    Errors: whatever Rejected the reader of the format raises; no_text; the codes of UNREADABLE.
    """
    if not raw.content:
        raise Rejected("empty", "the file has no bytes; fetch it again")
    kind = sniff(raw.content)
    if kind in UNREADABLE:
        raise Rejected(*UNREADABLE[kind])
    extract = _reader(kind)(raw) if converted is None else _converted(raw, converted)
    document = assemble(raw, extract)
    return replace(document, raw=replace(raw, content=b""))


def _converted(raw: RawDocument, converted: bytes) -> Extract:
    from tasks.clean.office.legacy import extract_converted  # noqa: PLC0415 — when the first such file comes

    return extract_converted(raw, converted)


def _reader(kind: Kind) -> Callable[[RawDocument], Extract]:
    """The reader of a format, imported when the first file of that format comes."""
    module, name = READERS[kind].split(":")
    reader: Callable[[RawDocument], Extract] = getattr(import_module(f"tasks.clean.{module}"), name)
    return reader
