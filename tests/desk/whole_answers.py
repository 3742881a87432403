"""What the desk says as text files that people can read; ONEWINDOW_GOLDEN=write writes them anew."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

_FOLDER = Path(__file__).parent / "answers"
_MADE_ID = re.compile(r"\b\d{16,19}\b")


def assert_says(lines: Iterable[str], name: str) -> None:
    """Compare lines with those of a file, one by one; ids differ from run to run and count for nothing."""
    answer = _FOLDER / f"{name}.txt"
    said = _MADE_ID.sub("<id>", "\n".join(lines)) + "\n"
    if os.environ.get("ONEWINDOW_GOLDEN") == "write":
        _FOLDER.mkdir(exist_ok=True)
        answer.write_text(said, encoding="utf-8")
    assert said.splitlines() == answer.read_text(encoding="utf-8").splitlines(), name
