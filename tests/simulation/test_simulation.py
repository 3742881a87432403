"""Several people at work from a seed, held against the plain model; `make simulate` runs more of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulation import record_work
from tests.simulation.people import firm
from tests.simulation.runner import OPERATIONS, Failure, run_seed
from tests.simulation.shrinking import shrink
from tests.simulation.step import Step, Work


@pytest.mark.parametrize("seed", range(10))
def test_everybody_sees_what_the_model_says(seed: int, tmp_path: Path) -> None:
    assert run_seed(seed, 100, tmp_path) >= 100


def test_a_seed_says_how_to_run_it_again_and_what_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An operation that does what the model does not know of."""

    def secretly(work: Work) -> Step | None:
        step = record_work.add(work)
        return step and Step("secret", step.act, lambda _: None)

    monkeypatch.setitem(OPERATIONS, secretly, 40)
    with pytest.raises(Failure) as caught:
        run_seed(1, 30, tmp_path)
    text = str(caught.value)
    assert "python -m tests.simulation --seed 1" in text
    assert "only on file" in text
    assert text.splitlines()[-2].endswith("secret")
    short = shrink(caught.value)
    assert len([line for line in str(short).splitlines() if line.startswith("  ")]) == 1


def test_the_same_seed_does_the_same(tmp_path: Path) -> None:
    stories = [_story(tmp_path / name, 5) for name in ("first.db", "second.db")]
    assert stories[0] == stories[1]
    assert stories[0] != _story(tmp_path / "third.db", 6)


def _story(path: Path, seed: int) -> list[tuple[object, ...]]:
    with firm(path, seed) as people:
        return people.store.rows("SELECT * FROM client ORDER BY id")
