"""The pages that stand around a report: navigation, breadcrumb, share buttons, counters, related links, footer."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

STYLE = """
body{margin:0;font-family:"Microsoft YaHei","WenQuanYi Zen Hei",SimSun,sans-serif;color:#333;background:#f4f6f9;line-height:1.9}
.top{background:#1f5fa8;color:#fff}.top .w,.main,.foot .w{width:1080px;margin:0 auto}.logo{font-size:28px;padding:22px 0}
.nav ul{display:flex;list-style:none;margin:0;padding:0 0 10px}.nav li{margin-right:28px}.nav a{color:#fff;text-decoration:none}
.main{background:#fff;padding:20px 40px;box-sizing:border-box}.crumb,.meta{color:#888;font-size:14px}.meta{text-align:center;border-bottom:1px dashed #ccc;padding-bottom:12px}
h1{text-align:center;font-size:26px;color:#b01818;line-height:1.4}.card{width:100%;border-collapse:collapse;font-size:14px;background:#f7f9fc}.card td,.card th{border:1px solid #d8e0ea;padding:4px 10px;text-align:left}
.article table{border-collapse:collapse;width:100%;font-size:14px}.article td{border:1px solid #555;padding:3px 6px;text-align:center}.article td p{margin:0;text-indent:0!important}
.related{border-top:1px solid #ddd;margin-top:30px;font-size:14px}.foot{background:#2b3a4a;color:#c8d2dd;text-align:center;font-size:13px;padding:24px 0;margin-top:30px}.foot a{color:#c8d2dd}
"""
NAVIGATION = ("首页", "新闻中心", "政务公开", "政务服务", "互动交流", "专题专栏", "数据开放", "走进我们")
SIDE = (
    "政策文件",
    "法定主动公开内容",
    "政府信息公开指南",
    "政府信息公开制度",
    "政府信息公开年报",
    "依申请公开",
    "机构职能",
    "财政资金",
)
RELATED = (
    "政府信息公开指南",
    "法治政府建设年度报告",
    "政府网站工作年度报表",
    "政务公开工作要点解读",
    "行政执法公示专栏上线",
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page builder is given; all texts are escaped."""

    title: str
    content: str
    card: tuple[tuple[str, str], ...]
    charset: str
    rng: Random


def _links(names: tuple[str, ...], page: Page, tag: str = "li") -> str:
    return "".join(
        f'<{tag}><a href="/col/col{page.rng.randint(100, 9999)}/index.html">{name}</a></{tag}>' for name in names
    )


def bare_page(page: Page) -> str:
    """A facsimile of the printed report: nothing but the text."""
    card = "".join(f"<p>{key}：{value}</p>" for key, value in page.card)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{page.charset}"><title>{page.title}</title>'
        "<style>body{max-width:820px;margin:40px auto;font-family:SimSun,'WenQuanYi Zen Hei',serif;line-height:2}"
        "h1{text-align:center}table{font-size:14px}td{padding:2px 6px}td p{margin:0}</style></head>\n"
        f"<body>\n{card}{page.content}\n</body></html>\n"
    )


def modern_page(page: Page) -> str:
    """A site of our day: divs, navigation, index card, share buttons, related links, footer."""
    rows = [page.card[at : at + 2] for at in range(0, len(page.card), 2)]
    card = "".join(
        "<tr>" + "".join(f"<th>{key}：</th><td>{value}</td>" for key, value in row) + "</tr>" for row in rows
    )
    related = "".join(
        f'<li><a href="/art/{page.rng.randint(2015, 2024)}/{page.rng.randint(100, 9999)}.html">{name}</a>'
        f"<span>{page.rng.randint(2015, 2024)}-0{page.rng.randint(1, 9)}-1{page.rng.randint(0, 9)}</span></li>"
        for name in RELATED
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{page.charset}"><meta name="ArticleTitle" content="{page.title}">
<meta name="viewport" content="width=device-width"><title>{page.title}</title><style>{STYLE}</style>
<script>var hits=0;function zoom(n){{document.getElementById('zoom').style.fontSize=n+'px'}}</script></head>
<body><div class="top"><div class="w"><div class="logo">政府信息公开</div><div class="nav"><ul>{_links(NAVIGATION, page)}</ul></div></div></div>
<div class="main"><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/nb/">政府信息公开年报</a></div>
{f'<table class="card">{card}</table>' if card else ""}
<div class="article" id="zoom"><div class="meta">浏览次数：<span id="hits">{page.rng.randint(20, 9000)}</span> 次　字体：【<a href="javascript:zoom(20)">大</a> <a href="javascript:zoom(16)">中</a> <a href="javascript:zoom(14)">小</a>】　<a href="javascript:window.print()">打印本页</a></div>
{page.content}
</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a> <a href="#">QQ空间</a></div>
<div class="related"><h3>相关链接</h3><ul>{related}</ul></div></div>
<div class="foot"><div class="w"><p><a href="/about">网站地图</a> | <a href="/law">法律声明</a> | <a href="/contact">联系我们</a></p>
<p>网站标识码：{page.rng.randint(1000000000, 3900000000)}　ICP备{page.rng.randint(10000000, 29999999)}号　公网安备{page.rng.randint(10**13, 9 * 10**13)}号</p></div></div>
</body></html>
"""


def layout_page(page: Page) -> str:
    """A site of the years of layout tables: everything is in a cell of a cell."""
    card = "".join(f"<tr><td bgcolor='#eef3fa' width='90'>{key}</td><td>{value}</td></tr>" for key, value in page.card)
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset={page.charset}"><title>{page.title}</title></head>
<body bgcolor="#dfe8f2"><table width="980" align="center" cellpadding="0" cellspacing="0" bgcolor="#ffffff">
<tr><td><table width="100%" bgcolor="#2a68b0"><tr>{_links(NAVIGATION, page, "td")}</tr></table></td></tr>
<tr><td>您现在的位置：<a href="/">网站首页</a> &gt;&gt; <a href="/xxgk/">信息公开</a> &gt;&gt; 正文</td></tr>
<tr><td><table width="100%"><tr><td width="180" valign="top"><table>{"".join(f'<tr><td><a href="/xxgk/{at}.htm">{name}</a></td></tr>' for at, name in enumerate(SIDE))}</table></td>
<td valign="top">{f'<table width="100%" border="1" bordercolor="#c0d0e0" cellspacing="0">{card}</table>' if card else ""}
<table width="100%"><tr><td align="center">【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】　阅读：{page.rng.randint(20, 9000)}次　【<a href="#">关闭窗口</a>】</td></tr>
<tr><td style="line-height:2;padding:10px 20px">
{page.content}
</td></tr></table></td></tr></table></td></tr>
<tr><td align="center" bgcolor="#e8e8e8">版权所有　技术支持：信息中心　电话：0{page.rng.randint(100, 999)}-{page.rng.randint(2000000, 8999999)}</td></tr></table></body></html>
"""


def old_page(page: Page) -> str:
    """An old content system: unclosed elements, attributes without quotes."""
    card = "".join(f"<tr><td>{key}<td>{value}" for key, value in page.card)
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset={page.charset}">
<TITLE>{page.title}</TITLE></HEAD><BODY>
<center><a href=/index.asp>首页</a> | <a href=/news.asp>工作动态</a> | <a href=/gk.asp>信息公开</a> | <a href=/bbs.asp>在线咨询</a></center><hr>
{f"<table border=1>{card}</table>" if card else ""}
<div>{page.content}
</div><hr><center>本页访问次数：{page.rng.randint(20, 9000)} <a href=/admin>管理登录</a></center>
"""
