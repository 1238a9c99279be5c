"""From facts to a neutral document, with the truth that a perfect reader finds in it."""

from __future__ import annotations

from random import Random

from tasks.model import Generation, PartName
from tests.render.document import Block, Line, NeutralDocument
from tests.render.facts import Quirks, ReportFacts, Truth
from tests.render.forms import form_grids, own_table, with_one_wrong
from tests.render.prose import Trap, Writer, load

NUMERALS = "一二三四五六七八九十"
TITLES = (
    "{name}{year}年政府信息公开工作年度报告",
    "{name}{year}年政府信息公开工作年度报告",
    "{name}{year}年政府信息公开年度报告",
    "{name}{year}年度政府信息公开工作年度报告",
    "{year}年{name}政府信息公开工作年度报告",
    "{year}年度{name}政府信息公开年度报告",
    "{name}关于{year}年政府信息公开工作的年度报告",
)
PARTS: dict[Generation, tuple[PartName, ...]] = {
    "2008": ("overview", "proactive", "requests", "fees", "disputes", "problems", "other"),
    "2014": ("overview", "proactive", "requests", "fees", "disputes", "problems", "other"),
    "2019": ("overview", "proactive", "requests", "disputes", "problems", "other"),
    "2021": ("overview", "proactive", "requests", "disputes", "problems", "other"),
}
NEW = ("2019", "2021")


def compose(facts: ReportFacts, rng: Random, quirks: Quirks) -> tuple[NeutralDocument, Truth]:
    """The document that states `facts`, and what must come out of it."""
    return _Composer(facts, rng, quirks).run()


