"""How much of official Simplified text comes back after it was converted to Traditional: a table, made by a command.

    python -m tests.clean.wording.measure_restoration FOLDER

FOLDER holds plain text (.txt, .md) that the rules were not made from: statutes, work reports. Each file is converted
afresh by opencc-python-reimplemented and restored as a whole document, as the clean stage does it. CER is the number of
characters to change by the length; `exact` is the share of lines that are wholly right. The genuine Traditional text
in GENUINE, if a second folder is given, must come back with no word changed.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import opencc

from tasks.clean.wording.align import Moved
from tasks.clean.wording.restore import Restoration
from tasks.clean.wording.script import script_of
from tasks.clean.wording.t2s import t2s
from tests.clean.wording.mirror_words import MIRROR_WORDS

HAN = re.compile("[\u4e00-\u9fff]")


class Score(NamedTuple):
    """What one channel lost over all documents."""

    distance: int
    length: int
    exact: int
    lines: int
    seconds: float
    wordings: Counter[str]

    def row(self, channel: str) -> str:
        """A line of the table."""
        wordings = ", ".join(f"{count} {wording}" for wording, count in self.wordings.most_common())
        cer, exact = 100 * self.distance / self.length, 100 * self.exact / self.lines
        speed = 1e6 * self.seconds / self.length
        return f"| {channel} | {cer:.4f} % | {exact:.2f} % | {speed:.2f} | {wordings} |"


def clean_wording(text: str) -> tuple[str, str]:
    """The wording of a text, and the text converted and restored."""
    if script_of(text) == "hans":
        return "hans", text
    simplified = t2s(text)
    restoration = Restoration(simplified)
    return restoration.wording, Moved(simplified, restoration.edits).text


def distance(one: str, other: str) -> int:
    """Levenshtein distance, by rows, of what is left between the common beginning and end."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    ending = next((i for i, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), None)
    ending = min(len(one), len(other)) if ending is None else ending
    one, other = one[: len(one) - ending], other[: len(other) - ending]
    above = list(range(len(other) + 1))
    for row, character in enumerate(one, 1):
        current = [row]
        for column, another in enumerate(other, 1):
            current.append(min(above[column] + 1, current[-1] + 1, above[column - 1] + (character != another)))
        above = current
    return above[-1]


def measure(originals: list[str], convert: Callable[[str], str], restore: Callable[[str], tuple[str, str]]) -> Score:
    """Convert each original, restore it, and compare line by line."""
    wrong = exact = lines = 0
    seconds = 0.0
    wordings: Counter[str] = Counter()
    for original in originals:
        converted = convert(original)
        started = time.process_time()
        wording, restored = restore(converted)
        seconds += time.process_time() - started
        wordings[wording] += 1
        for got, wanted in zip(restored.split("\n"), original.split("\n"), strict=True):
            lines += 1
            exact += got == wanted
            wrong += 0 if got == wanted else distance(got, wanted)
    return Score(wrong, sum(map(len, originals)), exact, lines, seconds, wordings)


def read(folder: Path) -> list[str]:
    """The documents of a folder: lines of at least four Chinese characters, of files of at least 500 characters."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md"))
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in paths)
    kept = ("\n".join(line for line in text.split("\n") if len(HAN.findall(line)) > 3) for text in texts)
    return [text for text in kept if len(text) >= 500]


def mirror(taiwan: opencc.OpenCC) -> Callable[[str], str]:
    """Conversion as encyclopaedia mirrors do it: characters of Taiwan, and some words."""
    words = {taiwan.convert(mainland): word for mainland, word in MIRROR_WORDS.items()}
    expression = re.compile("|".join(sorted(words, key=len, reverse=True)))
    return lambda text: expression.sub(lambda match: words[match[0]], taiwan.convert(text))


def as_is(name: str) -> Callable[[str], tuple[str, str]]:
    """The package's own conversion, for comparison."""
    convert = opencc.OpenCC(name).convert
    return lambda text: (name, convert(text))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("genuine", type=Path, nargs="?")
    arguments = parser.parse_args()
    originals = read(arguments.folder)
    if not originals:
        print(f"no text of 500 characters in {arguments.folder}", file=sys.stderr)
        return 1
    converters = {name: opencc.OpenCC(name).convert for name in ("s2t", "s2twp")}
    print(f"{len(originals)} documents, {sum(map(len, originals)):,} characters\n")
    print("| channel | CER | exact | µs a character | wording decided |\n| --- | --- | --- | --- | --- |")
    for channel, convert in (
        ("mirror-like", mirror(opencc.OpenCC("s2tw"))),
        ("s2twp", converters["s2twp"]),
        ("plain s2t", converters["s2t"]),
        ("Simplified", str),
    ):
        print(measure(originals, convert, clean_wording).row(channel), flush=True)
    for name in ("t2s", "tw2sp"):
        score = measure(originals[:20], converters["s2twp"], as_is(name))
        print(score.row(f"s2twp, the package's {name} (20 documents)"), flush=True)
    if arguments.genuine:
        genuine = read(arguments.genuine)
        touched = sum(clean_wording(text)[1] != t2s(text) for text in genuine)
        print(f"\ngenuine: {len(genuine) - touched} of {len(genuine)} documents untouched")
    return 0


if __name__ == "__main__":
    sys.exit(main())
