"""The deployment for real: a server and a worker on loopback, `prefect.yaml`, a run to its end."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import duckdb

from flows.server import TemporaryServer
from tests.made import ROOT, home_in

REPORT = "某县人民政府2018年政府信息公开工作年度报告\n一、概述\n2018年，本县主动公开政府信息321条。\n"


def ask(server: TemporaryServer, path: str, body: dict[str, Any] | None = None) -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/api/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def prefect(server: TemporaryServer, *arguments: str) -> None:
    environment = {**server.environment, "PWD": str(ROOT)}
    done = subprocess.run(
        [ROOT / ".venv/bin/prefect", "--no-prompt", *arguments],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_deployed_from_prefect_yaml_and_run_by_a_worker(tmp_path: Path) -> None:
    folder = tmp_path / "input"
    folder.mkdir()
    (folder / "1.txt").write_text(REPORT, "utf-8")
    place = home_in(tmp_path / "server")
    place.make()
    server = TemporaryServer(place)
    worker: subprocess.Popen[bytes] | None = None
    try:
        server.wait()
        prefect(server, "work-pool", "create", "gongkai", "--type", "process")
        prefect(server, "deploy", "--all")
        deployment = ask(server, "deployments/name/nightly/nightly")
        [schedule] = deployment["schedules"]
        assert schedule["schedule"] == {"cron": "30 2 * * *", "timezone": "Asia/Shanghai", "day_or": True}
        assert [each["active"] for each in ask(server, "deployments/name/sources/sources")["schedules"]] == [False]
        worker = subprocess.Popen(
            [ROOT / ".venv/bin/prefect", "worker", "start", "--pool", "gongkai"],
            env=server.environment, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        parameters = {"input": str(folder), "home": str(tmp_path / "home")}
        run = ask(server, f"deployments/{deployment['id']}/create_flow_run", {"parameters": parameters})
        deadline = time.monotonic() + 180
        while run["state_type"] not in ("COMPLETED", "FAILED", "CRASHED") and time.monotonic() < deadline:
            time.sleep(0.5)
            run = ask(server, f"flow_runs/{run['id']}")
        assert run["state_type"] == "COMPLETED", run["state"]
        artifact = ask(server, "artifacts/summary/latest")
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait(timeout=30)
        server.__exit__(None, None, None)
    assert artifact["flow_run_id"] == run["id"]
    assert "| documents | 1 |" in artifact["data"]
    with duckdb.connect(str(tmp_path / "home/warehouse.duckdb"), read_only=True) as db:
        assert db.execute("SELECT run_id, documents, reports FROM runs").fetchall() == [(run["id"], 1, 1)]
        facts = db.execute("SELECT indicator_id, value FROM facts WHERE is_primary").fetchall()
    assert facts == [("proactive.total", 321)]
