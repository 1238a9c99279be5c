"""Which encoding a text is in, beside the packages that guess: the cases of the tests of `characters.charset`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import chardet
import charset_normalizer

from tasks.clean.characters.charset import decode
from tasks.model import Rejected
from tests.benchmarks.measured import Bound, Measured, milliseconds, named, percent
from tests.clean.characters.test_charset import CASES

CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030"}


def by_name(detect: Callable[[bytes], str | None]) -> Callable[[bytes, str | None], str | None]:
    """Decode as a package names the encoding; GB2312 and GBK as GB18030, a cut character at the end left out."""

    def read(data: bytes, _claim: str | None) -> str | None:
        name = (detect(data) or "").lower()
        try:
            return data.decode(CHINESE.get(name, name), "ignore").lstrip("\ufeff") if name else None
        except LookupError:
            return None

    return read


def own(data: bytes, claim: str | None) -> str | None:
    """None where the text is refused."""
    try:
        return decode(data, claim, html=False).text
    except Rejected:
        return None


def _timed(read: Callable[[bytes, str | None], str | None], case: tuple[bytes, str | None, str]) -> str | None:
    return read(case[0], case[1])


def measure() -> Measured:
    """The table."""
    cases = [case for number, case in enumerate(CASES) if number % 9 < 4]
    data = []
    for _, text, encoding, claim, cut in cases:
        whole = text.encode(encoding, "ignore")
        expected = whole.decode(encoding)
        data.append((whole[: len(whole) - cut], claim, expected[:-1] if cut else expected))
    readers: list[tuple[str, Callable[[bytes, str | None], str | None]]] = [
        ("gongkai", own),
        (named("chardet"), by_name(lambda content: chardet.detect(content)["encoding"])),
        (named("charset-normalizer"), by_name(_best)),
    ]
    rows, results = [], {}
    for name, read in readers:
        found = [(read(content, claim), expected) for content, claim, expected in data]
        right = sum(text == expected for text, expected in found)
        wrong = sum(text is not None and text != expected for text, expected in found)
        cost = milliseconds(partial(_timed, read), data)
        results[name] = right, wrong, cost
        rows.append((name, percent(right, len(data)), str(wrong), str(len(data) - right - wrong), f"{cost:.2f}"))
    right, wrong, cost = results["gongkai"]
    return Measured(
        "encodings",
        "Encodings",
        f"{len(data)} texts in nine encodings, labelled rightly, wrongly and not at all, whole and cut in a character.",
        ("reader", "right", "wrong text loaded", "refused", "ms a text"),
        tuple(rows),
        (
            Bound("share of encodings right", right / len(data), 0.995, at_least=True),
            Bound("wrong texts loaded", wrong, 0),
            Bound("ms a text", cost, 1),
        ),
    )


def _best(content: bytes) -> str | None:
    best = charset_normalizer.from_bytes(content).best()
    return best.encoding if best else None
