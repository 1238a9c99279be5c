"""The pages that stand around a report: navigation, breadcrumb, share buttons, counters, related links, footer.

A page builder is a template in builders/: bare.html, modern.html (divs), layout.html (tables in tables), breaks.html
(no paragraphs, only line breaks), old.html (nothing is closed).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from string import Template
from typing import Any, Literal, get_args

import yaml

Builder = Literal["bare", "modern", "layout", "breaks", "old"]
BUILDERS: tuple[Builder, ...] = get_args(Builder)
FOLDER = Path(__file__).parent / "builders"
Card = tuple[tuple[str, str], ...]


@cache
def _template(builder: Builder) -> Template:
    return Template((FOLDER / f"{builder}.html").read_text(encoding="utf-8"))


@cache
def _links() -> dict[str, list[str]]:
    links: dict[str, Any] = yaml.load((FOLDER / "links.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return links


def page(builder: Builder, title: str, heading: str, content: str, card: Card, charset: str, rng: Random) -> str:  # noqa: PLR0917
    """A whole page; all texts are escaped."""
    links = _links()
    return _template(builder).substitute(
        title=title,
        heading=heading,
        content=content,
        charset=charset,
        card=_CARDS[builder](card) if card else "",
        navigation="".join(f'<li><a href="/col/{at}/">{name}</a></li>' for at, name in enumerate(links["navigation"])),
        navigation_cells="".join(
            f'<td><a href="/col{at}.htm">{name}</a></td>' for at, name in enumerate(links["navigation"])
        ),
        side="".join(f'<tr><td><a href="/xxgk/{at}.htm">{name}</a></td></tr>' for at, name in enumerate(links["side"])),
        related="".join(
            f'<li><a href="/art/{at}.html">{name}</a> <span>{rng.randint(2015, 2024)}-03-1{at}</span></li>'
            for at, name in enumerate(links["related"])
        ),
        side_items="".join(f'<li><a href="/ml/{at}">{name}</a></li>' for at, name in enumerate(links["side"])),
        year=rng.randint(2015, 2026),
        hits=rng.randint(20, 9000),
        number=rng.randint(10_000_000, 29_999_999),
    )


def _bare_card(card: Card) -> str:
    return "".join(f"<p>{key}：{value}</p>" for key, value in card)


def _modern_card(card: Card) -> str:
    rows = (card[at : at + 2] for at in range(0, len(card), 2))
    cells = ("".join(f"<th>{key}：</th><td>{value}</td>" for key, value in row) for row in rows)
    return '<table class="card">' + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _layout_card(card: Card) -> str:
    rows = "".join(f'<tr><td bgcolor="#eef3fa" width="90">{key}</td><td>{value}</td></tr>' for key, value in card)
    return f'<table width="100%" border="1" bordercolor="#c0d0e0" cellspacing="0">{rows}</table>'


def _breaks_card(card: Card) -> str:
    return '<ul class="xx">' + "".join(f"<li><b>{key}：</b>{value}</li>" for key, value in card) + "</ul>"


def _old_card(card: Card) -> str:
    return "<table border=1>" + "".join(f"<tr><td>{key}<td>{value}" for key, value in card) + "</table>"


_CARDS: dict[Builder, Callable[[Card], str]] = {
    "bare": _bare_card,
    "modern": _modern_card,
    "layout": _layout_card,
    "breaks": _breaks_card,
    "old": _old_card,
}
