"""Drafts: who holds one, which comes first, what comes back, and by which words people know one."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_samples import new_client, new_store

from onewindow.store.engine import Store
from onewindow.store.session import drafts, interruptions
from onewindow.store.session.drafts import Draft


def at(minute: int) -> str:
    return f"2026-11-23T09:{minute:02}:00Z"


def keep(store: Store, text: str, minute: int, *, form: str = "new request", login: str = "anna") -> int:
    return drafts.keep(store, None, login, form, {"title": text}, "here 1", at(minute))


def _texts(found: list[Draft]) -> list[str]:
    return [each.typed["title"] for each in found]


def test_drafts_of_a_form_come_newest_first_and_all_of_them_by_form(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        for text, minute, form in (
            ("b", 5, "new request"),
            ("a", 1, "new request"),
            ("c", 3, "edit client 7"),
        ):
            keep(store, text, minute, form=form)
        keep(store, "x", 4, login="boris")
        assert _texts(drafts.find(store, "anna", ["new request"])) == ["b", "a"]
        assert _texts(drafts.find(store, "anna", ["edit client 7", "new request"])) == ["b", "c", "a"]
        assert _texts(drafts.find(store, "anna", ["new client"])) == []
        assert _texts(drafts.all_of(store, "anna")) == ["c", "a", "b"]
        assert _texts(drafts.all_of(store, "boris")) == ["x"]


def test_a_draft_is_kept_over_its_last_state(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        made = keep(store, "first", 1)
        again = drafts.keep(
            store, made, "anna", "new task", {"title": "second", "note": "ё"}, "here 2", at(2)
        )
        (found,) = drafts.all_of(store, "anna")
        assert again == made == found.id
        assert (found.form, found.typed) == ("new task", {"title": "second", "note": "ё"})
        assert (found.updated_at, found.holder, found.held_at, found.thrown_after) == (
            at(2),
            "here 2",
            at(2),
            None,
        )
        drafts.drop(store, made)
        assert drafts.all_of(store, "anna") == []
        # One that another window dropped meanwhile is made anew.
        assert drafts.keep(store, made, "anna", "new task", {"title": "third"}, "here 2", at(3)) != made
        assert _texts(drafts.all_of(store, "anna")) == ["third"]


def test_of_two_windows_one_takes_a_draft_over(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        keep(store, "a", 1)
        (draft,) = drafts.all_of(store, "anna")
        assert drafts.take_over(store, draft, "here 2", at(2))
        assert not drafts.take_over(store, draft, "here 3", at(3))
        (taken,) = drafts.all_of(store, "anna")
        assert (taken.holder, taken.held_at, taken.updated_at) == ("here 2", at(2), at(1))
        assert drafts.holds_any(store, "anna", "here 2")
        assert not drafts.holds_any(store, "anna", "here 1")
        assert not drafts.holds_any(store, "boris", "here 2")


def test_a_window_that_lives_says_so_of_what_it_holds_alone(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        keep(store, "mine", 1)
        drafts.keep(store, None, "anna", "new task", {"title": "of another"}, "here 2", at(1))
        interruptions.push(store, "anna", None, place={}, form="f", title="t", at=at(1), holder="here 1")
        drafts.still_here(store, "anna", "here 1", at(9))
        assert {each.typed["title"]: each.held_at for each in drafts.all_of(store, "anna")} == {
            "mine": at(9),
            "of another": at(1),
        }
        assert [work.held_at for work in interruptions.waiting(store, "anna")] == [at(9)]


def test_the_last_draft_thrown_away_comes_back_first(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        ids = {text: keep(store, text, minute) for minute, text in enumerate("abcd")}
        drafts.throw_away(store, "anna", ids["c"])
        new_client(store)
        drafts.throw_away(store, "anna", ids["b"])
        drafts.throw_away(store, "anna", ids["a"])
        assert _texts(drafts.thrown(store, "anna")) == ["b", "a", "c"]
        assert (
            _texts(drafts.find(store, "anna", ["new request"]))
            == _texts(drafts.all_of(store, "anna"))
            == ["d"]
        )
        drafts.bring_back(store, ids["b"], "here 5", at(30))
        assert _texts(drafts.thrown(store, "anna")) == ["a", "c"]
        back = next(each for each in drafts.all_of(store, "anna") if each.id == ids["b"])
        assert (back.holder, back.held_at, back.thrown_after) == ("here 5", at(30), None)


def test_of_drafts_thrown_away_the_last_fifty_are_kept(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        other = keep(store, "of boris", 0, login="boris")
        drafts.throw_away(store, "boris", other)
        for minute in range(52):
            drafts.throw_away(store, "anna", keep(store, str(minute), minute))
        assert _texts(drafts.thrown(store, "anna")) == [str(minute) for minute in range(51, 1, -1)]
        assert _texts(drafts.thrown(store, "boris")) == ["of boris"]


def test_a_draft_may_be_put_first(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        first = keep(store, "a", 1)
        keep(store, "b", 2)
        drafts.come_first(store, first, at(3))
        assert _texts(drafts.find(store, "anna", ["new request"])) == ["a", "b"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"@place": "x", "title": "call the bank"}, "call the bank"),
        ({"title": "  ", "note": " two\n lines "}, "two lines"),
        ({"client_id": "123456789012345", "title": "named"}, "named"),
        ({"number": "12345678901234", "title": "named"}, "12345678901234"),
        ({"client_id": "123456789012345"}, "new request"),
        ({}, "new request"),
        ({"title": "x" * 60}, "x" * 60),
        ({"title": "x" * 61}, "x" * 59 + "…"),
        ({"title": "word " * 12 + "end"}, "word " * 11 + "word…"),
        ({"title": "a " * 400}, "a " * 29 + "a…"),
    ],
)
def test_people_know_a_draft_by_its_first_words(typed: dict[str, str], words: str) -> None:
    assert Draft(1, "new request", typed, at(0)).words == words
