from __future__ import annotations

import opencc
import pytest

from tasks.clean.wording.script import evidence, script_of, wording_of
from tasks.clean.wording.t2s import t2s

MAINLAND = "我局认真落实市人民政府关于政务公开工作的要求,全年受理政府信息公开申请三十二件,均按时办结。"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        (MAINLAND, "hans"),
        (MAINLAND * 4 + "联系人:鍾先生、黃女士", "hans"),  # names keep their characters
        (opencc.OpenCC("s2t").convert(MAINLAND), "hant"),
        ("政府信息公開工作的規范和系统建设,全面贯彻落实決策部署", "hant"),  # a hijacked mirror mixes
        ("2018 Annual Report", "hans"),
        ("", "hans"),
    ],
)
def test_script(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("text", "from_mirror", "wording"),
    [
        ("縣人民政府辦公室政府信息公開", False, "mainland"),
        ("縣人民政府辦公室政府信息公開", True, "mirror"),
        ("縣人民政府政府資訊公開專案和政策支援,透過網站公佈", False, "s2twp"),
        ("縣人民政府政府資訊公開,項目和信息", False, "mainland"),
        ("行政院及直轄市議會,中華民國一百年,資訊專案支援", True, "genuine"),
        ("立法會議員就特別行政區政府的資訊提問", True, "genuine"),
        ("本網站的資訊與專案,透過程式公佈", True, "mainland"),  # nothing says where it is from: no word is touched
    ],
)
def test_wording(text: str, from_mirror: bool, wording: str) -> None:
    assert wording_of(evidence(t2s(text)), from_mirror) == wording
