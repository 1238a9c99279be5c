"""The words of sites: each rule's own example, what must stay, and pages that are no report."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
import yaml

from tasks.clean.html.chrome import chrome_lines, is_chrome, refuse_no_report
from tasks.model import Rejected

DATA: dict[str, Any] = yaml.safe_load(resources.files("tasks.clean").joinpath("data/chrome.yaml").read_text("utf-8"))


@pytest.mark.parametrize("rule", DATA["lines"], ids=lambda rule: rule["example"][:12])
def test_each_rule_takes_its_example_and_leaves_what_stays(rule: dict[str, str]) -> None:
    assert is_chrome(rule["example"])
    assert "stays" not in rule or not is_chrome(rule["stays"])


@pytest.mark.parametrize("rule", DATA["ends"], ids=lambda rule: rule["example"][:12])
def test_a_list_behind_the_report_goes(rule: dict[str, str]) -> None:
    report = ["一、总体情况", "全年公开信息12条。", "第一条"]
    assert chrome_lines([*report, rule["example"], "某某县概况", "办事大厅"]) == {3, 4, 5}
    assert "stays" not in rule or chrome_lines([*report, rule["stays"], "某某县概况"]) == frozenset()


@pytest.mark.parametrize(
    "line",
    [
        "字体：[ 大 中 小 ]　打印本页　关闭窗口",
        "【打印】【关闭】",
        "分享到： 微信 新浪微博 QQ空间",
        "關懷版 無障礙閱讀 繁體版",
        "浏览次数：1024次",
        "点击数： 33",
        "扫一扫在手机打开当前页",
        "您的位置：首页 > 信息公开",
    ],
)
def test_widgets(line: str) -> None:
    assert is_chrome(line)


@pytest.mark.parametrize(
    "line",
    [
        "次 |",
        "| | |",
        "0",
        "大中型企业信息公开3条",
        "微信公众号发布信息12条",
        "网站首页开设专栏，发布信息12条。",
        "其他",
        "总计",
        "分享会2次，参加120人",
        "——",
        "（三）平台建设",
    ],
)
def test_lines_of_a_report(line: str) -> None:
    assert not is_chrome(line)


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("404 Not Found", "404 Not Found\nnginx/1.18.0", "error_page"),
        ("", "对不起，您访问的页面不存在或已被删除", "error_page"),
        ("系统提示", "502 Bad Gateway", "error_page"),
        ("Just a moment...", "请开启JavaScript并刷新该页", "javascript_challenge"),
        ("统一身份认证", "用户名\n密码\n验证码\n登录", "login_page"),
    ],
)
def test_pages_that_are_no_report(title: str, text: str, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        refuse_no_report(title, text)
    assert caught.value.error_code == code


def test_a_report_with_a_login_box_is_a_report() -> None:
    box = "用户名 密码 登录\n"
    report = "某某镇2020年政府信息公开工作年度报告\n一、总体情况\n全年公开信息12条。未收到申请。"
    refuse_no_report("某某镇政府", box + report)
    with pytest.raises(Rejected) as caught:
        refuse_no_report("某某镇政府", box)
    assert caught.value.error_code == "login_page"


def test_the_end_of_a_title_is_no_link() -> None:
    assert chrome_lines(["某镇二〇一六年", "政府信息公开年报", "一、概述"]) == frozenset()
    assert chrome_lines(["信息公开指南", "政府信息公开年报", "一、概述"]) == {0, 1}


def test_a_row_of_a_form_is_no_error_message() -> None:
    refuse_no_report("", "政府信息公开情况统计表\n（2）“信息不存在”数 | 条 | 3 |\n6.申请信息不存在数 | 件 | 1 |\n")
    with pytest.raises(Rejected, match="error page"):
        refuse_no_report("", "您访问的信息不存在，请返回首页")
