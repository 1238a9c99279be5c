"""Files that are no good: made here, byte by byte where a program would not make them."""

from __future__ import annotations

import io
import tarfile
import zipfile
from functools import cache
from random import Random

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.render.made import Format, make

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
LAUGHS = "<!DOCTYPE a [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {after} '{f'&{name};' * 10}'>" for name, after in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
OUTSIDE = "<!DOCTYPE a [<!ENTITY i SYSTEM 'file:///etc/hostname'>]>"
WORKSHEET = "xl/worksheets/sheet1.xml"


@cache
def report(format: Format) -> bytes:
    """A whole report."""
    return make(3, format=format, level="county", builder="modern").content


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def zipped(**parts: bytes) -> bytes:
    """A zip; in the names of its parts __ stands for / and _xml for .xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """An office file with a part put in or exchanged."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return buffer.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_entities(format: Format, name: str, declaration: str, end: bytes) -> bytes:
    """An office file whose part declares entities and names one before its end."""
    xml = part_of(report(format), name).split(b"?>", 1)[-1]
    return with_part(report(format), name, declaration.encode() + xml.replace(end, b"&i;" + end))


def page(body: str, head: str = "") -> bytes:
    return f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def within_report(markup: str) -> bytes:
    """A report as a page with some markup put at its end."""
    return report("html").replace(b"</body>", markup.encode() + b"</body>")


def tarred(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo("report.html")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def printed(*, pages: int = 1, text: str = "", picture: bool = False, password: str = "") -> bytes:
    """A PDF."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(password) if password else None)
    for _ in range(pages):
        canvas.drawString(50, 50, text)
        if picture:
            canvas.drawInlineImage(Image.new("RGB", (40, 40), "grey"), 50, 50, 400, 600)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def noise(front: bytes) -> bytes:
    return front + Random(1).randbytes(5_000)
