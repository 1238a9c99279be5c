"""Pages that look like a report and are none: a notice, a guide, news, an index, the blank form."""

from __future__ import annotations

from random import Random

from tests.render.document import Line, NeutralDocument
from tests.render.facts import Quirks, Truth
from tests.render.forms import form_grids
from tests.render.prose import load

NAMES = ("notice", "guide", "news", "index", "blank_form")


def not_a_report(name: str) -> NeutralDocument:
    """The page of that name, to be given any format."""
    if name == "blank_form":
        return _blank_form()
    page = load("not_reports")[name]
    lines = (Line(page["title"], "title"), *(Line(text) for text in page["lines"]))
    return NeutralDocument(page["title"], lines)


def _blank_form() -> NeutralDocument:
    title = "政府信息公开工作年度报告格式"
    grids = form_grids("2021", {}, 2021, Random(0), Quirks(), Truth())
    return NeutralDocument(title, (Line(title, "title"), Line("本格式自发布之日起使用。"), *grids.values()))
