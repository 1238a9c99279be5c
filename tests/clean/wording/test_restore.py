from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import opencc
import pytest

from tasks.clean.wording.align import Moved
from tasks.clean.wording.restore import DATA, DOCUMENT, Restoration
from tasks.clean.wording.t2s import t2s
from tests.clean.wording.measure_restoration import mirror

CATALOGUE = Path(__file__).parents[3] / "warehouse" / "catalogue"
MARKER = "市人民政府政务公开"
EVIDENCE = {
    "mainland": f"{MARKER}。",
    "mirror": f"{MARKER}。入口网站。",
    "s2twp": f"{MARKER},资讯、专案、支援与资讯、专案。",
}
with DATA.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


def restored(text: str) -> tuple[str, str]:
    """The wording and the restored text of a text in Traditional characters."""
    simplified = t2s(text)
    restoration = Restoration(simplified)
    return restoration.wording, Moved(simplified, restoration.edits).text


@cache
def converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['pattern']}-{row['restoration']}-{row['example']}")
def test_the_row_does_what_its_example_says(row: dict[str, str]) -> None:
    subject = row["document"].split("|")[0] * DOCUMENT
    before = row["example"][: row["example"].index(row["pattern"])]
    for wording in row["wordings"].split():
        text = f"{EVIDENCE[wording]}{subject}\n{row['example']}"
        restoration = Restoration(text)
        assert restoration.wording == wording
        whole = Moved(text, restoration.edits).text
        assert whole.splitlines()[-1].startswith(before + row["restoration"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['pattern']}-{row['restoration']}-{row['example']}")
def test_the_row_is_argued(row: dict[str, str]) -> None:
    assert row["reason"]
    assert set(row["wordings"].split()) <= EVIDENCE.keys()


def test_a_mirror_s_words_go_back_and_mainland_words_stay() -> None:
    text = (
        "某區人民政府政務公開報告。制發規範性檔案12件,以區政府辦檔案下發,推進“網際網路+政務服務”,簡化內部程式,"
        "設統一視窗,著力解讀中國小招生,整合信息,新增欄目,建立指標體系,提高執行效能,項目運行良好,查閱檔案館的檔案管理制度。"
    )
    wording, result = restored(text)
    assert wording == "mirror"
    assert result == (
        "某区人民政府政务公开报告。制发规范性文件12件,以区政府办文件下发,推进“互联网+政务服务”,简化内部程序,"
        "设统一窗口,着力解读中小学招生,整合信息,新增栏目,建立指标体系,提高执行效能,项目运行良好,查阅档案馆的档案管理制度。"
    )


def test_unusual_words_of_two_kinds_tell_a_mirror() -> None:
    mirrored = "縣人民政府辦公室受理申請,檔案送達及時,民眾滿意。"
    assert restored(mirrored) == ("mirror", "县人民政府办公室受理申请,文件送达及时,群众满意。")
    archive = f"縣人民政府{'為系統建立檔案,' * 9}"
    assert restored(archive) == ("mainland", t2s(archive))


def test_expressions_that_a_converter_kept_do_not_close_its_rules() -> None:
    text = (
        "某市經濟和信息化委員會政府信息公開年度報告。依據政府信息公開條例編制,政府信息公開工作運行正常,"
        "共主動公開政府資訊61條,設立1個資訊申請受理點。"
    )
    wording, result = restored(text)
    assert wording == "mirror"
    assert result.endswith("共主动公开政府信息61条,设立1个信息申请受理点。")
    assert restored(text.replace("政府資訊61", "旅遊資訊61")) == (
        "mainland",
        t2s(text.replace("政府資訊61", "旅遊資訊61")),
    )


def test_a_rule_is_off_where_its_mainland_word_stands() -> None:
    """The converter of this page has no rule for 程序, so 程式 is what its writer wrote."""
    text = "縣人民政府入口網站。辦事程序公開,內部程序精簡,公文程式適用有關規定。"
    wording, result = restored(text)
    assert wording == "mirror"
    assert "公文程式" in result
    assert "门户网站" in result


@pytest.mark.parametrize(
    "text",
    [
        "縣人民政府辦公室依法受理信息公開申請,檔案管理局按編制設崗,民眾滿意,民眾來電。",
        "全國小麥產量穩定,我國小微企業發展,市人民政府應用新技術。",
    ],
)
def test_plain_conversion_changes_no_word(text: str) -> None:
    assert restored(text) == ("mainland", t2s(text))


@pytest.mark.parametrize(
    "text",
    [
        "行政院資訊網路應用程式,直轄市議會公聽會會議紀錄。透過專案支援民眾。",
        "立法會議員詢問香港的資訊科技專案及網路程式。",
        "本站提供資訊、專案支援、網路程式下載。",
    ],
)
def test_text_of_taiwan_and_hong_kong_is_not_touched(text: str) -> None:
    wording, result = restored(text)
    assert wording in ("genuine", "mainland")
    assert result == t2s(text)


def test_s2twp_reads_by_what_stands_beside() -> None:
    text = "市人民政府通过信息系统支持项目建设,保障设施正常运行,严格执行预算,食品添加剂新增两类,对口支援有序。"
    converted = converter("s2twp").convert(text)
    assert "資訊" in converted
    assert restored(converted) == ("s2twp", text)


@pytest.mark.parametrize("wording", ["mainland", "mirror", "s2twp"])
def test_names_of_counties_and_townships_come_back(wording: str) -> None:
    catalogue = [CATALOGUE / name for name in ("regions.csv", "townships.csv")]
    names = {name for path in catalogue for row in csv.DictReader(path.open(encoding="utf-8")) for name in row.values()}
    convert = {
        "mainland": converter("s2t").convert,
        "mirror": mirror(converter("s2tw")),
        "s2twp": converter("s2twp").convert,
    }[wording]
    exotic = sorted(name for name in names if t2s(convert(name)) != name)
    assert len(exotic) > 20
    restoration = Restoration(EVIDENCE[wording])
    assert restoration.wording == wording
    lost = [name for name in exotic if restoration.apply(t2s(convert(name))) != name]
    assert lost == ["濛阳街道"]  # there is a 蒙阳街道, too


def test_every_substitution_has_its_place() -> None:
    text = t2s("某縣人民政府入口網站發佈規範性檔案三件。")
    for edit in Restoration(text).edits:
        assert text[edit.start : edit.end] == edit.rule


def test_another_line_of_the_document_is_restored_alike() -> None:
    restoration = Restoration(t2s("某縣人民政府入口網站,統一視窗。"))
    assert restoration.apply("规范性档案目录") == "规范性文件目录"
