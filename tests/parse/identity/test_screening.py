"""What is no report is rejected with its reason; what is one, never."""

import re
from dataclasses import replace

import pytest

from tasks.model import Rejected
from tasks.parse.identity.identify import identify
from tasks.parse.identity.names import load_rules
from tasks.parse.identity.opening import read_opening
from tasks.parse.identity.screening import screen
from tests.parse.documents import from_lines
from tests.render.made import make
from tests.render.not_reports import NAMES, not_a_report
from tests.render.text import text_of

RULES = load_rules("screening.yaml")


def code_of(text: str) -> str | None:
    document = from_lines(text)
    try:
        opening = read_opening(document)
        screen(document, opening, identify(document, opening))
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
        ("《清河县2020年政府信息公开工作年度报告》解读\n2020年公开信息3210条,收到申请56件。", "news"),
        ("清河县晒出成绩单\n记者从县政府办公室获悉,2021年全县主动公开政府信息4100条,收到申请31件。", "news"),
        ("某网福州7月6日电 全省清理信息80万条。\n据2008年度政府信息公开工作年度报告透露,公开信息40万条。", "news"),
        ("在全市政务公开工作会议上的讲话\n同志们:2013年,全市公开政府信息12000条,受理申请300件。", "news"),
        ("信息公开申请被拒怎么办?律师支招\n2018年,区政府收到申请1件后逾期未答复,被提起行政诉讼。", "other_report"),
        ("清河市中级人民法院行政判决书\n原告诉区政府政府信息公开一案,本院受理申请2件,公开信息1条。", "other_report"),
        ("第七节 政务公开\n2012年,全市主动公开政府信息3.2万条,受理公开申请221件。", "other_report"),
        ("清河年鉴(2015)\n政府信息公开\n2014年,全县公开政府信息5000条,受理公开申请21件。", "other_report"),
        ("清河县水利局政府信息公开工作自查报告\n2015年,我局公开政府信息132条,收到申请2件。", "other_report"),
        ("清河县2016年政府工作报告\n全年公开政府信息6200条,受理申请23件。我县坚持政务公开。", "other_report"),
        ("政府信息公开申请答复书\n张某:本机关于2019年3月1日收到你的申请1件,你申请公开的信息不存在。", "other_report"),
        ("县政务公开领导小组会议纪要\n会议指出,2016年全县公开信息4000条,受理申请12件。", "news"),
        ("清河县2015年5月政府信息公开工作月报\n5月份,我县公开政府信息320条,收到申请2件。", "half_year"),
        ("清河县2021年政务公开工作要点的解读\n2021年,全县要公开信息3000条。收到申请5件。", "news"),
        ("村务公开目录\n一、党务公开\n2019年公开信息12条", "other_report"),
        ("清河县民政局2021年政务公开工作计划\n2021年,我局将继续公开信息,计划公开信息200条。", "policy_text"),
        ("清河县教育局2016年第三季度政务公开工作总结\n我局公开信息45条,未收到公开申请。", "half_year"),
        ("清河县2020年第四季度政府信息依申请公开情况\n共收到申请45件,公开信息3条。规章3件。", "half_year"),
        ("清河县司法局2019年工作总结\n2019年,我局受理申请321件,公开信息120条。", "work_summary"),
        ("关于第12号建议的答复\n王代表:2019年,我县公开政府信息320条,受理公开申请2件。", "other_report"),
        ("清河县政府信息公开新闻发布会实录\n2021年,全县公开信息120条,收到申请3件。", "news"),
        ("论政府信息公开\n本文认为,年报数据不全。2015年全市公开信息3条,收到申请23件。", "evaluation"),
        ("清河县1至6月政府信息公开情况统计\n2014年1至6月,全县公开政府信息3100条,收到申请12件。", "half_year"),
        ("清河县财政局2018年度政务公开工作总结\n2018年,我局公开信息210条,收到申请2件。", "work_summary"),
        ("2020年政务公开工作总结汇编(12篇)\n2020年,我局公开信息210条,收到申请2件。", "work_summary"),
        ("【档案工作】 2013年,全县接收档案3200卷,公开政府信息1800条,受理公开申请12件。(撰稿:某某)", "not_a_report"),
        ("1月至9月,我镇通过网站公开信息64条,收到公开申请1件。", "half_year"),
        ("截止2018年9月底,我区公开政府信息2100条,收到申请32件。\n一、存在问题\n队伍建设不够。", "half_year"),
        ("2月16日,县大数据局组织全县年度报告培训,去年全县公开信息2万条,收到申请31件。", "news"),
        ("问:去年公开了多少信息?\n答:2020年,我市公开信息5万条,收到申请220件。", "news"),
        ("一、起草背景\n按照条例编制年度报告。\n二、主要内容\n2021年,我县公开信息3100条,收到申请6件。", "news"),
        ("县政府发布了2016年度公开年报。年报显示,全县收到申请312件,公开信息1.2万条。", "news"),
        ("各镇人民政府:\n请各单位于2月底前将2021年度公开年报报我办。统计期限为2021年1月1日至12月31日。", "notice"),
        ("现就年报工作提出如下要求:\n一、1月底前公布。收到申请3件、公开信息20条的数字要核对。", "notice"),
        ("为方便公众查询,特制定本指南。\n本机关公开信息,申请20个工作日内答复,可提起行政诉讼。", "guide"),
        ("为落实要求,我局制定本实施方案。\n2022年公开信息不少于80条,2023年1月公布公开年报。", "policy_text"),
        ("现将半年来工作开展情况总结如下\n(一)党建工作\n(二)招商引资\n(三)公开\n我局公开信息32条。", "work_summary"),
        ("我局2022年法治政府建设工作情况报告如下:\n办理行政许可32件,我局公开信息120条,收到申请2件。", "other_report"),
        ("李某:\n我局收到您提交的信息公开申请。经查,该信息不存在。可申请行政复议、行政诉讼。", "other_report"),
        ("测评对象为30家部门,2019年年报公开率100%,收到申请数不一致的6件,公开信息3条。", "evaluation"),
        ("201X年政府信息公开工作年度报告\n一、总体情况\n我局公开信息,收到申请。\n二、主要问题", "blank_form"),
        ("今年9月底前\n截至今年9月底,我局公开文件35件、信息210条,收到申请5件。", None),
        ("市政府信息公开年报出炉\n本报讯 4月2日,市政府公布年报,收到申请92件,公开信息3万条。", "news"),
        ("昨日,市政府办通报年报发布情况,2021年,我县公开政府信息2.1万条,受理申请12件。", "news"),
        ("6月3日,区长到区行政审批局督导政务公开,听取2022年我区公开信息3万条、收到申请4件的汇报。", "news"),
        ("一图读懂2021年政府信息公开年度报告\n公开信息320条\n收到申请5件", "news"),
        ("清河县水利局2015年度工作情况\n2015年,我局办结项目20个。信息公开60条,没有收到公开申请。", "work_summary"),
        ("(    年度)\n政府信息公开工作年度报告\n填报单位:\n一、总体情况\n二、主动公开政府信息情况", "blank_form"),
        ("[单位名称]2020年政府信息公开工作年度报告\n我局公开信息,收到申请。一、总体情况", "blank_form"),
        ("政府信息公开年度报告如何写\n例如:2020年,我局公开信息20条,收到申请3件。", "blank_form"),
        ("本文以31份省级年度公开报告为样本,2020年平均收到申请380件,公开信息3万条。", "evaluation"),
        ("关于2019年度绩效目标自评情况的报告\n我局公开信息150条,答复申请3件,得10分。", "other_report"),
        ("2022年,县水利局完成投资5.6亿元,新建渠道120公里。我局公开信息88条。", "work_summary"),
        ("附件:年度报告(参考样式)\n由(机关名称)编制,数据自2019年1月1日至12月31日。\n主动公开情况", "blank_form"),
        ("2021年公开年报点评:区教育局收到申请3件,公开信息20条,总体情况太简单。", "evaluation"),
        ("清河水务股份有限公司\n2011年年度报告\n董事会保证报告真实。2011年,我公司公开信息30条。", "other_report"),
        ("您提出的关于信息公开的提案收悉。2020年,我办公开信息1200条,受理申请60件。", "other_report"),
        ("行政机关应当公开信息。公开是原则。", "not_a_report"),
        ("今日天气晴。", "not_a_report"),
    ],
)  # fmt: skip
def test_what_is_no_report(text: str, code: str) -> None:
    assert code_of(text) == code


