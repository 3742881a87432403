"""Work that was put aside: a stack of each person's own, in which a gap stays a gap."""

from __future__ import annotations

from pathlib import Path

from store_samples import NOW, new_store

from onewindow.store.engine import Store
from onewindow.store.session import interruptions


def _put(store: Store, title: str, login: str = "anna", holder: str = "") -> int:
    return interruptions.push(store, login, None, {"panel": title}, "", title, NOW, holder)


def test_places_are_counted_from_one_for_each_person(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert [_put(store, title) for title in ("отчёт", "счёт", "акт")] == [1, 2, 3]
        assert _put(store, "письмо", "boris") == 1
        interruptions.drop(store, "anna", 2)
        assert [(work.position, work.title) for work in interruptions.waiting(store, "anna")] == [
            (1, "отчёт"),
            (3, "акт"),
        ]
        assert _put(store, "звонок") == 4
        assert [work.place for work in interruptions.waiting(store, "boris")] == [{"panel": "письмо"}]


def test_of_two_windows_one_gets_the_work(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        _put(store, "отчёт", holder="first")
        (work,) = interruptions.waiting(store, "anna")
        later = "2026-11-23T09:20:00Z"
        assert interruptions.take_over(store, "anna", work, "second", later)
        assert not interruptions.take_over(store, "anna", work, "third", later)
        (work,) = interruptions.waiting(store, "anna")
        assert (work.holder, work.held_at, work.at) == ("second", later, NOW)
