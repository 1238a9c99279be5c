"""Whose report, of which year, place and level: what the document says, and nothing that it does not say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.parse.identity.identify import Identity
from tests.parse.documents import from_lines
from tests.parse.identity.identities import of_document
from tests.render.made import make


@pytest.mark.parametrize("seed", range(120))
def test_rendered_reports_say_whose_they_are(seed: int) -> None:
    made = make(seed, format="txt")
    found = of_document(from_lines(made.content.decode()))
    body = made.facts.body
    assert (found.year, found.publisher, found.level) == (made.facts.year, body.name, body.level)
    assert found.region_code == body.region_code


@given(st.text(alphabet="年月日20158一、区县市局镇人民政府信息公开报告由与联系《》()\n 我", max_size=300))
@settings(max_examples=150, deadline=None)
def test_nothing_but_an_identity_comes_out(text: str) -> None:
    assert isinstance(of_document(from_lines(text)), Identity)
