"""Prefect's temporary server, one a run: on a loopback port of its own, with its database and its log in the home.

Prefect can start such a server by itself; this one starts while the run still reads its input, keeps to itself what it
prints, and ends when the process that started it ends, however that ends.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from warehouse.home import Home
from warehouse.told import GongkaiError

START_SECONDS = 120.0
# A server for one run serves neither pages nor automations, and keeps no log of the events of each task: the run's own
# row, its states and its artifact are written by the run itself.
SERVER = {
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_ENABLED": "false",
}


class ServerError(GongkaiError):
    """Prefect's server did not start: one line for a person."""


def environment(home: Home, port: int) -> dict[str, str]:
    """This process's environment with Prefect's settings of a run, and none of the user's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return kept | {
        "PREFECT_HOME": str(home.prefect),
        "PREFECT_PROFILES_PATH": str(home.prefect / "profiles.toml"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home.prefect / 'prefect.db'}",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_SETTINGS_PATH": str(Path(__file__).parent / "logging.yaml"),
        "PREFECT_LOGGING_HANDLERS_FILE_FILENAME": str(home.prefect / "run.log"),
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "NO_PROXY": "127.0.0.1,localhost",
    }


class TemporaryServer:
    """A Prefect server that runs as long as this context, or this process, lasts; a home has one at a time.

    Raises HomeError, as `Home.locked` does, where another run has one in the home.
    """

    def __init__(self, home: Home) -> None:
        self.held = ExitStack()
        self.held.enter_context(home.serving())
        self.log = home.prefect / "server.log"
        with socket.socket() as listener, self.log.open("wb") as log:
            listener.bind(("127.0.0.1", 0))
            listener.listen(128)
            self.port = listener.getsockname()[1]
            self.environment = environment(home, self.port)
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flows.server", str(listener.fileno())],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=[listener.fileno()],
                env={**self.environment, **SERVER},
                cwd=Path(__file__).parent.parent,
                start_new_session=True,  # Ctrl-C is for the run, which then ends the server
            )

    def __enter__(self) -> TemporaryServer:
        os.environ.update(self.environment)
        return self

    def wait(self) -> None:
        """Until the server answers; raises ServerError where it does not."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS)
            try:
                connection.request("GET", "/api/health")
                if connection.getresponse().status == 200:
                    return
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
            time.sleep(0.1)
        raise ServerError(f"Prefect's server did not start; its log is {self.log}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.held.close()


def _end_with_parent() -> None:
    """End this process as soon as the one that started it is gone: then its end of standard input closes."""
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    """Serve on the listening socket that was passed on."""
    import uvicorn  # noqa: PLC0415 — only in the server's own process

    threading.Thread(target=_end_with_parent, daemon=True).start()
    uvicorn.run(
        "prefect.server.api.server:create_app", factory=True, fd=int(sys.argv[1]), log_level="error", lifespan="on"
    )


if __name__ == "__main__":
    main()
