"""The catalogue loads whole, and a malformed line says where it stands."""

import csv
from pathlib import Path

import pytest

from warehouse.catalogue import CatalogueError, identities, indicators, load_identities, load_indicators
from warehouse.schema import FOLDER

HEAD = "indicator_id,name_zh,unit,generations,parent_id,dimension,section_zh,aliases_zh,note\n"
IDENTITY_HEAD = "identity_id,generation,equation,severity,source,note\n"


def test_an_indicator_knows_its_parent_its_forms_and_its_columns() -> None:
    granted = indicators()["request.outcome.granted"]
    assert granted.parent_id == "request.outcome.total"
    assert granted.generations == ("2008", "2014", "2019", "2021")
    assert granted.applicant_generations == ("2019", "2021")
    assert granted.applicant_types[0] == "natural_person"
    assert granted.applicant_types[-1] == "total"
    assert len(granted.applicant_types) == 7
    assert granted.aliases_zh == ("同意公开", "予以公开")


def test_an_equation_is_parsed_into_terms() -> None:
    by_id = {identity.identity_id: identity for identity in identities()}
    stock = by_id["content.regulations.stock"]
    assert [(term.sign, term.indicator_id, term.year_offset) for term in stock.terms] == [
        (1, "content.regulations.in_force", 0),
        (1, "content.regulations.in_force", -1),
        (1, "content.regulations.issued", 0),
        (-1, "content.regulations.repealed", 0),
    ]
    assert stock.across_years
    assert by_id["proactive.channels"].relation == "<="
    applicants = by_id["requests.applicants.2021"]
    assert applicants.over_applicants
    assert [term.applicant_type for term in applicants.left] == ["total"]
    assert len(applicants.right) == 6


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a.b,名,件,2019,,,节,,", None),
        ("a.b,名,件,2020,,,节,,", "generation '2020'"),
        ("a.b,名,,2019,,,节,,", "unit is empty"),
        ("a.b,名,件,2019,c.d,,节,,", "parent c.d"),
        ("a.b,名,件,2019,,columns,节,,", "dimension"),
        ("a.b,名,件,2019,,,节", "cells"),
        ("a.b,名,件,2019,,,节,,\na.b,名,件,2019,,,节,,", "twice"),
    ],
)
def test_a_malformed_indicator_says_where(tmp_path: Path, line: str, message: str | None) -> None:
    path = tmp_path / "indicators.csv"
    path.write_text(HEAD + line + "\n", encoding="utf-8")
    if message is None:
        assert list(load_indicators(path)) == ["a.b"]
        return
    with pytest.raises(CatalogueError, match=rf"indicators\.csv, line [23]: .*{message}"):
        load_indicators(path)


@pytest.mark.parametrize(
    ("equation", "message"),
    [
        ("request.closed", "one of"),
        ("request.closed = request.closed.never", "no indicator"),
        ("request.closed = [total]", "mixes"),
        ("request.closed = request.closed.on_time + ", "operand"),
        ("request.closed = request.closed.on_time = request.closed.extended", "one of"),
    ],
)
def test_a_malformed_identity_says_where(tmp_path: Path, equation: str, message: str) -> None:
    path = tmp_path / "identities.csv"
    path.write_text(IDENTITY_HEAD + f'x,2014,"{equation}",error,source,\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"identities\.csv, line 2: .*{message}"):
        load_identities(path, indicators())


@pytest.mark.parametrize("file", sorted((FOLDER / "catalogue").glob("*.csv")), ids=lambda file: file.stem)
def test_a_row_of_the_catalogue_is_a_line_with_a_cell_a_column(file: Path) -> None:
    """A quote that is not closed swallows the lines after it and is still CSV."""
    lines = file.read_text("utf-8").splitlines()
    rows = list(csv.reader(lines))
    assert len(rows) == len(lines)
    assert {len(row) for row in rows} == {len(rows[0])}
