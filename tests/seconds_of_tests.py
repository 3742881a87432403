"""How many seconds each file of tests took when it last ran, kept beside pytest's own cache."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import pytest

_KEPT = ".pytest_cache/v/onewindow/seconds"
_spent: defaultdict[str, float] = defaultdict(float)


def take(report: pytest.TestReport) -> None:
    """Count in what a test, its set-up or its tear-down took."""
    _spent[report.nodeid.partition("::")[0]] += report.duration


def keep(root: Path) -> None:
    """At the end of a run: keep what was counted, beside what is known of the files that did not run."""
    if not _spent:
        return
    seconds = known(root) | {file: round(seconds, 2) for file, seconds in _spent.items()}
    with suppress(OSError):  # a folder that cannot be written to does without
        (root / _KEPT).parent.mkdir(parents=True, exist_ok=True)
        (root / _KEPT).write_text(json.dumps(seconds))


def known(root: Path) -> dict[str, float]:
    """Seconds by file, relative to the root; empty where nothing ran yet."""
    kept = root / _KEPT
    return json.loads(kept.read_text()) if kept.exists() else {}
