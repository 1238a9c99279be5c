"""`gongkai run --sources` as a person calls it, against sites on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import yaml

from tests.fetch.made import crawling
from tests.fetch.server import always, failing, html, page, running
from tests.flows.test_run import ask, children, gongkai
from tests.made import ROOT

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


def test_a_report_that_was_taken_down_is_told_from_one_that_could_not_be_fetched(tmp_path: Path) -> None:
    title = "东县人民政府{year}年政府信息公开工作年度报告"
    pages = {
        f"/{year}.html": page(title.format(year=year), f"<p>{year}年，东县人民政府主动公开政府信息{year}条。</p>")
        for year in (2016, 2017, 2018)
    }
    sources, home = tmp_path / "sources", tmp_path / "home"
    with running() as server:
        now = {**pages, "/2017.html": failing(403)}
        server.sites["gov"] = lambda path, headers: now.get(path, failing(404))
        write(sources, "gov", kind="url_list", urls=[server.url("gov", path) for path in pages])
        done = gongkai("run", "--sources", sources, "--home", home, **CONTACT)
        assert done.returncode == 0, done.stderr
        del now["/2016.html"]
        done = gongkai("run", "--sources", sources, "--home", home, **CONTACT)
        assert done.returncode == 0, done.stderr
    assert ask(home, "SELECT year, status, availability FROM coverage ORDER BY year") == [
        (2016, "published", "removed"), (2017, "missing", "unfetched"), (2018, "published", "live"),
    ]  # fmt: skip
    assert ask(home, "SELECT value FROM facts WHERE is_primary ORDER BY ALL") == [(2016.0,), (2018.0,)]


def test_a_run_killed_while_it_asks_goes_on_where_it_was(tmp_path: Path) -> None:
    sources, home = tmp_path / "sources", tmp_path / "home"
    with running() as server:
        server.sites["gov"] = lambda path, headers: (
            failing(404) if path == "/robots.txt" else page("东县人民政府2018年政府信息公开年度报告", path)
        )
        urls = [server.url("gov", f"/{number}.html") for number in range(40)]
        write(sources, "gov", kind="url_list", urls=urls, limits={"delay": 0.1})
        run = subprocess.Popen(
            [ROOT / ".venv/bin/gongkai", "run", "--sources", sources, "--home", home],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **CONTACT},
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while len(server.asked["gov"]) < 20 and time.monotonic() < deadline:
            time.sleep(0.01)
        for pid in (run.pid, *children(run.pid)):
            os.kill(pid, signal.SIGKILL)
        run.wait()
        with crawling([], home, "look") as crawl:
            stored = {known.url for known in crawl.ledger.addresses("gov") if known.sha256 and known.role == "page"}
        assert 10 < len(stored) < len(urls)
        assert not (home / "warehouse.duckdb").exists()
        server.paths.clear()
        write(sources, "gov", kind="url_list", urls=urls, limits={"delay": 0})
        done = gongkai("run", "--sources", sources, "--home", home, **CONTACT)
        assert done.returncode == 0, done.stderr
    asked = {f"http://gov.localhost:{server.port}{where.removeprefix('gov')}" for where in server.paths}
    assert asked & set(urls) == set(urls) - stored
    assert ask(home, "SELECT count(*) FROM availability WHERE state = 'live'") == [(40,)]


def test_a_mistake_and_a_missing_contact_are_said_in_a_line(tmp_path: Path) -> None:
    write(tmp_path / "sources", "one", kind="rss", urls=["https://a.gov.cn/"])
    done = gongkai("run", "--sources", tmp_path / "sources", "--home", tmp_path / "home", **CONTACT)
    assert done.returncode == 1
    assert "one.yaml, line " in done.stderr
    write(tmp_path / "sources", "one", kind="url_list", urls=["https://a.gov.cn/"])
    done = gongkai("run", "--sources", tmp_path / "sources", "--home", tmp_path / "home", GONGKAI_CONTACT="")
    assert "set GONGKAI_CONTACT" in done.stderr


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "kept.yaml").write_text("publisher: 东县人民政府\nkind: folder\nfolder: nowhere\n", "utf-8")
    done = gongkai("sources", "check", tmp_path, "--live", **CONTACT)
    assert done.returncode == 1
    assert done.stdout == f"kept: {tmp_path / 'nowhere'} is no folder\n"
