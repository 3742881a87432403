"""The bench itself runs and tells every line; how fast anything is, no test decides."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_WHATS = (
    "start to first content",
    "memory after opening",
    "read one client's whole picture",
    "CPU of a client switch",
    "a search key",
    "CPU of a cursor key in the client list",
    "bytes of a cursor key in the client list",
    "CPU of a cursor key in a panel",
    "bytes of a cursor key in a panel",
    "`onewindow client show`",
    "clocks worked out anew",
    "health and alarms of one client, written",
    "health and alarms of all, written",
    "suggestions of all",
    "suggestions of one client",
    "import of clients",
    "a new request among many writers",
    "writes refused",
    "a cursor key, to its paint",
    "a client switch, to its paint",
    "a letter in the search, to its paint",
    "the first page of the list",
    "the middle page of the list",
    "the last page of the list",
    "ranking of features, as a command",
    "files read",
    "memory of reading",
    "reading against csv.reader",
)


@pytest.mark.skipif(
    sys.platform != "linux", reason="processor time of other processes is read as Linux tells it"
)
def test_a_quick_run_writes_every_line(tmp_path: Path) -> None:
    report, figures = tmp_path / "performance.md", tmp_path / "figures.json"
    command = [sys.executable, "-m", "tests.bench", "--quick", "--clients", "200"]
    places = ["--files", str(tmp_path / "files"), "--report", str(report), "--json", str(figures)]
    done = subprocess.run([*command, *places], cwd=_ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    text = report.read_text("utf-8")
    for what in _WHATS:
        assert f"| {what} |" in text
    told = json.loads(figures.read_text("utf-8"))
    assert {line["what"] for line in told} == set(_WHATS)