class _Composer:
    def __init__(self, facts: ReportFacts, rng: Random, quirks: Quirks) -> None:
        self.facts, self.rng, self.quirks = facts, rng, quirks
        self.truth = Truth(publisher=facts.body.name)
        figures = facts.figures
        if quirks.unfooted and facts.has_tables:
            figures = with_one_wrong(facts.generation, figures, rng)
        self.grids = (
            form_grids(facts.generation, figures, facts.year, rng, quirks, self.truth) if facts.has_tables else {}
        )
        self.writer = Writer(facts, figures, rng, quirks, self.truth)
        self.blocks: list[Block] = []
        self.new = facts.generation in NEW
        self.headings = {
            part: rng.choice(names) for part, names in load("headings")["new" if self.new else "old"].items()
        }
        self.style = rng.choice(("{n}、", "{n}、", "{n}、", "{n}、 ", "第{n}部分　" if not self.new else "{n}、"))

    def run(self) -> tuple[NeutralDocument, Truth]:
        title = self._title()
        if not self.quirks.no_title:
            self.blocks.append(Line(title, "title"))
        self._preamble()
        cut = self.rng.randint(1, len(self.facts.parts) - 1) if self.quirks.truncated else len(self.facts.parts)
        wrong = self.rng.randrange(1, len(self.facts.parts)) if self.quirks.misnumbered else -1
        for number, part in enumerate(self.facts.parts):
            self._part(number, part, shown=number - 1 if number == wrong else number)
            if part == "overview" and self.quirks.own_table:
                self.blocks.append(own_table(self.rng))
            if self.quirks.truncated and number == cut:
                self.blocks.append(Line(self.writer.filler("cut", 1)[0]))
                break
        else:
            self._end()
        self._forget_unprinted()
        missing = frozenset(PARTS[self.facts.generation]) - set(self.facts.parts[: cut + 1])
        annex = not self.new and any(block in self.grids.values() for block in self.blocks)
        if not (missing and annex):  # whether a row of the annex is the part that has no section, is open
            self.truth.missing_parts = missing
        metadata = self._metadata(title) if self.quirks.metadata else ()
        return NeutralDocument(title, tuple(self.blocks), metadata), self.truth

    def _end(self) -> None:
        if self.grids and not self.new:
            self._annex()
        self.blocks.append(Line(self.facts.body.name, "sign"))
        day = f"{self.facts.year + 1}年{self.rng.randint(1, 3)}月{self.rng.randint(1, 28)}日"
        self.blocks.append(Line(day, "sign"))

    def _forget_unprinted(self) -> None:
        """What stands in a table whose part was left out, isn't stated."""
        printed = {id(block) for block in self.blocks}
        for grid in self.grids.values():
            for cell in grid.cells if id(grid) not in printed else ():
                if cell.key:
                    self.truth.forget(cell.key)

    def _title(self) -> str:
        name = self.facts.body.name
        if self.quirks.short_title and not self.quirks.no_title:
            name = self.facts.body.short
            self.truth.publisher_alternatives = (name,)
        return self.rng.choice(TITLES).format(name=name, year=self.facts.year)

    def _preamble(self) -> None:
        write, fillers = self.writer, load("fillers")
        text = write.filler("preamble", 1) + write.filler("period", 1)
        if self.quirks.listing_preamble:
            names = "、".join(self.headings[part] for part in self.facts.parts)
            text.append(write.fill(fillers["listing"], names=names))
        self.blocks.append(Line("".join([*text, *write.filler("contact", 1)])))

    def _heading(self, prefix: str, number: str, heading: str, depth: int) -> None:
        self.blocks.append(Line(prefix + heading, "heading", depth))
        self.truth.sections.append((number, heading))

    def _part(self, number: int, part: PartName, shown: int) -> None:
        self._heading(self.style.format(n=NUMERALS[shown]), str(number + 1), self.headings[part], 1)
        if part == "overview" and self.new:
            self._overview_since_2019(number + 1)
            return
        tables = [grid for grid in self.grids.values() if self.new and grid.name.startswith(part)]
        if tables:
            self.blocks += tables
        if not tables or (part == "disputes" and self.rng.random() < 0.3):
            self._paragraphs(part)

    def _overview_since_2019(self, number: int) -> None:
        write = self.writer
        self.blocks.append(Line("".join(write.filler("overview", 2) + [trap.text for trap in self._traps("overview")])))
        inline = self.rng.random() < 0.5
        for sub, (part, names) in enumerate(load("headings")["sub"]):
            heading, prefix = self.rng.choice(names), f"（{NUMERALS[sub]}）"
            text = self._text(part)
            if inline:
                self.blocks.append(Line(f"{prefix}{heading}。{text}"))
                self.truth.sections.append((f"{number}.{sub + 1}", heading))
            else:
                self._heading(prefix, f"{number}.{sub + 1}", heading, 2)
                self.blocks.append(Line(text))

    def _traps(self, part: str) -> list[Trap]:
        return self.writer.traps(part, self.rng.randint(0, self.quirks.traps))

    def _text(self, part: str) -> str:
        """One paragraph: statements in their order, other sentences between them, what would mislead a reader last."""
        sentences, leaning = self.writer.stating(part, self.rng.randint(1, 4))
        traps = self._traps(part)
        between = [trap.text for trap in traps if not (leaning or trap.dated)]
        for extra in between + self.writer.filler(part, self.rng.randint(1, 3)):
            sentences.insert(self.rng.randint(0, len(sentences)), extra)
        return "".join(sentences + [trap.text for trap in traps if leaning or trap.dated])

    def _paragraphs(self, part: str) -> None:
        for _ in range(2 if part in ("proactive", "requests", "overview") else 1):
            text = self._text(part)
            if text:
                self.blocks.append(Line(text))
        if part == "proactive" and self.quirks.sister_report:
            self.blocks.append(Line(self.writer.fill(load("fillers")["sister"])))

    def _annex(self) -> None:
        for grid in self.grids.values():
            place = self.rng.choice(("附表：", "附件：", "附：", ""))
            self.blocks.append(Line(f"{place}{grid.name.replace('统计表', '统计')}表", "caption"))
            self.blocks.append(grid)

    def _metadata(self, title: str) -> tuple[tuple[str, str], ...]:
        body, year = self.facts.body, self.facts.year + 1
        return (
            ("索引号", f"{self.rng.randint(10**8, 10**9 - 1)}/{year}-{self.rng.randint(1, 9999):05d}"),
            ("主题分类", "政府信息公开年度报告"),
            ("发布机构", body.short),
            ("发布日期", f"{year}-{self.rng.randint(1, 3):02d}-{self.rng.randint(1, 28):02d}"),
            ("名称", title),
            ("文号", ""),
        )
