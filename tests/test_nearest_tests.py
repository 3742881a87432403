"""Which tests `make test-fast` chooses for a change."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import seconds_of_tests
from tests.nearest_tests import (
    ROOT,
    Project,
    choose,
    expected_seconds,
    packages_named,
    touched_since_main,
)

_FILES = {
    "little_house/__init__.py": "",
    "little_house/money.py": "",
    "little_house/desk/__init__.py": "",
    "little_house/desk/plans/__init__.py": "",
    "little_house/desk/plans/steps.py": "from little_house.money import total",
    "little_house/desk/plans/steps.sql": "SELECT 1",
    "little_house/desk/calls.py": "from little_house.desk.plans import steps",
    "little_house/screens.py": "import little_house.desk.calls",
    "little_house/app.py": "from little_house import screens",
    "tests/desk/conftest.py": "",
    "tests/desk/plans/test_order_of_steps.py": "",
    "tests/desk/shared_call.py": "from little_house.desk.calls import ring",
    "tests/desk/test_ringing.py": "from shared_call import a_call",
    "tests/desk/test_plans.py": "",
    "tests/test_app.py": "def test():\n    from little_house.app import App",
    "tests/test_money.py": "from little_house import money",
    "tests/test_words.py": "import little_house",
}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A program of a few modules on the branch `main`, with tests that mirror them."""
    for name, text in _FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text + "\n")
    _git(tmp_path, "init", "--quiet", "--initial-branch=main")
    _commit(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return Project(tmp_path, ["little_house"])


def _git(root: Path, *arguments: str) -> None:
    person = ("-c", "user.name=Анна", "-c", "user.email=anna@example.com")
    subprocess.run(["git", *person, *arguments], cwd=root, check=True)


def _commit(root: Path) -> None:
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message", "as it was")


def _ranks(house: Project, *touched: str) -> dict[str, int]:
    ranks = house.ranks(house.root / name for name in touched)
    return {test.relative_to(house.root / "tests").as_posix(): rank for test, rank in ranks.items()}


def test_a_package_needs_its_mirror_and_who_imports_it(house: Project) -> None:
    assert _ranks(house, "little_house/desk/plans/steps.py") == {
        "desk/plans/test_order_of_steps.py": 1,
        "desk/test_plans.py": 1,
        "desk/test_ringing.py": 2,  # by what it shares with other tests
    }  # the app is four steps away
    assert _ranks(house, "little_house/desk/plans") == _ranks(house, "little_house/desk/plans/steps.py")


def test_a_file_that_is_no_module_counts_as_the_modules_beside_it(house: Project) -> None:
    assert _ranks(house, "little_house/desk/plans/steps.sql")["desk/test_ringing.py"] == 2


def test_a_module_at_the_top_needs_its_test_and_those_three_steps_away(house: Project) -> None:
    assert _ranks(house, "little_house/money.py") == {"test_money.py": 1, "desk/test_ringing.py": 3}
    assert _ranks(house, "little_house/app.py") == {"test_app.py": 1}


def test_what_tests_share_needs_the_tests_that_share_it(house: Project) -> None:
    assert _ranks(house, "tests/desk/shared_call.py") == {"desk/test_ringing.py": 1}
    assert set(_ranks(house, "tests/desk/conftest.py")) == {
        "desk/plans/test_order_of_steps.py",
        "desk/test_plans.py",
        "desk/test_ringing.py",
    }
    assert _ranks(house, "tests/test_words.py") == {"test_words.py": 0}
    assert _ranks(house, "README.md") == {}


def test_touched_is_what_was_committed_changed_deleted_or_made_since_main(house: Project) -> None:
    root = house.root
    assert touched_since_main(root) == set()
    _git(root, "switch", "--quiet", "--create", "work")
    (root / "little_house/money.py").write_text("total = 1\n")
    (root / "little_house/desk/calls.py").unlink()
    _commit(root)
    (root / "little_house/app.py").write_text("App = 1\n")
    (root / "tests/test_новое.py").write_text("")
    assert touched_since_main(root) == {
        root / "little_house/money.py",
        root / "little_house/desk/calls.py",
        root / "little_house/app.py",
        root / "tests/test_новое.py",
    }
    assert {test.name for test in house.ranks(touched_since_main(root))} >= {"test_money.py", "test_новое.py"}


def test_the_nearest_run_as_far_as_there_is_time_and_the_quick_before_the_slow() -> None:
    near, quick, slow, afar = (Path(name) for name in ("near", "quick", "slow", "afar"))
    ranks = {afar: 3, slow: 2, quick: 2, near: 1}
    seconds = {near: 5.0, quick: 2.0, slow: 9.0, afar: 1.0}
    whole = choose(ranks, seconds, at_most=17.0)
    assert (whole.files, whole.seconds, whole.left_out) == ([near, quick, slow, afar], 17.0, [])
    part = choose(ranks, seconds, at_most=10.0)
    assert (part.files, part.seconds, part.left_out) == ([near, quick, afar], 8.0, [slow])
    assert choose({slow: 1}, seconds, at_most=1.0).files == [slow]


def test_a_file_takes_what_it_took_last_time(tmp_path: Path) -> None:
    known, new = tmp_path / "tests/test_known.py", tmp_path / "tests/test_new.py"
    known.parent.mkdir()
    known.write_text("\ndef test_one() -> None: ...")
    new.write_text("\ndef test_one() -> None: ...\ndef test_two() -> None: ...")
    kept = tmp_path / ".pytest_cache/v/onewindow/seconds"
    kept.parent.mkdir(parents=True)
    kept.write_text('{"tests/test_known.py": 7.5}')
    assert seconds_of_tests.known(tmp_path) == {"tests/test_known.py": 7.5}
    assert expected_seconds(tmp_path, [known, new]) == {known: 7.5, new: 0.3}


def test_a_package_is_named_as_it_stands_in_the_program() -> None:
    assert packages_named(ROOT, ["text", "onewindow/text", "settings"]) == {
        ROOT / "onewindow/text",
        ROOT / "onewindow/settings.py",
    }
    with pytest.raises(SystemExit, match="no package or module desk/nothing"):
        packages_named(ROOT, ["desk/nothing"])


def test_this_programs_own_tests_are_found_by_the_same_rules() -> None:
    project = Project(ROOT, ("onewindow", "seed"))
    assert project.ranks([ROOT / "onewindow/text/money.py"])[ROOT / "tests/text/test_money.py"] == 1
