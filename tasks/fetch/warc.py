"""A run's requests as a WARC file, which the tools of other archives open.

Bodies are kept as they were before they were packed for the way, so `Content-Encoding`, `Transfer-Encoding` and the
length on the way stand as `X-Archive-Orig-…`, as other archives have it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http.client import responses
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.fetch.ledger import Ledger, Request
from warehouse.home import raw_path

OF_THE_WAY = {"content-encoding", "transfer-encoding", "content-length"}


def export_warc(ledger: Ledger, raw: Path, run_id: str, target: Path) -> int:
    """Write every answer of a run into `target` (.warc.gz), whole or not at all; returns how many there were."""
    unfinished = target.with_name(target.name + ".tmp")
    written = 0
    with unfinished.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        about = {"software": "gongkai", "format": "WARC File Format 1.1", "isPartOf": run_id}
        writer.write_record(writer.create_warcinfo_record(target.name, about))
        for request in ledger.requests(run_id):
            if request.status is not None:
                _write(writer, request, raw)
                written += 1
    unfinished.replace(target)
    return written


def _write(writer: WARCWriter, request: Request, raw: Path) -> None:
    body = raw_path(raw, request.sha256).read_bytes() if request.sha256 else b""
    said = [
        (f"X-Archive-Orig-{name}" if name.lower() in OF_THE_WAY else name, value)
        for name, value in json.loads(request.headers)
    ]
    headers = StatusAndHeaders(
        f"{request.status} {responses.get(request.status or 0, '')}".strip(),
        [*said, ("Content-Length", str(len(body)))],
        protocol="HTTP/1.1",
    )
    moment = datetime.fromtimestamp(request.asked_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    record = writer.create_warc_record(
        request.final_url, "response", BytesIO(body), http_headers=headers, warc_headers_dict={"WARC-Date": moment}
    )
    writer.write_record(record)
