"""Files that workers share are made once, and whole when anybody gets them."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from made_once import copy_of_demo, made_once

from onewindow.store.engine import open_store


def test_whoever_comes_meanwhile_waits_for_the_whole_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        path.write_text("half")
        time.sleep(0.05)
        path.write_text("whole")

    with ThreadPoolExecutor(4) as workers:
        asked = [workers.submit(made_once, tmp_path_factory, "test-of-once", make) for _ in range(4)]
        texts = [each.result().read_text() for each in asked]
    assert texts == ["whole"] * 4
    assert len(made) == 1


def test_who_failed_leaves_the_turn_to_the_next(tmp_path_factory: pytest.TempPathFactory) -> None:
    def fail(path: Path) -> None:
        path.write_text("half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        made_once(tmp_path_factory, "test-of-failing", fail)
    file = made_once(tmp_path_factory, "test-of-failing", lambda path: path.write_text("whole"))
    assert file.read_text() == "whole"


def test_a_copy_of_the_demo_is_ones_own(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    noon = datetime(2026, 11, 23, 11, 32, tzinfo=UTC)  # the one that screens have
    one, other = (copy_of_demo(tmp_path_factory, tmp_path / name, noon) for name in ("one.db", "other.db"))
    with open_store(one) as store:
        store.execute("UPDATE client SET name = 'Чужая'")
    with open_store(other) as store:
        assert store.rows("SELECT id FROM client WHERE name = 'Чужая'") == []
        assert len(store.rows("SELECT id FROM client")) == 120
