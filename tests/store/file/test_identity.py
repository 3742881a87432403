"""Ids: ordered by time, above every one before, and the same for the same clock and chance."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from onewindow.store.ids import SYSTEM_IDS, Ids, is_own_id, read_id

_EPOCH_MS = 1_735_689_600_000


def _ids(times: list[int], chance: Callable[[int], int] = lambda _: 0) -> Ids:
    moments = iter(times)
    return Ids(lambda: _EPOCH_MS + next(moments), chance)


def test_an_id_has_the_time_above_and_chance_below() -> None:
    assert _ids([3], lambda bits: bits).new_id() == (3 << 20) | 20


def test_ids_rise_when_the_clock_stands_or_goes_back() -> None:
    ids = _ids([5, 5, 4, 6])
    made = [ids.new_id() for _ in range(4)]
    assert made == [5 << 20, (5 << 20) + 1, (5 << 20) + 2, 6 << 20]


def test_ids_in_a_row_are_not_given_again() -> None:
    ids = _ids([5, 5])
    assert list(ids.new_ids(3)) == [5 << 20, (5 << 20) + 1, (5 << 20) + 2]
    assert ids.new_id() == (5 << 20) + 3


def test_one_clock_and_one_seed_give_the_same_ids() -> None:
    made = [_ids([1, 2, 3], Random(7).getrandbits) for _ in range(2)]
    assert [made[0].new_id() for _ in range(3)] == [made[1].new_id() for _ in range(3)]


def test_ids_of_the_system_fit_into_63_bits() -> None:
    assert 0 < SYSTEM_IDS.new_id() < SYSTEM_IDS.new_id() < 1 << 63


def test_a_clock_before_the_first_year_or_beyond_the_last_gives_ids_all_the_same() -> None:
    ids = _ids([-5, 1 << 60, 1 << 43, 7])
    assert [ids.new_id() for _ in range(4)] == [1, 2, 3, 7 << 20]


def test_ids_stay_above_the_newest_of_a_file_whose_clock_was_ahead() -> None:
    ids = _ids([4, 4, 10])
    newest = (9 << 20) + 5
    assert ids.is_behind(newest)
    ids.keep_above(newest)
    assert ids.new_id() == newest + 1
    assert ids.new_id() == 10 << 20


def test_two_processes_behind_the_same_id_do_not_go_on_alike() -> None:
    made: set[int] = set()
    for seed in range(20):
        ids = _ids([4], Random(seed).getrandbits)
        ids.keep_above(9 << 20)
        made.add(ids.new_id())
    assert len(made) == 20


def test_an_id_of_no_possible_time_does_not_use_up_all_the_others() -> None:
    ids = _ids([3])
    ids.keep_above((1 << 63) - 1)
    assert ids.new_id() == 3 << 20


@pytest.mark.parametrize(
    ("word", "is_ours", "read"),
    [
        ("999999999999999", False, 999_999_999_999_999),
        ("1000000000000000", True, 1_000_000_000_000_000),
        (str(2**63 - 1), True, 2**63 - 1),
        (str(2**63), False, None),
        ("00000000000000000001", False, None),
        ("1c-1000000000000000", False, None),
        ("-1000000000000000", False, None),
        ("", False, None),
        ("0", False, 0),
    ],
)
def test_an_id_of_ours_is_told_by_its_length(word: str, is_ours: bool, read: int | None) -> None:
    assert (is_own_id(word), read_id(word)) == (is_ours, read)
