"""What becomes of each kind of file that is no good, or looks as if it were: the code that it gets, or `read`.

What the codes mean, and what to do, is in `warehouse/catalogue/error_codes.csv`.
"""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest

from tasks.clean.clean import clean
from tasks.fetch.outcome import PASSING
from tasks.model import Rejected
from tests.clean.bad_files import (
    LAUGHS,
    OLE,
    OUTSIDE,
    WORKSHEET,
    half,
    noise,
    page,
    printed,
    report,
    tarred,
    with_entities,
    with_part,
    within_report,
    zipped,
)
from tests.clean.raw import raw
from warehouse.catalogue import error_codes

WORD = "word/document.xml"
CASES: dict[str, tuple[bytes, str]] = {
    # Pages that are not the report
    "a login": (page("<form>用户名<input>密码<input type=password><button>登录</button></form>"), "login_page"),
    "an error, answered with status 200": (page("<h1>404 Not Found</h1><hr>nginx"), "error_page"),
    "a challenge in words": (page("正在进行安全验证，请稍候"), "javascript_challenge"),
    "a challenge in a title": (page("<script>x()</script>", "<title>Just a moment...</title>"), "javascript_challenge"),
    "a challenge in a script": (page("<script>document.cookie='a';location.reload()</script>"), "javascript_challenge"),
    "a way on": (page("", "<meta http-equiv='refresh' content='0;url=/'>"), "redirect_page"),
    "a way on by script": (page("<script>window.location.href='/a.html'</script>"), "redirect_page"),
    "a file in a frame": (page("<iframe src='report.pdf'></iframe>"), "frame_page"),
    "a page that a script fills": (page("<div id=app></div><script src=app.js></script>"), "script_page"),
    "an empty page": (page(""), "empty"),
    "a page of menus": (page("<div class=nav><a href=/>首页</a></div>"), "empty"),
    "no bytes": (b"", "empty"),
    "blanks": (b" \n\t \n", "empty"),
    "mojibake": (page("<p>" + "锛屾湰骞村害涓诲姩鍏紑鏀垮簻淇℃伅" * 30), "mojibake"),
    # Passwords and macros
    "a PDF with a password": (printed(text="report", password="secret"), "encrypted_pdf"),
    "a DOCX with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_office"),
    "a DOCX with macros": (with_part(report("docx"), "word/vbaProject.bin", b"x"), "macro_document"),
    "an XLSX with macros": (with_part(report("xlsx"), "xl/vbaProject.bin", b"x"), "macro_document"),
    "a DOC with macros": (OLE + "WordDocument_VBA_PROJECT".encode("utf-16-le"), "macro_document"),
    # No text
    "a scanned PDF": (printed(picture=True), "image_only_pdf"),
    "a blank PDF": (printed(), "empty_pdf"),
    "a photograph": (noise(b"\xff\xd8\xff\xe0"), "image"),
    "a telephone's photograph": (noise(b"\0\0\0\x18ftypheic"), "image"),
    "a scan": (noise(b"II*\0"), "image"),
    "a film": (noise(b"\0\0\0\x20ftypisom"), "not_text"),
    "a sound": (noise(b"ID3\3\0"), "not_text"),
    "a program": (noise(b"MZ\x90\0\3\0\0\0\4"), "not_text"),
    "any bytes": (noise(b""), "not_text"),
    # Other formats
    "an OFD": (zipped(OFD_xml=b"<a/>"), "unsupported_format"),
    "an ODS": (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "unsupported_format"),
    "a PPTX": (zipped(ppt__presentation_xml=b"<a/>"), "unsupported_format"),
    "a PPT": (OLE + "PowerPoint Document".encode("utf-16-le"), "unsupported_format"),
    "a feed": (b"<?xml version='1.0'?><rss><item>2020</item></rss>", "unsupported_format"),
    "a page as MHT": (b"From: <Saved>\r\nMIME-Version: 1.0\r\n\r\n--x\r\n<html><p>2020", "unsupported_format"),
    "a zip of files": (zipped(report=report("html")), "archive"),
    "a RAR": (noise(b"Rar!\x1a\7\1\0"), "archive"),
    "a packed page": (gzip.compress(report("html")), "archive"),
    "a TAR": (tarred(report("html")), "archive"),
    # Half of a file. Of a page or a text what is there is read; a number that it ends with is not trusted.
    "half a page": (half(report("html")), "read"),
    "half a text": (half(report("txt")), "read"),
    "half a PDF": (half(report("pdf")), "broken_pdf"),
    "half a DOCX": (half(report("docx")), "broken_docx"),
    "most of an XLSX": (report("xlsx")[:-300], "broken_xlsx"),
    "the beginning of an office file": (report("xlsx")[:100], "broken_zip"),
    "half a DOC": (OLE[:48] + (99).to_bytes(4, "little") + OLE[52:], "broken_doc"),
    # Meant to harm
    "a part that unpacks without end": (with_part(report("docx"), WORD, b" " * 60_000_000), "zip_bomb"),
    "a sheet that unpacks without end": (with_part(report("xlsx"), WORKSHEET, b" " * 60_000_000), "zip_bomb"),
    "entities in entities in a DOCX": (with_entities("docx", WORD, LAUGHS, b"</w:t>"), "xml_entities"),
    "entities in entities in an XLSX": (with_entities("xlsx", WORKSHEET, LAUGHS, b"</sheetData>"), "xml_entities"),
    "a file of ours named in a DOCX": (with_entities("docx", WORD, OUTSIDE, b"</w:t>"), "xml_entities"),
    "a file of ours named in an XLSX": (with_entities("xlsx", WORKSHEET, OUTSIDE, b"</sheetData>"), "xml_entities"),
    "entities in a page, where they are words": (LAUGHS.encode() + within_report("<p>&i;</p>"), "read"),
    "a file of ours named in a page": (OUTSIDE.encode() + within_report("<p>&i;</p>"), "read"),
    # Too much of it
    "a page of 51 MB": (page("<p>全年公开政府信息12条。</p>" * 1_300_000), "too_large"),
    "a table of 100,000 rows": (page("<table>" + "<tr><td>规章<td>2" * 100_000), "too_many_rows"),
    "a table of 3,000 rows": (within_report("<table>" + "<tr><td>规章<td>2" * 3_000 + "</table>"), "read"),
    "tables in tables": (within_report("<table><tr><td>" * 2_000 + "深" + "</table>" * 2_000), "read"),
    "elements in elements": (page("<div>" * 60_000 + "深"), "too_deep"),
    "a PDF of 1,001 pages": (printed(pages=1_001, text="report"), "too_many_pages"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "code"), CASES.values(), ids=CASES)
