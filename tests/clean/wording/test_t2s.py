"""The package's own conversion is the oracle: ours must give the same for any text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.wording.t2s import LONGEST, dictionary, t2s, tables

SAMPLES = Path(__file__).parents[3] / "samples"


@cache
def oracle() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@st.composite
def phrases_run_together(draw: st.DrawFn) -> str:
    """Pieces of the package's phrases, whole or cut at either end, so that they overlap; characters between them."""
    pieces = []
    for _ in range(draw(st.integers(1, 8))):
        phrase = draw(st.sampled_from(sorted(dictionary("TSPhrases.txt"))))
        cut = draw(st.integers(0, len(phrase)))
        pieces.append(draw(st.sampled_from([phrase, phrase[cut:], phrase[:cut], "乾", "覆", "，", "\n", " ", "a"])))
    return "".join(pieces)


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    assert t2s(text) == oracle().convert(text)


@settings(max_examples=400, deadline=None)
@given(phrases_run_together())
def test_overlapping_phrases(text: str) -> None:
    assert t2s(text) == oracle().convert(text)


@settings(deadline=None)
@given(st.text(alphabet=sorted(dictionary("TSCharacters.txt")), max_size=60))
def test_traditional_characters(text: str) -> None:
    converted = t2s(text)
    assert converted == oracle().convert(text)
    assert len(converted) == len(text)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.name)
def test_samples(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", errors="replace")
    assert t2s(text) == oracle().convert(text)


def test_every_entry_keeps_its_length() -> None:
    for name in ("TSCharacters.txt", "TSPhrases.txt"):
        assert all(len(key) == len(results[0]) for key, results in dictionary(name).items())
    assert max(map(len, tables().phrases)) <= LONGEST


def test_a_chain_of_overlapping_phrases_takes_linear_time() -> None:
    chain = "露覆" * 40_000
    assert t2s(chain)[:200] == oracle().convert(chain[:400])[:200]
