"""Pages: grids with their spans, paragraphs in order, the site's own left out, and structures that break walkers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tasks.clean.html.read import extract_html
from tasks.model import Block, Paragraph, Rejected, Table
from tests.clean.raw import assert_spans, paragraphs, raw, rows
from tests.render.document import Grid
from tests.render.made import make
from tests.render.pages import BUILDERS, Builder

TABLE = """<table><tr><td colspan=2 rowspan=2>申请人情况</td><td>自然人</td></tr><tr><td>总计</td></tr>
<tr><td>一、本年新收</td><td>其中</td><td>3</td></tr></table>"""


@pytest.mark.parametrize("builder", BUILDERS)
def test_printed_reports_come_back_whole(builder: Builder) -> None:
    for seed in range(20):
        made = make(seed, format="html", builder=builder)
        extract = extract_html(made.raw())
        assert_spans(extract)
        grids = [block for block in made.document.blocks if isinstance(block, Grid)]
        tables = [block for block in extract.blocks if isinstance(block, Table)]
        assert len(tables) == len(grids)
        for grid, table in zip(grids, tables, strict=True):
            printed = {(c.row, c.column, c.row_span, c.column_span, "".join(c.text.split())) for c in grid.cells}
            text = extract.source_text
            read = {
                (c.row, c.column, c.row_span, c.column_span, "".join(text[c.start : c.end].split()))
                for c in table.cells
            }
            assert read == printed
        lines = ["".join(line.text.split()) for line in made.document.lines]
        kept = [
            "".join(text.split()) for text, kind in _kinds(extract.source_text, extract.blocks) if kind != "metadata"
        ]
        assert [line for line in kept if line in lines] == lines
        assert len(kept) == len(lines), set(kept) - set(lines)


def _kinds(text: str, blocks: Sequence[Block]) -> list[tuple[str, str]]:
    return [(text[block.start : block.end], block.kind) for block in blocks if isinstance(block, Paragraph)]


def _page(body: str, head: str = "") -> bytes:
    return f"<html><head><title>某某镇</title>{head}</head><body>{body}</body></html>".encode()


def test_a_page_and_what_it_says_of_itself() -> None:
    head = "<meta name=ArticleTitle content='某某镇2021年度报告'><meta name=PubDate content='2022-01-05'>"
    body = f"""<div class=nav><a>首页</a><a>公开</a></div><p>您的位置：首页 &gt; 年报</p>
      <h1>某某镇2021年度报告</h1><ul><li><b>索引号：</b>A-1</li><li><b>发布机构：</b>某某镇</li></ul>
      <h3>总体情况</h3><p>一、概况<br>全年公开<b>12</b>条，
      未收到申请。</p>{TABLE}<p>某某镇<span style="display:none">隐藏</span></p>
      <div id=footer><p>版权所有：某某镇</p></div><script>var a = "文字";</script>"""
    extract = extract_html(raw(_page(body, head)))
    assert_spans(extract)
    assert _kinds(extract.source_text, extract.blocks) == [
        ("某某镇2021年度报告", "title"),
        ("索引号：A-1", "metadata"),
        ("发布机构：某某镇", "metadata"),
        ("总体情况", "heading"),
        ("一、概况", "heading"),
        ("全年公开12条，未收到申请。", "paragraph"),
        ("某某镇", "paragraph"),
    ]
    assert rows(extract) == [[["申请人情况", "自然人"], ["总计"], ["一、本年新收", "其中", "3"]]]
    assert extract.title_candidates[0] == "某某镇2021年度报告"
    assert {(item.key, item.value) for item in extract.metadata} == {
        ("索引号", "A-1"),
        ("发布机构", "某某镇"),
        ("发布日期", "2022-01-05"),
    }


@pytest.mark.parametrize(
    ("title", "meta", "logo"),
    [
        ("2021年政府信息公开年度报告 - 清河县人民政府", "", "<div>清河县人民政府</div>"),
        ("2021年政府信息公开年度报告 - 清河县人民政府", "", "<h1>清河县人民政府</h1>"),
        ("清河县人民政府 2021年政府信息公开年度报告", "", "<h1><a href=/>清河县人民政府</a></h1>"),
        ("清河县人民政府", "", "<div>清河县人民政府</div>"),
        ("公开", "清河县政府网", "<h1>清河县政府网</h1>"),
    ],
)
def test_the_name_of_the_site_is_no_title(title: str, meta: str, logo: str) -> None:
    head = f"<title>{title}</title><meta name=SiteName content='{meta}'>"
    body = f"{logo}<div><h2>2021年政府信息公开年度报告</h2><p>全年公开信息12条。</p></div>"
    extract = extract_html(raw(f"<html><head>{head}</head><body>{body}</body></html>".encode()))
    assert paragraphs(extract) == ["2021年政府信息公开年度报告", "全年公开信息12条。"]
    assert not any(candidate.startswith("清河县") and "报告" in candidate for candidate in extract.title_candidates)


@pytest.mark.parametrize(
    ("top", "kept"),
    [
        ("<div><b>清河县水利局<br>2021年政府信息公开年度报告</b></div>", True),
        ("<div><p>清河县水利局</p><p>政府信息公开年度报告</p></div>", True),
        ("<div>清河县水利局</div><div>2021年政府信息公开年度报告</div>", False),
        ("<div><p><a href=/>清河县水利局</a></p><p>2021年政府信息公开年度报告</p></div>", False),
        ("<div>清河县水利局<h2>2021年政府信息公开年度报告</h2></div>", False),
        ("<div><p>清河县水利局</p><p>清河县水利局2021年政府信息公开年度报告</p></div>", False),
    ],
)
def test_a_title_over_two_lines_is_kept_whole(top: str, kept: bool) -> None:
    extract = extract_html(raw(_page(f"<div>站内搜索帮助</div>{top}<p>全年公开信息12条。</p>")))
    assert (paragraphs(extract)[0] == "清河县水利局") is kept
    assert "帮助" not in extract.source_text


def test_an_index_card_as_a_table() -> None:
    rows_of_card = (
        "<tr><td>索引号</td><td>A-1</td><td>文号</td><td></td></tr><tr><td>名称</td><td colspan=3>年报</td></tr>"
    )
    card = f"<table>{rows_of_card}</table>"
    extract = extract_html(raw(_page(card + "<p>全年公开信息12条。</p>" + TABLE)))
    assert [(item.key, item.value) for item in extract.metadata] == [("索引号", "A-1"), ("名称", "年报")]
    assert len(rows(extract)) == 1


def test_a_blank_field_in_a_table_of_its_own_takes_nothing_from_below() -> None:
    rows = ["<td>发文机关：</td><td>某市政府</td>", "<td>主题词：</td><td></td>"]
    card = "".join(f"<table><tr>{row}</tr></table>" for row in rows)
    extract = extract_html(raw(_page(card + "<p>某市推行随机抽查的意见</p><p>全年公开信息12条。</p>" + TABLE)))
    assert [(item.key, item.value) for item in extract.metadata] == [("发布机构", "某市政府")]
    assert "某市推行随机抽查的意见" in paragraphs(extract)


def test_an_index_card_below_a_long_menu() -> None:
    links = "".join(f"<li><a href=/{number}>第{number}个栏目</a></li>" for number in range(60))
    card = "<ul><li><b>索引号：</b>A-1</li><li><b>发布日期：</b>2022-01-05</li></ul>"
    extract = extract_html(raw(_page(f"<ul>{links}</ul>{card}<p>全年公开信息12条。</p>{TABLE}")))
    assert [(item.key, item.value) for item in extract.metadata] == [("索引号", "A-1"), ("发布日期", "2022-01-05")]
    assert "栏目" not in extract.source_text


def test_a_list_of_links_that_holds_more_is_kept() -> None:
    links = "".join(f"<li><a href=/{number}>消息{number}</a></li>" for number in range(5))
    body = f"<p>全年公开。</p><ul>{links}<li>全年公开信息12条，无遗漏，另见下表各项所列明细数字。</li></ul>{TABLE}"
    assert paragraphs(extract_html(raw(_page(body))))[-1].startswith("全年公开信息12条")


def test_signs_of_markup_that_are_none() -> None:
    table = TABLE.replace("<table>", "<table title='a > b' width='100%''><caption>表1 申请</caption>")
    page = _page(
        f"<!-- <table><tr><td>旧<td>1<tr><td>稿<td>2</table> --><p>公开&lt;td&gt;12条。</p>{table}<pre>甲\n乙</pre>"
    )
    extract = extract_html(raw(page))
    assert paragraphs(extract) == ["公开<td>12条。", "表1 申请", "甲", "乙"]
    assert rows(extract) == [[["申请人情况", "自然人"], ["总计"], ["一、本年新收", "其中", "3"]]]


def test_words_pasted_into_spans_stay_one_word() -> None:
    cells = "<td><p><span>信息内</span><span>容</span></p></td><td><p>本年新</p><p>制作数量</p></td>"
    page = _page(f"<p>全年公开。</p><table><tr>{cells}</tr><tr><td>规章</td><td>1<font>2</font></td></tr></table>")
    assert rows(extract_html(raw(page))) == [[["信息内容", "本年新\n制作数量"], ["规章", "12"]]]


def test_tables_that_lay_out_the_page_are_walked_into() -> None:
    inner = f"<table><tr><td><p>第一段。</p></td></tr><tr><td>{TABLE}</td></tr></table>"
    page = _page(f"<table><tr><td>左栏</td><td>{inner}</td></tr><tr><td></td><td><p>第二段。</p></td></tr></table>")
    extract = extract_html(raw(page))
    assert paragraphs(extract)[1:] == ["第一段。", "第二段。"]
    assert len(rows(extract)) == 1


def test_fonts_and_rows_that_are_never_closed() -> None:
    body = "".join(f"<p><font size={n % 7}>第{n}段落，全年公开信息{n}条。" for n in range(300))
    extract = extract_html(raw(_page(body + "<table><tr><td>规章<td>1<tr><td>其他<td>2</table>")))
    assert len(paragraphs(extract)) == 300
    assert rows(extract) == [[["规章", "1"], ["其他", "2"]]]


def test_a_page_without_a_table_may_hold_one_as_text() -> None:
    lines = ["第二十条第(一)项", "信息内容", "本年制发件数", "规章", "3", "三、其他", "无。"]
    extract = extract_html(raw(_page("".join(f"<p>{line}</p>" for line in lines))))
    assert rows(extract) == [[["第二十条第(一)项"], ["信息内容", "本年制发件数"], ["规章", "3"]]]
    assert paragraphs(extract) == ["三、其他", "无。"]


def test_nothing_is_lost_deep_down() -> None:
    page = _page("<div>" * 3000 + "<p>深处的一段。</p>" + TABLE)
    extract = extract_html(raw(page))
    assert paragraphs(extract) == ["深处的一段。"]
    assert len(rows(extract)) == 1


def test_spans_end_where_the_table_does() -> None:
    table = "<table><tr><td colspan=1000000000 rowspan=65534>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>"
    wide = "<table><tr><td rowspan=0>甲</td><td colspan=0>乙</td></tr><tr><td colspan=x>丙</td></tr></table>"
    extract = extract_html(raw(_page("<p>全年公开。</p>" + table + wide)))
    tables = [block for block in extract.blocks if isinstance(block, Table)]
    assert [(table.row_count, table.column_count) for table in tables] == [(2, 2)]


def test_a_hidden_report_that_a_script_shows_is_kept() -> None:
    body = "<div style='display:none'>" + "".join(f"<p>全年第{n}次公开信息。</p>" for n in range(5)) + "</div>"
    assert len(paragraphs(extract_html(raw(_page(body))))) == 5


def test_a_title_below_the_text_takes_nothing_above_it() -> None:
    body = f"<p>一、总体情况</p><p>见下表</p>{TABLE}<p>某某镇2019年政府信息公开工作年度报告</p>"
    assert paragraphs(extract_html(raw(_page(body))))[:2] == ["一、总体情况", "见下表"]


def test_a_report_in_a_box_with_a_bad_name_is_kept() -> None:
    body = (
        "<div class='nav-content share'>"
        + "".join(f"<p>{n}、全年公开各类政府信息共{n}条，均已发布在网站。</p>" for n in range(20))
        + "</div>"
    )
    assert len(paragraphs(extract_html(raw(_page(body))))) == 20


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (_page(""), "empty"),
        (_page("<script>location='/'</script>"), "redirect_page"),
        (_page("<div class=nav><a>首页</a></div>"), "empty"),
        (_page("<h1>404 Not Found</h1><hr>nginx"), "error_page"),
        (_page("<form>用户名<input>密码<input><button>登录</button></form>"), "login_page"),
        (_page("<noscript>x</noscript>正在进行安全验证，请稍候"), "javascript_challenge"),
        (_page("<p>" + "锛屾湰骞村害涓诲姩鍏紑鏀垮簻淇℃伅" * 30 + "</p>"), "mojibake"),
        (_page("<div>" * 60_000 + "深"), "too_deep"),
        (_page("<p>" + "深" * 500_001), "too_large"),
        (_page("<p>深" * 400_001), "too_large"),
        (_page("<table>" + "<tr><td>1<td>2" * 10_001 + "</table>"), "too_many_rows"),
        (b"<p>" + b"0" * (51 * 1024 * 1024), "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused(page: bytes, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        extract_html(raw(page))
    assert caught.value.error_code == code
