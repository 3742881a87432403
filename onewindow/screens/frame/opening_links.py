"""Handing a link or a file to the program that the person's own desktop opens it with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from textual.app import App

_LINKS = ("https://", "http://", "mailto:")
_OPENED = frozenset(
    {"pdf", "doc", "docx", "odt", "rtf", "txt", "md", "xls", "xlsx", "ods", "csv", "tsv"}
    | {"ppt", "pptx", "odp", "png", "jpg", "jpeg", "gif", "tif", "tiff", "eml", "msg"}
)
"""Ends of file names that are opened; anything else might be a program."""


def open_outside(app: App[Any], target: str) -> str:
    """Open a web or mail address, or a document on this machine; gives the reason where it cannot, or ''."""
    opener = _opener()
    if not opener:
        return "there is no desktop here to open it on"
    if target.startswith(_LINKS):
        app.open_url(target)
        return ""
    path = _path(target)
    if not path.is_absolute():
        return "neither a web address nor a whole path"
    if path.suffix.lower().removeprefix(".") not in _OPENED:
        return "only documents, tables and pictures are opened from here"
    if not path.is_file():
        return "there is no such file on this machine"
    # In a thread, because some desktops' openers end only with the program that they start.
    threading.Thread(target=_run, args=(opener, str(path)), daemon=True).start()
    return ""


def _path(target: str) -> Path:
    return Path.home() / target[2:] if target.startswith("~/") else Path(target.removeprefix("file://"))


def _run(opener: str, path: str) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run([opener, path], stdin=quiet, stdout=quiet, stderr=quiet, check=False)  # noqa: S603  a known opener, one whole path


def _opener() -> str | None:
    """The desktop's own program for opening things; None where a text browser would draw over us."""
    if sys.platform == "darwin":
        return shutil.which("open")
    has_desktop = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return shutil.which("xdg-open") if has_desktop else None
