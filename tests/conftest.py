"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.made import run_samples


@pytest.fixture(scope="session")
def samples_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after `gongkai run` over the samples."""
    return run_samples(tmp_path_factory.mktemp("samples") / "home")