def test_a_further_page_of_a_cut_document_is_read_and_says_what_it_is() -> None:
    page = replace(from_lines("五、存在的主要问题\n2019年,我县公开政府信息30条,收到申请4件。"), part=3)
    opening = read_opening(page)
    identity = identify(page, opening)
    screen(page, opening, identity)
    assert identity.publisher is None
    assert "identity.part" in {finding.identity_id for finding in identity.findings}


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
        "清河县地方志办公室2019年政府信息公开年报\n2019年,我办公开信息3条。未收到申请。",
        "清河县司法局律师管理科2019年政府信息公开年报\n截至12月31日电子版公开,我局公开信息3条。未收到申请。",
        "首页>政府信息公开年报\n清河县财政局2018年政务公开工作总结\n2018年,我局公开信息210条,收到申请2件。",
        "首页\n新闻发布会\n建议提案答复\n工作总结\n" + REPORT,
        "2018年,我局公开信息30条。\n上半年更新目录,下半年开展自查,组织队伍建设培训。",
        "一图读懂\n清河县2017年政府信息公开年度报告\n2017年,全县公开信息300条,收到申请2件。\n(一)脱贫攻坚。公开扶贫信息12条。"
        "\n(二)安全生产。公开信息3条。\n3月10日,召开会议。\n统计期限自2017年1月1日至12月31日。",
        "清河县教育局2012年政府信息公开年度报告\n(一)队伍建设\n培训2次。\n(二)项目建设\n2012年我局公开信息6条,收到申请0件。",
        "清河县2019年政府信息公开年度报告\n一、总体情况\n近日,记者采访我县。下半年,我县将培训。请各单位于1月底前报送。"
        "2019年公开3件。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、存在的主要问题",
        "清河县2018年政府信息公开年度报告\n本报告由县政府办公室编制,统计期限自2018年1月1日至12月31日。\n请各单位于1月底前报送的要求已落实。"
        "近日,记者来访。下半年,我县将培训。公开3条。",
        "本年报按照条例要求编制。\n2014年,某街道公开信息30条,收到申请0件。",
        "2014年,我街公开信息30条,收到公开申请1件。",
        "我镇2016年政府信息公开工作总结如下:\n2016年,我镇公开信息45条,未收到申请。",
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
