"""A PDF as a file: its properties, and what cannot be read says why."""

from __future__ import annotations

import io
import itertools
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tasks.clean.pdf.read import extract_pdf
from tasks.model import Rejected
from tests.clean.known import (
    STATISTICS_WIDTHS,
    prose,
    raw,
    squeezed,
    statistics,
)
from tests.clean.pdf.printed import Printer
from tests.clean.pdf.reading import print_table, read


def test_properties_of_the_file() -> None:
    printer = Printer()
    printer.canvas.setTitle("政府信息公开年报")
    printer.paragraph("正文。")
    extract = read(printer)
    assert "政府信息公开年报" in extract.title_candidates
    assert ("Title", "政府信息公开年报") in {(item.key, item.value) for item in extract.metadata}
    assert extract.media_type == "application/pdf"


def mute_pdf(text: str, numbers: str) -> bytes:
    """A page that prints a text, and below it glyphs by their numbers in a font that does not tell what they are."""
    shown = f"BT /F1 12 Tf 100 700 Td <{text.encode('utf-16-be').hex()}> Tj /F2 12 Tf 0 -20 Td <{numbers}> Tj ET"
    info = "/CIDSystemInfo << /Registry (Adobe) /Ordering (%s) /Supplement 0 >>"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font"
        " << /F1 << /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>"
        " /F2 << /Type /Font /Subtype /Type0 /BaseFont /B /Encoding /Identity-H /DescendantFonts [6 0 R] >> >> >> >>",
        f"<< /Length {len(shown)} >> stream\n{shown}\nendstream",
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /A {info % 'GB1'} >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /B {info % 'Identity'} >>",
    ]
    objects = "".join(f"{number} 0 obj\n{part}\nendobj\n" for number, part in enumerate(parts, 1))
    return f"%PDF-1.4\n{objects}trailer << /Root 1 0 R >>\n%%EOF".encode()


def test_a_font_that_does_not_tell_its_characters_gives_none() -> None:
    extract = extract_pdf(raw(mute_pdf("全年共收到申请如下所示", "4e8c54680035")))
    assert squeezed(extract.source_text) == "全年共收到申请如下所示\ufffd\ufffd\ufffd"


def picture_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawInlineImage(Image.new("RGB", (40, 40), "grey"), 50, 50, 400, 600)
    canvas.save()
    return buffer.getvalue()


def blank_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def endless_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont("Helvetica", 1)
    for line in range(6_000):
        canvas.drawString(50 + line % 7, 10 + line / 8, "0123456789" * 10)
    canvas.save()
    return buffer.getvalue()


def encrypted_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(50, 50, "report")
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (picture_pdf(), "image_only_pdf"),
        (encrypted_pdf(), "encrypted_pdf"),
        (b"%PDF-1.7\nnothing more", "broken_pdf"),
        (blank_pdf(), "empty_pdf"),
        (mute_pdf("年", "4e8c54680035" * 20), "mojibake"),
        (endless_pdf(), "too_large"),
        (b"%PDF-1.4" + bytes(50 * 1024 * 1024), "too_large"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        extract_pdf(raw(content))
    assert caught.value.error_code == code


@cache
def sample_pdf() -> bytes:
    printer = Printer()
    printer.paragraph(prose(Random(1)))
    print_table(printer, statistics(Random(1), 1), STATISTICS_WIDTHS)
    printer.canvas.setPageCompression(0)
    return printer.pdf()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=40), st.integers(0, 20_000))
def test_damaged_bytes_raise_nothing_but_rejected(changes: list[tuple[int, int]], length: int) -> None:
    content = bytearray(sample_pdf())
    for at, byte in changes:
        content[at % len(content)] = byte
    try:
        extract = extract_pdf(raw(bytes(content[: len(content) - length % len(content)])))
    except Rejected:
        return
    for one, other in itertools.pairwise(extract.blocks):
        assert one.end <= other.start
    assert squeezed(extract.source_text)
