"""The tool that plants faults: which it makes, which tests it takes, and that each goes again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants.choosing import Chooser
from tests.mutants.faults import Fault, faults_of, is_a_program, planted
from tests.mutants.line_map import LineMap
from tests.mutants.report import report
from tests.mutants.sampling import rooms_of, sample
from tests.mutants.trying import Outcome, Trier
from tests.mutants.unrun import unrun_report

SOURCE = '''"""What is due."""
from operator import itemgetter

FEW = 5


def due(rows: list[tuple[int, str]], limit: int = 3) -> list[str]:
    """Names, the soonest first."""
    if not rows or limit <= 0:
        return []
    ordered = sorted(rows, key=itemgetter(0))
    return [f"{name} is due" for days, name in ordered[:limit] if days < FEW]
'''
TESTS = """
from onewindow.days.due import due


def test_the_soonest_come_first():
    assert due([(2, "b"), (1, "a"), (4, "c"), (3, "d")]) == ["a is due", "b is due", "d is due"]


def test_nothing_is_due_of_nothing():
    assert due([]) == []
"""


def changes(source: str) -> set[str]:
    """What each fault of a source makes of it, in short."""
    return {f"{fault.kind}: {fault.before} → {fault.after}" for fault in faults_of("a.py", source)}


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("a < b", "comparison: a < b → (a <= b)"),
        ("a < b", "comparison: a < b → (a >= b)"),
        ("a is None", "comparison: a is None → (a is not None)"),
        ("a and b", "condition: a and b → (a or b)"),
        ("a and b", "condition: a and b → (a)"),
        ("not a", "condition: not a → (a)"),
        ("any(a)", "condition: any(a) → all(a)"),
        ("a + b", "arithmetic: a + b → (a - b)"),
        ("-a", "sign: -a → (a)"),
        ("a[:b]", "slice: :b → :b + 1"),
        ("a[:4]", "constant: 4 → 5"),
        ("a['due']", "text: 'due' → 'duex'"),
        ("f'{a} days'", "text: f'{a} days' → f'{a} daysx'"),
        ("max(a, b)", "sort order: max(a, b) → min(a, b)"),
        ("sorted(a, key=b)", "sort order: sorted(a, key=b) → sorted(a)"),
        ("sorted(a, key=b)", "sort order: sorted(a, key=b) → sorted(a, key=b, reverse=True)"),
        ("a.sort(key=lambda b: (b.c, b.d))", "sort order: a.sort(key=lambda b: (b.c, b.d)) → "
         "a.sort(key=lambda b: (b.d, b.c))"),
        ("c('SELECT x FROM y WHERE z <= :z')", "sql: 'SELECT x FROM y WHERE z <= :z' → "
         "'SELECT x FROM y WHERE z < :z'"),
        ("c('SELECT x FROM y ORDER BY z, x')", "sql: 'SELECT x FROM y ORDER BY z, x' → "
         "'SELECT x FROM y ORDER BY z DESC, x'"),
    ],
)  # fmt: skip
def test_a_line_has_the_faults_that_hands_make(line: str, change: str) -> None:
    assert change in changes(f"def f(a, b, c):\n    return {line}\n")


@pytest.mark.parametrize(
    ("statement", "change"),
    [
        ("return a", "return: return a → return None"),
        ("a.write(b)", "removed: a.write(b) → pass"),
        ("a += 1", "removed: a += 1 → pass"),
        ("raise a", "removed: raise a → pass"),
    ],
)
def test_a_statement_can_be_left_out(statement: str, change: str) -> None:
    assert change in changes(f"def f(a, b):\n    {statement}\n")


@pytest.mark.parametrize(
    "source",
    [
        '"""Says what it is."""\n',
        "def f(a: Literal['x'] = None) -> 'int | None':\n    '''Says it.'''\n",
        "Row = tuple[str, int]\n",
        "if TYPE_CHECKING:\n    LIMIT = 3\n",
        "def f(a):\n    log.warning('odd: %s', a)\n",
        "class A:\n    def __repr__(self):\n        return 'A'\n",
        "__all__ = ['a']\n",
        "_CLIENTS_AT_ONCE = 500\n",
        "def f(a: Side = 'left'):\n    side: Side = 'right'\n",
        f"WORDS = {[f'word{number}' for number in range(80)]}\n",
    ],
)
def test_what_no_run_shows_has_no_fault(source: str) -> None:
    assert changes(source) == set()


def test_what_is_said_to_programmers_has_no_fault_but_may_be_left_out() -> None:
    assert changes("def f(a):\n    raise ValueError(f'{a} is odd')\n") == {
        "removed: raise ValueError(f'{a} is odd') → pass"
    }


def test_every_fault_is_one_change_of_one_place_and_a_program_still() -> None:
    every = faults_of("a.py", SOURCE)

    assert len(every) > 15
    for fault in every:
        source = planted(SOURCE, fault)
        assert is_a_program(source)
        assert source != SOURCE
        first, last = fault.line - 1, len(SOURCE.splitlines()) - fault.end_line
        assert source.splitlines()[:first] == SOURCE.splitlines()[:first]
        assert source.splitlines()[len(source.splitlines()) - last :] == SOURCE.splitlines()[fault.end_line :]


def test_places_are_found_behind_letters_of_several_bytes() -> None:
    source = "def f(a):\n    return {'дата': a[:3], 'число': a < 2}\n"
    (found,) = [fault for fault in faults_of("a.py", source) if fault.after == "(a <= 2)"]
    assert planted(source, found) == source.replace("a < 2", "(a <= 2)")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A package with one room and one module, and its tests."""
    for name, text in (
        ("onewindow/__init__.py", ""),
        ("onewindow/app.py", "from onewindow.days.due import FEW\n\n\ndef few():\n    return FEW\n"),
        ("onewindow/days/__init__.py", ""),
        ("onewindow/days/due.py", SOURCE),
        ("tests/days/test_due.py", TESTS),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_rooms_are_the_folders_of_the_package(tree: Path) -> None:
    assert rooms_of(tree) == {
        "onewindow": ["onewindow/__init__.py", "onewindow/app.py"],
        "days": ["onewindow/days/__init__.py", "onewindow/days/due.py"],
    }


def test_the_same_seed_draws_the_same_faults_and_never_one_twice(tree: Path) -> None:
    rooms = {"days": rooms_of(tree)["days"]}
    one, again, other = (list(sample(tree, rooms, 12, seed)) for seed in (1, 1, 2))

    assert one == again
    assert one != other
    assert len(set(one)) == 12
    assert len(list(sample(tree, rooms, 1000, 1))) == len(faults_of("onewindow/days/due.py", SOURCE))


def _fault(line: int, bound: tuple[str, ...] = ()) -> Fault:
    return Fault("onewindow/days/due.py", line, line, "constant", 0, 0, "", "", bound)


def test_the_tests_that_run_the_line_are_taken_the_nearest_and_quickest_first(tree: Path) -> None:
    ran = {"tests/cli/test_x.py::a": 1 << 12, "tests/days/test_due.py::slow": 1 << 12}
    ran |= {"tests/days/test_due.py::quick": 1 << 12, "tests/days/test_due.py::other": 1 << 9}
    found = LineMap(seconds={"tests/days/test_due.py::slow": 2.0, "tests/days/test_due.py::quick": 0.1})
    found.lines["onewindow/days/due.py"] = ran

    assert Chooser(tree, found).tests_for(_fault(12)) == [
        "tests/days/test_due.py::quick",
        "tests/days/test_due.py::slow",
        "tests/cli/test_x.py::a",
    ]


def test_for_what_importing_runs_those_are_taken_that_run_a_line_which_names_it(tree: Path) -> None:
    found = LineMap(started_processes={"tests/test_program.py::starts"})
    found.lines["onewindow/days/due.py"] = {"tests/days/test_due.py::first": 1 << 12}
    found.lines["onewindow/app.py"] = {"tests/test_app.py::few": 1 << 5}
    chooser = Chooser(tree, found)

    assert chooser.tests_for(_fault(4, ("FEW",))) == [
        "tests/days/test_due.py::first",
        "tests/test_app.py::few",
    ]
    assert chooser.tests_for(_fault(9)) == ["tests/test_program.py::starts"]


def test_what_a_constant_calls_later_is_run_by_those_who_call_it(tree: Path) -> None:
    (tree / "onewindow/later.py").write_text("from x import FEW\n\nALL = [lambda: FEW]\n", encoding="utf-8")
    found = LineMap()
    found.lines["onewindow/later.py"] = {"tests/test_later.py::called": 1 << 3}
    assert "tests/test_later.py::called" in Chooser(tree, found).tests_for(_fault(4, ("FEW",)))


def test_a_file_of_tests_that_names_a_constant_is_tried_too(tree: Path) -> None:
    (tree / "tests/test_table.py").write_text("from onewindow.days.due import FEW, TABLE\n", encoding="utf-8")
    found = LineMap(seconds={"tests/test_table.py::whole": 0.1, "tests/days/test_due.py::first": 0.1})
    chooser = Chooser(tree, found)
    assert chooser.tests_for(_fault(4, ("TABLE",))) == ["tests/test_table.py::whole"]


def test_a_fault_is_noticed_or_not_and_the_file_is_as_it_was(tree: Path) -> None:
    root = Path(__file__).parents[2]
    (tree / "tests" / "mutants").symlink_to(root / "tests" / "mutants")
    (tree / "onewindow" / "cli").mkdir()
    (tree / "onewindow" / "cli" / "program.py").write_text("")
    found = LineMap()
    found.lines["onewindow/days/due.py"] = {"tests/days/test_due.py::test_the_soonest_come_first": 1 << 12}
    every = faults_of("onewindow/days/due.py", SOURCE)
    by_text = {(fault.line, fault.after): fault for fault in every}
    trier = Trier(tree, Chooser(tree, found), 60)
    try:
        seen = trier.outcome(by_text[12, "(days >= FEW)"])
        unseen = trier.outcome(by_text[12, "(days <= FEW)"])
    finally:
        trier.close()

    assert seen.noticed_by == "tests/days/test_due.py::test_the_soonest_come_first"
    assert (unseen.noticed_by, unseen.tests) == (None, 1)
    assert (tree / "onewindow/days/due.py").read_text() == SOURCE


def test_the_report_counts_by_room_and_names_what_nobody_noticed() -> None:
    one, two = _fault(3), _fault(4)
    text, is_reached = report([Outcome(one, "tests/a.py::b", 3), Outcome(two, None, 3)], 50)

    assert is_reached
    assert "days               1 of 2   50 %" in text.splitlines()
    assert text.splitlines()[-2:] == ["1 unnoticed:", "onewindow/days/due.py:4 constant:  → "]
    assert not report([Outcome(two, None, 3)], 90)[1]
    assert report([], 90)[1]


def test_lines_that_no_test_runs_are_listed_with_their_text(tree: Path) -> None:
    found = LineMap()
    found.lines["onewindow/days/due.py"] = {"a": 1 << 9 | 1 << 11, "b": 1 << 12}

    assert unrun_report(tree, {"days": rooms_of(tree)["days"]}, found).splitlines() == [
        "onewindow/days/due.py:10 return []",
        "",
        "days             1 of 4 lines are run by no test",
    ]
