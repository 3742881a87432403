"""Pictures of the screen as text files; ONEWINDOW_GOLDEN=write draws them anew."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from screen_text import screen_text
from textual.app import App

_FOLDER = Path(__file__).parent / "pictures"


def assert_looks_like(app: App[Any], name: str) -> None:
    """Compare the screen with its picture, line by line."""
    snapshot = _FOLDER / f"{name}.txt"
    drawn = "\n".join(screen_text(app)) + "\n"
    if os.environ.get("ONEWINDOW_GOLDEN") == "write":
        _FOLDER.mkdir(exist_ok=True)
        snapshot.write_text(drawn, encoding="utf-8")
    assert drawn.splitlines() == snapshot.read_text(encoding="utf-8").splitlines(), name