def test_code(content: bytes, code: str) -> None:
    if code == "read":
        assert clean(raw(content)).text
        return
    with pytest.raises(Rejected) as caught:
        clean(raw(content))
    assert caught.value.error_code == code
    assert re.search("[;:] ", caught.value.message), "the message says what to do"


def test_nothing_from_outside_gets_into_a_page() -> None:
    document = clean(raw(OUTSIDE.encode() + within_report("<p>&i;</p>")))
    assert "&i;" in document.text
    host = Path("/etc/hostname")
    assert not host.exists() or host.read_text("utf-8").strip() not in document.text


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_half_an_rtf() -> None:
    with pytest.raises(Rejected) as caught:
        clean(raw(rb"{\rtf1\ansi{\fonttbl" + b"{" * 400))
    assert caught.value.error_code == "broken_doc"


def test_every_code_is_explained_once() -> None:
    explained = [row["error_code"] for row in error_codes()]
    assert len(explained) == len(set(explained))
    assert _raised() <= set(explained), "in error_codes.csv"
    assert {code for _, code in CASES.values()} - {"read"} <= set(explained)


def _raised() -> set[str]:
    """The codes that stand in the code and the rules of the rooms."""
    folder = Path(__file__).parents[2] / "tasks"
    code = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    found = set(re.findall(r'\b(?:Rejected|Passing)\(\s*"(\w+)"', code))
    found |= {f"broken_{kind}" for kind in re.findall(r'OfficeZip\([\w.]+, "(\w+)"\)', code)}
    rules = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.yaml"))
    return found | PASSING | set(re.findall(r"\bcode: (\w+)", rules))
