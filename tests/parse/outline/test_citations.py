from tasks.parse.outline.citations import citations
from tasks.parse.outline.headings import find_outline
from tests.parse.documents import from_lines


def cited(text: str) -> list[tuple[str, str | None]]:
    document = from_lines(text)
    rows = citations(document, find_outline(document))
    for row in rows:
        assert document.source_text[row.char_start : row.char_end] == f"《{row.title}》"
    return [(row.title, row.document_number) for row in rows]


def test_number_behind_the_title_is_the_documents() -> None:
    law, notice = "《政府信息公开条例》(国务院令第711号)", "《关于做好报告工作的通知》(某政办发〔2020〕15号)"
    text = f"按照{law}和{notice}要求"
    assert cited(text) == [
        ("政府信息公开条例", "国务院令第711号"),
        ("关于做好报告工作的通知", "某政办发〔2020〕15号"),
    ]


def test_nested_titles_are_one_citation() -> None:
    assert cited("转发《某市关于贯彻〈条例〉若干意见的通知》和《关于印发《公开指南》的通知》") == [
        ("某市关于贯彻〈条例〉若干意见的通知", None),
        ("关于印发《公开指南》的通知", None),
    ]


def test_a_bracket_that_is_not_closed_costs_nothing_else() -> None:
    assert cited("依据《条例\n按《办法》执行") == [("办法", None)]
