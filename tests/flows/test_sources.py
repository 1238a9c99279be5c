"""`gongkai run --sources` as a person calls it, against sites on loopback."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.fetch.server import always, failing, html, page, running
from tests.flows.test_run import ask, gongkai

CONTACT = {"GONGKAI_CONTACT": "someone@example.org"}


def write(folder: Path, name: str, **values: object) -> None:
    folder.mkdir(exist_ok=True)
    common = {"publisher": "东县人民政府", "every": 0, "allow_networks": ["127.0.0.0/8"], "limits": {"delay": 0}}
    (folder / f"{name}.yaml").write_text(yaml.safe_dump({**common, **values}, allow_unicode=True), "utf-8")


def test_from_a_list_to_the_warehouse_and_an_expectation_that_is_broken(tmp_path: Path) -> None:
    report = page("东县人民政府2018年政府信息公开工作年度报告", "<p>2018年，东县人民政府主动公开政府信息321条。</p>")
    listed = html("<a href='/t1.html'>年度报告</a>" + "<p>目录</p>" * 900)
    sources, home = tmp_path / "sources", tmp_path / "home"
    with running() as server:
        server.sites["gov"] = lambda path, headers: {"/": listed, "/t1.html": report}.get(path, failing(404))
        server.sites["shut"] = always(html("<input type=password>"))
        write(sources, "gov", kind="list_page", urls=[server.url("gov")], links=[r"/t\d\.html$"])
        write(sources, "shut", kind="url_list", urls=[server.url("shut", "/1")])
        done = gongkai("run", "--sources", sources, "--home", home, **CONTACT)
        assert done.returncode == 0, done.stderr
        assert ask(home, "SELECT value FROM facts WHERE is_primary") == [(321.0,)]
        assert ask(home, "SELECT role, state FROM availability ORDER BY ALL") == [
            ("list", "live"), ("page", "blocked"), ("page", "live"),
        ]  # fmt: skip
        assert ask(home, "SELECT error_code, stage FROM quarantine") == [("login_page", "fetch")]
        assert ask(home, "SELECT status, availability FROM coverage") == [("published", "live")]
        assert len(list((home / "warc").glob("*.warc.gz"))) == 1
        live = (home / "warehouse.duckdb").read_bytes()
        write(sources, "gov", kind="list_page", urls=[server.url("gov")], links=[r"/t\d\.html$"], expect={"reports": 2})
        done = gongkai("run", "--sources", sources, "--home", home, **CONTACT)
        assert done.returncode == 1
        assert "source gov: 1 reports, at least 2 are expected; the last good version stays live" in done.stderr
        assert (home / "warehouse.duckdb").read_bytes() == live


def test_a_mistake_and_a_missing_contact_are_said_in_a_line(tmp_path: Path) -> None:
    write(tmp_path / "sources", "one", kind="rss", urls=["https://a.gov.cn/"])
    done = gongkai("run", "--sources", tmp_path / "sources", "--home", tmp_path / "home", **CONTACT)
    assert done.returncode == 1
    assert "one.yaml, line " in done.stderr
    write(tmp_path / "sources", "one", kind="url_list", urls=["https://a.gov.cn/"])
    done = gongkai("run", "--sources", tmp_path / "sources", "--home", tmp_path / "home", GONGKAI_CONTACT="")
    assert "set GONGKAI_CONTACT" in done.stderr
