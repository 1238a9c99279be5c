"""What is no report is rejected with its reason; what is one, never."""

import re

import pytest

from tasks.model import Rejected
from tasks.parse.identity import identify
from tasks.parse.names import load_rules
from tasks.parse.screening import screen
from tests.parse.documents import from_lines
from tests.render.made import make
from tests.render.not_reports import NAMES, not_a_report
from tests.render.text import text_of

RULES = load_rules("screening.yaml")


def code_of(text: str) -> str | None:
    document = from_lines(text)
    try:
        screen(document, identify(document))
    except Rejected as rejection:
        return rejection.error_code
    return None


NOTICE = """关于做好2019年政府信息公开工作年度报告编制发布工作的通知
各乡镇人民政府,县直各单位:
现将有关事项通知如下。
一、报告应当写明主动公开、依申请公开、行政复议和行政诉讼的数字。统计期限自2019年1月1日至12月31日。
二、各单位要于2020年1月20日前公布。
"""
REPORT = """清河县2019年政府信息公开工作年度报告
本报告所列数据的统计期限自2019年1月1日起至2019年12月31日止。
一、总体情况
2019年,我县公开政府信息3000条。收到申请4件。
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (NOTICE, "notice"),
        ("某省政府信息公开规定\n第一条 为了公开。\n第二条 机关应当公开。\n第三条 每年公布年度报告。", "policy_text"),
        ("清河县政府信息公开指南\n公民可以申请公开政府信息。\n申请流程如下:填表、受理、答复。", "guide"),
        ("清河县2019年上半年政府信息公开情况\n上半年,我县公开政府信息300条,收到申请4件。", "half_year"),
        ("全市召开政府信息公开年度报告培训会议\n5月3日上午,各单位公开负责人参加会议。", "news"),
        ("清河县2020年法治政府建设情况报告\n2020年,我县公开政府信息300条。未发生行政诉讼。", "other_report"),
        ("我局自查情况报告如下。\n今年我局公开信息xx条,收到信息公开申请x件。", "blank_form"),
        ("政府透明度评估报告\n课题组对评估对象的公开年报作了分析。", "evaluation"),
        ("政府信息公开工作年度报告格式\n一、总体情况\n填表说明:公开情况。", "blank_form"),
        ("\n".join(f"{year}年清河县政府信息公开年度报告" for year in (2017, 2018, 2019)), "index_page"),
        ("行政机关应当公开信息。公开是原则。", "not_a_report"),
        ("今日天气晴。", "not_a_report"),
    ],
)  # fmt: skip
def test_what_is_no_report(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize("name", NAMES)
def test_pages_that_share_the_words_of_a_report(name: str) -> None:
    assert code_of(text_of(not_a_report(name), "pipe_rows", "")) is not None


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "关于公布清河县2019年政府信息公开年度报告的通知\n各乡镇:\n现将报告予以公布。\n" + REPORT,
        "\n".join(REPORT.split("\n")[1:]),
        "三、依申请公开政府信息情况\n我镇没有收到公开政府信息的申请。\n四、收费及减免情况\n未收取费用。",
        "清河县2019年政府信息公开工作年度报告\n见附件。\n公开年报.pdf",
    ],
)
def test_a_report_in_whatever_state_is_none_of_these(text: str) -> None:
    assert code_of(text) is None


@pytest.mark.parametrize("seed", range(200, 320))
def test_rendered_reports_pass(seed: int) -> None:
    assert code_of(make(seed, format="txt").content.decode()) is None


@pytest.mark.parametrize("sign", [*RULES["for"], *RULES["against"]], ids=lambda sign: sign["example"])
def test_each_sign_has_its_example(sign: dict[str, str]) -> None:
    assert re.search(sign["pattern"], "\n" + sign["example"])
