"""Every query of the store, asked of a file whose rows lie on each boundary and on either side of it.

What is kept are the ids in their order. ONEWINDOW_GOLDEN=write writes the answers anew; a difference that
nobody wanted is a fault.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import cast

import pytest
from crowd_queries import BESIDE, of_kind
from store_crowd import crowd
from test_query_plans import DAILY

from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Store
from onewindow.text.names.slugs import slug_of

_ANSWERS = Path(__file__).parent / "answers" / "crowd"
_ASKED = (1, 2, 3)
_WRITES = os.environ.get("ONEWINDOW_GOLDEN") == "write"
_FILES = sorted({name.split(".")[0] for name in DAILY})


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with crowd(tmp_path_factory.mktemp("crowd")) as store:
        yield store


@pytest.mark.parametrize("room", _FILES)
def test_a_daily_query_finds_what_meets_its_conditions_in_their_order(many: Store, room: str) -> None:
    asked = {name: work for name, work in DAILY.items() if name.split(".")[0] == room}
    _compare(f"daily-{slug_of(room)}", _answers(many, asked))


@pytest.mark.parametrize("room", BESIDE)
def test_a_query_finds_what_lies_on_its_boundary_and_pages_as_it_says(many: Store, room: str) -> None:
    _compare(room, _answers(many, BESIDE[room]))


def test_lists_of_each_kind_know_what_is_current_and_what_came_last(many: Store) -> None:
    lines: list[str] = []
    for kind in KINDS:
        lines += [f"{kind}, {asked}: {_told(found)}" for asked, found in of_kind(many, kind).items()]
    _compare("kinds", lines)


def _answers(store: Store, asked: Mapping[str, Callable[[Store, int], object]]) -> list[str]:
    """A line for each query and each of the three numbers; one where the answers are equal."""
    lines: list[str] = []
    for name, work in asked.items():
        told = [_told(work(store, number)) for number in _ASKED]
        if len(set(told)) == 1:
            lines.append(f"{name}: {told[0]}")
        else:
            lines += [f"{name} {number}: {each}" for number, each in zip(_ASKED, told, strict=True)]
    return lines


def _compare(name: str, lines: list[str]) -> None:
    file = _ANSWERS / f"{name}.txt"
    if _WRITES:
        _ANSWERS.mkdir(exist_ok=True)
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert lines == (file.read_text(encoding="utf-8").splitlines() if file.exists() else [])


def _told(found: object) -> str:
    """An answer in one line: a record by its id, other things by what they hold."""
    if isinstance(found, Record):
        return str(found.id)
    if is_dataclass(found) and not isinstance(found, type):
        return " ".join(_told(getattr(found, each.name)) for each in fields(found))
    if isinstance(found, Mapping):
        pairs = cast("Mapping[object, object]", found).items()
        return "{" + ", ".join(f"{_told(key)}: {_told(value)}" for key, value in pairs) + "}"
    if isinstance(found, set | frozenset):
        return "{" + ", ".join(sorted(map(_told, cast("Iterable[object]", found)))) + "}"
    if isinstance(found, Iterable) and not isinstance(found, str | bytes):
        return "[" + ", ".join(map(_told, cast("Iterable[object]", found))) + "]"
    return repr(found)
