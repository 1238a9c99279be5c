"""Files in every encoding in use, rightly and wrongly labelled, whole and cut."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from opencc import OpenCC

import warehouse
from tasks.clean.characters.charset import decode
from tasks.model import Rejected

TOWNSHIPS = Path(warehouse.__file__).parent / "catalogue" / "townships.csv"
PROSE = (
    "本年度我局共收到政府信息公开申请三十七件，均在法定期限内答复。",
    "全年通过门户网站发布各类信息1204条，其中规范性文件8件。",
    "未发生因政府信息公开引起的行政复议和行政诉讼。",
    "下一步将加强业务培训，完善发布审核制度，提高答复质量。",
    "咨询电话：0000-1234567，地址：人民路1号，邮编：100000。",
)
LABELS = "信息内容\n本年制发件数\n规章\n0\n行政规范性文件\n12\n第二十条第（五）项\n行政许可\n345\n结转下年度继续办理\n"
ENCODINGS = ("gb2312", "gbk", "gb18030", "big5", "utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16")
CLAIMS = (None, "utf-8", "gb2312", "big5", "iso-8859-1")
NAMES = {"utf-8-sig": "utf-8", "utf-16": "utf-16le", "gb2312": "gb18030", "gbk": "gb18030"}


def _names(count: int, seed: int) -> str:
    with TOWNSHIPS.open(encoding="utf-8") as file:
        return "\n".join(random.Random(seed).sample([row["name"] for row in csv.DictReader(file)], count))


def _texts() -> Iterator[tuple[str, str]]:
    shuffled = random.Random(7).sample(PROSE, len(PROSE))
    yield "prose", "\n".join(PROSE * 4)
    yield "one sentence", PROSE[0]
    yield "other order", "".join(shuffled * 9)
    yield "labels", LABELS * 3
    yield "page", f"<html><head><title>{PROSE[1]}</title></head><body><p>{'</p><p>'.join(PROSE)}</p></body></html>"
    for seed, count in enumerate((30, 60, 120, 200, 200)):
        yield f"names {seed}", _names(count, seed)


def _cases() -> Iterator[tuple[str, str, str, str | None, int]]:
    traditional = OpenCC("s2t")
    for kind, text in _texts():
        for encoding in ENCODINGS:
            written = traditional.convert(text) if encoding == "big5" else text
            for claim in CLAIMS:
                for cut in (0, 1):
                    yield kind, written, encoding, claim, cut


CASES = list(_cases())


def test_nine_hundred_cases() -> None:
    assert len(CASES) == 900
    wrong = []
    for kind, text, encoding, claim, cut in CASES:
        data = text.encode(encoding, "ignore")  # rare characters that the encoding lacks are left out
        whole = data.decode(encoding)
        expected = whole[:-1] if cut else whole
        found = decode(data[: len(data) - cut], claim, html=False)
        if found.text != expected or found.charset != NAMES.get(
            encoding, encoding.replace("-le", "le").replace("-be", "be")
        ):
            wrong.append((kind, encoding, claim, cut, found.charset))
    assert wrong == []


def test_the_page_names_its_encoding_where_both_fit() -> None:
    page = b"<meta charset=big5><p>" + "一".encode("big5") + b"</p>"
    with pytest.raises(Rejected, match="not_text"):
        decode(b"\xa4", None, html=True)
    assert decode(page, None, html=True).charset == "big5"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x00" * 400, "empty"),
        (random.Random(3).randbytes(3000), "not_text"),
        (b"\x01\x02\x03\x04plain" * 40, "not_text"),
        ("Prés de l'école, à côté".encode("latin-1") * 9, "not_text"),
    ],
)
def test_what_is_no_text(content: bytes, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        decode(content, None, html=False)
    assert caught.value.error_code == code


def test_a_broken_byte_inside_does_not_turn_utf8_into_something_else() -> None:
    data = "\n".join(PROSE * 3).encode()
    found = decode(data[:301] + b"\xff" + data[301:], "gbk", html=False)
    assert found.charset == "utf-8"
    assert found.text.count("\ufffd") <= 3
