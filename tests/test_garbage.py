"""Looking for garbage: seldom while the program starts, as usual afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from onewindow import garbage


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    usual, was_frozen = gc.get_threshold(), gc.get_freeze_count() > 0
    gc.unfreeze()
    yield
    gc.set_threshold(*usual)
    gc.unfreeze()
    if was_frozen:  # what the whole run took for lasting
        gc.freeze()


def test_without_a_start_nothing_is_frozen() -> None:
    gc.unfreeze()
    garbage.settle_memory()
    assert gc.get_freeze_count() == 0


def test_garbage_is_looked_for_again_after_the_start() -> None:
    garbage.expect_start()
    starting = gc.get_threshold()[0]
    garbage.settle_memory()
    assert gc.get_threshold()[0] < starting / 5


def test_what_the_start_made_is_not_walked_again() -> None:
    garbage.expect_start()
    garbage.settle_memory()
    assert gc.get_freeze_count() > 1000
