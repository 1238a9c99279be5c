"""Pages of 85 kB: 7,000 characters of a report, three tables, 240 links and what else a portal's page carries."""

from __future__ import annotations

import itertools
from dataclasses import replace
from random import Random
from typing import NamedTuple

from tests.render.document import Line, NeutralDocument
from tests.render.html import html_of
from tests.render.made import make
from tests.render.pages import BUILDERS, Builder

BYTES = 85_000
CHARACTERS = 7_000
TABLES = 3
LINKS = 240
PLACES = ("青石", "南湾", "云岭", "白沙", "望江", "柳林", "长乐", "东屏", "西塘", "北岗")
BODIES = ("水务局", "教育局", "民政局", "财政局", "林业局", "统计局", "税务局", "气象局")
NEWS = ("召开年中工作会议", "开展安全生产检查", "举办业务培训班", "公布招考名单", "部署防汛工作", "发布便民提示")


class Page(NamedTuple):
    """A page, what of it is the report, and the texts of the links that were put round it."""

    content: bytes
    document: NeutralDocument
    chrome: tuple[str, ...]


def pages(count: int) -> list[Page]:
    """So many pages, of all page builders in turn."""
    return [_page(seed, BUILDERS[seed % len(BUILDERS)]) for seed in range(count)]


def _page(seed: int, builder: Builder) -> Page:
    rng = Random(seed)
    document = _long(seed)
    html = html_of(document, builder, rng)
    missing = LINKS - html.lower().count("<a ")
    names = rng.sample(["".join(words) for words in itertools.product(PLACES, BODIES, NEWS)], missing)
    links = [
        f'<li><a href="/art/2022/3/{n}/art_{n}.html" title="{name}">{name}</a></li>' for n, name in enumerate(names)
    ]
    third = len(links) // 3
    menu, hot, friends = links[:third], links[third : 2 * third], links[2 * third :]
    above = f'<div class="menu-list"><ul>{"".join(menu)}</ul></div><div class="hot-news"><ul>{"".join(hot)}</ul></div>'
    below = f'<div class="friend-links"><ul>{"".join(friends)}</ul></div>'
    start = html.index(">", html.lower().index("<body")) + 1
    end = len(html) if "</body>" not in html else html.index("</body>")
    html = html[:start] + above + html[start:end] + below + html[end:]
    room = BYTES - len(html.encode())
    script = f"<script>{'var tracked = window.tracked || [];' * max(0, room // 35)}</script>"
    place = html.lower().index("</head>")
    return Page((html[:place] + script + html[place:]).encode(), document, tuple(names))


def _long(seed: int) -> NeutralDocument:
    """A report of the form of 2021 with its three largest tables, and more prose than most."""
    document = make(seed, generation="2021", kind="government").document
    largest = sorted(document.grids, key=lambda grid: len(grid.cells))[-TABLES:]
    blocks = [block for block in document.blocks if isinstance(block, Line) or block in largest]
    length = sum(
        len(block.text) if isinstance(block, Line) else sum(len(c.text) for c in block.cells) for block in blocks
    )
    seen = {block.text for block in blocks if isinstance(block, Line)}
    for other in itertools.count(seed + 1_000, 1_000):
        for line in make(other, generation="2021").document.lines:
            if line.kind == "paragraph" and len(line.text) > 30 and line.text not in seen and length < CHARACTERS:
                blocks.insert(2, line)
                seen.add(line.text)
                length += len(line.text)
        if length >= CHARACTERS:
            return replace(document, blocks=tuple(blocks))
    raise AssertionError
