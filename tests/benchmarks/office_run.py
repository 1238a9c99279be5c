"""Files made by LibreOffice, where it is on the machine."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tasks.clean.office.legacy import office_program


def convert(contents: Sequence[bytes], source: str, target: str, folder: Path) -> list[bytes]:
    """Files of one format into another (`docx`, `pdf`, `doc`), in one run."""
    program = office_program()
    assert program is not None
    paths = [folder / f"{number}.{source}" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", target, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [path.with_suffix(f".{target}").read_bytes() for path in paths]
