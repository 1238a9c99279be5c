"""From bytes to characters.

The order is that of the WHATWG encoding standard (byte order mark, then the label of the header or of the page, then
detection), with one change: a label is often wrong, so it only breaks ties. UTF-8 that decodes whole is UTF-8; else the
encodings in use for Chinese compete by the share of common characters in what they decode to.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice

from tasks.model import Rejected

# The name that is reported -> the codec that decodes it. GB 2312 and GBK are subsets of GB 18030.
_CODECS = {
    "utf-8": "utf-8",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
_NARROW, _WIDE = ("utf-8", "gb18030", "big5"), ("utf-16le", "utf-16be")
_LABELS = {
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gb231280": "gb18030",
    "csgb2312": "gb18030",
    "gbk": "gb18030",
    "xgbk": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "big5hkscs": "big5",
    "cnbig5": "big5",
    "xxbig5": "big5",
    "cp950": "big5",
    "utf16": "utf-16le",
    "utf16le": "utf-16le",
    "utf16be": "utf-16be",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
_META = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,20})", re.I)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_DAMAGE = re.compile("[\x80-\x9f\ue000-\uf8ff\ufffd\ufffe\uffff]")

_SAMPLE = 2400  # bytes beyond ASCII that are judged: some 1,000 characters
_ACCEPTED = 0.2  # share of common characters; lists of township names have 0.5 and more
_LABEL_WEIGHT = 0.02
_CONTROLS_ALLOWED = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, and the name of the encoding that gave them (as the WHATWG standard spells it)."""

    text: str
    charset: str


@cache
def common_characters() -> frozenset[str]:
    """Characters that make up most of any Chinese text, in both scripts, with the punctuation between them."""
    text = resources.files("tasks.clean").joinpath("data/common_characters.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset("".join(lines)) - {" "}


def decode(content: bytes, declared: str | None, *, html: bool) -> Decoded:
    """Decode `content`; `declared` is the server's label, `html` says to look for the page's own.

    A character that is cut off at the end is dropped. Raises Rejected: `empty`, `not_text`.
    """
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise Rejected("empty", "the file has no characters: fetch it again, or take it out of the source")
    decoded = _marked(content) or _valid_utf8(content) or _detected(content, _hints(content, declared, html))
    if len(_NO_TEXT.findall(decoded.text, 0, 20_000)) > _CONTROLS_ALLOWED * min(len(decoded.text), 20_000):
        raise Rejected("not_text", f"control characters throughout, read as {decoded.charset}: not a text file")
    return decoded


def _marked(content: bytes) -> Decoded | None:
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return Decoded(_read(content[len(mark) :], charset), charset)
    return None


def _valid_utf8(content: bytes) -> Decoded | None:
    if b"\x00" in content[:4096]:
        return None
    try:
        text, _ = codecs.utf_8_decode(content, "strict", False)  # not final: a cut character at the end is left out
    except UnicodeDecodeError:
        return None
    return Decoded(text, "utf-8")


def _hints(content: bytes, declared: str | None, html: bool) -> frozenset[str]:
    labels = [declared] if declared else []
    if html and (match := _META.search(content, 0, 4096)):
        labels.append(match[1].decode("ascii", "replace"))
    plain = (re.sub(r"[^a-z0-9]", "", label.lower()) for label in labels)
    return frozenset(_LABELS[label] for label in plain if label in _LABELS)


def _detected(content: bytes, hints: frozenset[str]) -> Decoded:
    """The encoding under which the text has the largest share of common characters."""
    sample = _sample(content)
    for charsets in (_WIDE, _NARROW) if b"\x00" in sample else (_NARROW, _WIDE):
        shares = {charset: _share(_read(sample, charset)) for charset in charsets}
        best = max(shares, key=lambda charset: shares[charset] + _LABEL_WEIGHT * (charset in hints))
        if shares[best] >= _ACCEPTED:
            return Decoded(_read(content, best), best)
    raise Rejected("not_text", "no encoding in use for Chinese gives readable text: not a text file, or damaged")


def _sample(content: bytes) -> bytes:
    """What to judge: the runs beyond ASCII, since markup is no evidence; all of it where NULs suggest UTF-16."""
    if b"\x00" in content[:4096]:
        return content[:200_000]
    runs = re.finditer(rb"(?:[\x80-\xff][\x30-\xff]?)+", content)
    return b" ".join(run[0] for run in islice(runs, 400))[:_SAMPLE]


def _read(content: bytes, charset: str) -> str:
    return codecs.getincrementaldecoder(_CODECS[charset])("replace").decode(content)


def _share(text: str) -> float:
    """Share of common characters among those beyond ASCII; damage counts against it threefold."""
    foreign = "".join(_NOT_ASCII.findall(text))[:_SAMPLE]
    if not foreign:
        return 0.0
    common = common_characters()
    return (sum(character in common for character in foreign) - 3 * len(_DAMAGE.findall(foreign))) / len(foreign)
