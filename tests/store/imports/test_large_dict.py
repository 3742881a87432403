"""A dictionary that leaves the memory when it becomes large."""

from __future__ import annotations

import pytest

from onewindow.store.imports import large_dict
from onewindow.store.imports.large_dict import LargeDict


@pytest.mark.parametrize("kept", [3, 100])
def test_it_gives_back_what_was_put_wherever_it_stands(monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    monkeypatch.setattr(large_dict, "KEPT", kept)
    names: LargeDict[str, list[int]] = LargeDict()

    for at in range(20):
        key = f"{'ab'[at % 2]}{at % 5}"
        names[key] = [*names.get(key, []), at]

    assert names.is_in_file == (kept == 3)
    assert (names.get("a0", []), names.get("b3", []), names.get("c", [])) == ([0, 10], [3, 13], [])
    assert ("a4" in names, "a9" in names) == (True, False)
    assert sorted(names.keys_beginning("b")) == ["b0", "b1", "b2", "b3", "b4"]
    assert names.get("b3", []) == [3, 13]
