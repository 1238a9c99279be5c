"""Sources as files: what is right runs, what is wrong is named with file, line and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tasks.fetch.manifest import InputError
from tasks.fetch.source import FOLDER, Source, load
from tests.fetch.made import run
from tests.fetch.server import always, html, page, running

RIGHT = """\
publisher: 某县人民政府
kind: url_list
urls:
  - https://a.gov.cn/1.html
limits:
  delay: 3
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "a_source.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("delay: 3", "delay: soon", r"line 6: limits.delay: Input should be a valid number.*found 'soon'"),
        ("delay: 3", "delays: 3", r"line 6: limits.delays: no such key"),
        (
            "kind: url_list",
            "kind: rss",
            r"line 2: kind: Input should be 'folder', 'url_list', 'list_page' or 'sitemap'",
        ),
        ("publisher: 某县人民政府\n", "", r"line 1: publisher: expected, and not there"),
        ("https://a.gov.cn/1.html", "ftp://a.gov.cn/", r"line 4: urls.0: URL scheme should be 'http' or 'https'"),
        ("https://a.", "https://me:word@a.", r"line 1: the source: .* only http and https addresses are asked for"),
        ("kind: url_list", "kind: list_page", r"line 1: the source: a source of kind list_page needs .* links"),
        ("kind: url_list", "kind: list_page\nlinks: ['(']", r"line 3: links: .* is no regular expression"),
        ("limits:", "limits: [", r"line \d+: expected YAML"),
        ("publisher: 某县人民政府", "region: '12'\npublisher: 某县人民政府", r"line 1: region: String should match"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path = write(tmp_path, RIGHT.replace(old, new))
    with pytest.raises(InputError, match=complaint) as caught:
        load(path)
    assert str(path) in str(caught.value)


def test_a_folder_of_sources(tmp_path: Path) -> None:
    write(tmp_path, RIGHT)
    (tmp_path / "_template.yaml").write_text("no: source")
    [found] = load(tmp_path)
    assert (found.name, found.limits.delay, found.publisher) == ("a_source", 3, "某县人民政府")
    with pytest.raises(InputError, match="holds no source"):
        load(tmp_path / "..")


def test_the_sources_of_this_project_are_right() -> None:
    found = load(FOLDER)
    assert len(found) >= 3
    assert {source.kind for source in found} >= {"list_page", "url_list", "folder"}


def test_the_template_is_a_source_and_names_every_key() -> None:
    text = (FOLDER / "_template.yaml").read_text("utf-8")
    Source.model_validate(yaml.safe_load(text))
    for key in {*Source.model_fields, *Source.model_fields["limits"].annotation.model_fields} - {"name"}:  # type: ignore[union-attr]
        assert f"{key}:" in text, key


def test_a_source_of_a_known_kind_needs_no_python(tmp_path: Path) -> None:
    with running() as server:
        server.sites["new"] = lambda path, headers: (
            html("<a href=/nb/1.html>x</a>" + "<p>目录</p>" * 400) if path == "/" else page(path)
        )
        text = f"""
publisher: 某县人民政府
kind: list_page
urls: ["{server.url("new")}"]
links: ['/nb/\\d+\\.html$']
every: 0
allow_networks: [127.0.0.0/8]
limits: {{delay: 0}}
"""
        server.sites["robots"] = always(page("x"))
        codes = run(load(write(tmp_path, text)), tmp_path / "home")
        assert codes[server.url("new", "/nb/1.html")] is None
