"""`make handover`: a warehouse charted by Apache Superset, and a screenshot of it.

`chart.py HOME PICTURE`, run by the Python that has Superset, in a folder for what Superset keeps. It registers the
database and its view `rates`, saves a chart of the mean grant rate by year and series, starts Superset on a loopback
port, and has Chromium open the chart as a person would.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

FORM = {
    "viz_type": "echarts_timeseries_bar",
    "x_axis": "year",
    "x_axis_title": "year of the report",
    "x_axis_title_margin": 30,
    "stack": "Stack",  # one bar a year: of each series only its own years have one
    "metrics": [{"expressionType": "SQL", "sqlExpression": "AVG(grant_rate)", "label": "mean grant rate"}],
    "groupby": ["series"],
    "adhoc_filters": [
        {"expressionType": "SQL", "clause": "WHERE", "sqlExpression": "grant_rate IS NOT NULL"},
    ],
    "row_limit": 1000,
    "x_axis_sort_asc": True,
    "sort_series_type": "name",
    "sort_series_ascending": True,
    "show_legend": True,
    "show_value": True,
    "rich_tooltip": True,
    "y_axis_format": ".0%",
}
SUPERSET = str(Path(sys.executable).with_name("superset"))
SECONDS = 120
SETTLED_MILLISECONDS = 60_000  # of the page's own time, for its scripts to draw the chart


def save_chart(home: Path) -> int:
    """Register the warehouse, its view `rates` and the chart; the chart's id."""
    from superset.app import create_app  # noqa: PLC0415 — Superset reads its settings when it is imported

    with create_app().app_context():
        from superset.connectors.sqla.models import SqlaTable  # noqa: PLC0415
        from superset.extensions import db  # noqa: PLC0415
        from superset.models.core import Database  # noqa: PLC0415
        from superset.models.slice import Slice  # noqa: PLC0415

        engine = {"engine_params": {"connect_args": {"read_only": True}}}
        address = f"duckdb:///{home.absolute() / 'warehouse.duckdb'}"
        database = Database(database_name="gongkai", sqlalchemy_uri=address, extra=json.dumps(engine))
        rates = SqlaTable(table_name="rates", schema="main", database=database)
        db.session.add_all([database, rates])
        db.session.flush()
        rates.fetch_metadata()
        chart = Slice(
            slice_name="政府信息公开申请予以公开率 · mean share of requests granted, by series of comparable forms",
            viz_type=FORM["viz_type"],
            datasource_id=rates.id,
            datasource_type="table",
            params=json.dumps({**FORM, "datasource": f"{rates.id}__table"}),
        )
        db.session.add(chart)
        db.session.commit()
        rows = database.get_df("SELECT count(*) AS reports FROM rates WHERE grant_rate IS NOT NULL")
        print(f"superset: {rows.reports[0]} reports with a grant rate")
        return int(chart.id)


def take_picture(chart: int, picture: Path) -> None:
    """Serve the chart, and have Chromium draw it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium is on this machine: the chart is saved, but not pictured")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [SUPERSET, "run", "--host", "127.0.0.1", "--port", str(port)]
    with Path("server.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            wait(f"http://127.0.0.1:{port}/health")
            subprocess.run(
                [
                    chromium, "--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1200,560",
                    f"--virtual-time-budget={SETTLED_MILLISECONDS}", f"--screenshot={picture.absolute()}",
                    f"http://127.0.0.1:{port}/explore/?slice_id={chart}&standalone=1",
                ],
                check=True, stderr=subprocess.DEVNULL, timeout=2 * SECONDS,
            )  # fmt: skip
        finally:
            server.terminate()


def wait(address: str) -> None:
    """Until the server answers."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("Superset did not start: its log is server.log")


def main() -> None:
    """Make Superset's own database, save the chart, take the picture."""
    home, picture = Path(sys.argv[1]), Path(sys.argv[2])
    os.environ |= {"SUPERSET_CONFIG_PATH": str(Path(__file__).with_name("superset_config.py")), "FLASK_APP": "superset"}
    Path("superset.db").unlink(missing_ok=True)
    for step in (["db", "upgrade"], ["init"]):
        subprocess.run(
            [SUPERSET, *step],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    take_picture(save_chart(home), picture)
    print(f"superset: the chart is in {picture}")


if __name__ == "__main__":
    main()
