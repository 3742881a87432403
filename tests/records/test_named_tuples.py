"""Named tuples of ours are those of `typing`, tried side by side."""

from __future__ import annotations

import copy
import pickle
import typing
from collections.abc import Callable
from typing import Any

import pytest

from onewindow.records.named_tuples import NamedTuple


class Place(NamedTuple):
    """A place in a row."""

    row: int
    name: str = "nowhere"
    tags: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Its name and row."""
        return f"{self.name} {self.row}"


class Known(typing.NamedTuple):
    """The same by `typing`."""

    row: int
    name: str = "nowhere"
    tags: tuple[str, ...] = ()


_MADE: list[Callable[[Any], Any]] = [
    lambda of: of(1, "a", ("b",)),
    lambda of: of(1),
    lambda of: of(1, tags=("x",)),
    lambda of: of(name="n", row=2),
    lambda of: of._make([3, "c", ()]),
    lambda of: of(4)._replace(name="d"),
    lambda of: copy.copy(of(5, "e", ())),
    lambda of: pickle.loads(pickle.dumps(of(6, "f"))),  # noqa: S301  it was written here
]


_WRONG: list[Callable[[Any], Any]] = [
    lambda of: of(),
    lambda of: of(1, "a", (), "more"),
    lambda of: of(1, row=2),
    lambda of: of(1, colour="red"),
    lambda of: of._make([1]),
    lambda of: of(1)._replace(colour="red"),
    lambda of: setattr(of(1), "row", 2),
    lambda of: setattr(of(1), "colour", 2),
]


@pytest.mark.parametrize("made", _MADE)
def test_it_is_made_like_one_of_typing(made: Callable[[Any], Any]) -> None:
    ours, known = made(Place), made(Known)
    assert (type(ours), type(known)) == (Place, Known)
    assert ours == known
    assert ours._asdict() == known._asdict()
    assert (ours.row, ours.name, ours.tags, ours[0], len(ours)) == (*known, known[0], 3)
    assert repr(ours) == repr(known).replace("Known", "Place")
    assert hash(ours) == hash(known)


@pytest.mark.parametrize("wrong", _WRONG)
def test_what_is_wrong_is_refused_like_by_one_of_typing(wrong: Callable[[Any], Any]) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError)) as known:
        wrong(Known)
    with pytest.raises(known.type):
        wrong(Place)


def test_its_class_tells_what_one_of_typing_tells() -> None:
    for name in ("_fields", "_field_defaults", "__match_args__", "__bases__", "__slots__"):
        assert getattr(Place, name) == getattr(Known, name), name
    assert (Place.__doc__, Place(2).shown) == ("A place in a row.", "nowhere 2")
    match Place(7, "g"):
        case Place(row, name):
            assert (row, name) == (7, "g")


def test_a_field_without_a_default_cannot_follow_one_that_has_it() -> None:
    with pytest.raises(TypeError, match="without a default"):

        class Wrong(NamedTuple):  # pyright: ignore[reportUnusedClass]
            first: int = 1
            second: int  # pyright: ignore[reportGeneralTypeIssues]
