"""Whether a body with status 200 is what was asked for."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tasks.model import Rejected

KINDS = {  # by the first bytes
    b"%PDF-": "application/pdf",
    b"PK\x03\x04": "application/zip",
    b"\xd0\xcf\x11\xe0": "application/x-ole-storage",
    b"{\\rtf": "application/rtf",
    b"\x1f\x8b": "application/gzip",  # a packed sitemap
}
FOREIGN = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"ID3",
    b"OggS",
    b"\x00\x00\x00\x18ftyp",
    b"wOFF",
    b"wOF2",
)
CHARSETS = ("utf-8", "gb18030", "big5hkscs")
UNSHOWN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,500})", re.IGNORECASE)
CONTENT_TYPE = re.compile(r"^\s*([\w.+-]+/[\w.+-]+)")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
ENOUGH = 2000  # characters: a page that shows more is itself, whatever it says
STEP = 8192
DAMAGED = 0.01  # share of characters that a page may lose in decoding


@dataclass(frozen=True, slots=True)
class Judged:
    """What a body is: as declared where the bytes bear it out, otherwise None."""

    media_type: str | None
    charset: str | None
    text: str | None = None  # of a page or a text file
    own_length: int = 0  # the characters that a page shows


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of wrong page is known."""

    code: str
    message: str
    patterns: re.Pattern[str]
    titles: re.Pattern[str]
    example: str


@cache
def rules() -> tuple[int, tuple[Rule, ...]]:
    """The length up to which a page is held against the rules, and the rules."""
    data: dict[str, Any] = yaml.load(
        Path(__file__).with_name("judging.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    return data["longest"], tuple(
        Rule(
            rule["code"],
            rule["message"],
            re.compile("|".join(rule["patterns"]), re.IGNORECASE | re.DOTALL),
            re.compile("|".join(rule["titles"]), re.IGNORECASE),
            rule["example"],
        )
        for rule in data["rules"]
    )


def judge(body: bytes, content_type: str | None) -> Judged:
    """What a body is. Raises Rejected for one that is not what was asked for, with a code for each way of being so."""
    if not body.strip():
        raise Rejected("empty_body", "the answer has no body")
    declared = CONTENT_TYPE.match(content_type or "")
    media_type = declared[1].lower() if declared else None
    if body.startswith(FOREIGN):
        raise Rejected("wrong_content_type", f"the bytes are no document, whatever {media_type or 'nobody'} says")
    for front, kind in KINDS.items():
        if body[:1024].lstrip().startswith(front):
            plain = media_type is None or media_type.startswith("text/")
            return Judged(kind if plain else media_type, None)
    if media_type in ("application/pdf", "application/msword") or (media_type or "").startswith(
        ("image/", "video/", "audio/")
    ):
        if b"<" not in body[:1024]:
            raise Rejected("wrong_content_type", f"the bytes are not {media_type}")
        media_type = "text/html"  # a page where a file was promised
    charset, text = _read(body, content_type)
    length = own_length(text)
    if length <= rules()[0] and media_type != "text/plain":
        _hold_against_rules(text)
    return Judged(media_type, charset, text, length)


def _read(body: bytes, content_type: str | None) -> tuple[str | None, str]:
    """The declared charset where the bytes can be read in it, and the text."""
    found = CHARSET.search(content_type or "") or CHARSET.search(body[:2048].decode("latin-1"))
    declared = _known(found[1]) if found else None
    for charset in dict.fromkeys((*([declared] if declared else []), *_marked(body), *CHARSETS)):
        text = body.decode(charset, "replace")
        if text.count("�") <= DAMAGED * len(text):
            if charset == declared and CHARSET.search(content_type or ""):
                return charset, text
            return None, text  # the bytes say more than the server: the reader finds out
    if found:
        raise Rejected("wrong_charset", f"the text cannot be read as {found[1]}, nor as {', '.join(CHARSETS)}")
    raise Rejected("missing_charset", f"no charset is declared, and the text cannot be read as {', '.join(CHARSETS)}")


def _marked(body: bytes) -> tuple[str, ...]:
    return ("utf-16",) if body[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else ()


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return "gb18030" if found in ("gb2312", "gbk") else found


def _hold_against_rules(text: str) -> None:
    title = TITLE.search(text)
    for rule in rules()[1]:
        if rule.patterns.search(text) or (title and rule.titles.search(title[1].strip())):
            raise Rejected(rule.code, rule.message)


def own_length(text: str) -> int:
    """The characters that a page shows, blanks aside; counted no further than `ENOUGH`, a tag cut by a step aside."""
    shown, length = UNSHOWN.sub("", text), 0
    for start in range(0, len(shown), STEP):
        length += len("".join(TAG.sub("", shown[start : start + STEP]).replace("&nbsp;", "").split()))
        if length > ENOUGH:
            break
    return length
