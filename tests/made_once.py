"""Files that many tests begin with: made once a run by whichever worker needs one first, and copied."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

import seed
from onewindow.store.engine import open_store

_LOOK_SECONDS = 0.02


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The file of that name that all workers of this run share, to be read or copied, never to be written to.

    Whoever comes first makes it; who comes meanwhile waits.
    """
    own = folders.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    file, half, turn = (shared / f"{name}{ending}" for ending in (".db", ".half.db", ".turn"))
    while not file.exists():
        try:
            turn.touch(exist_ok=False)
        except FileExistsError:
            time.sleep(_LOOK_SECONDS)
            continue
        try:
            if not file.exists():  # another may have been ready between two looks
                half.unlink(missing_ok=True)
                make(half)
                half.replace(file)
        finally:
            turn.unlink()
    return file


def copy_of_demo(folders: pytest.TempPathFactory, to: Path, now: datetime) -> Path:
    """The demo firm as it stands at a moment, in a file of one's own; equal moments give equal firms."""

    def build(path: Path) -> None:
        with open_store(path, create=True) as store:
            seed.build(store, now)

    return Path(shutil.copy(made_once(folders, f"demo-{now:%Y%m%dT%H%M%S.%f%z}", build), to))
