"""Every command that only reads is run once on the demo, and says word by word what it says there.

ONEWINDOW_GOLDEN=write writes the answers anew; a difference that nobody wanted is a fault.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from command_line import CommandLine
from made_once import copy_of_demo

from onewindow.cli.program import program
from onewindow.desk import opening
from onewindow.records.kinds import KINDS
from onewindow.text.names.slugs import slug_of

READING = (
    *("show romashka", "search romashka", "warnings", "today", "interruptions", "history romashka"),
    *("touch-plan why romashka", "review agenda", "review report"),
    *("review why romashka", "team", "team queue late", "team queue unanswered", "team requests petrov"),
    *("outbox log {message}", "novelty report {announcement}", "announce audience {announcement}"),
    *("announce preview {announcement} --client romashka", "announce report {announcement}"),
    *("onboarding report", "health alarms", "health silence", "health uncovered"),
    *("adoption report", "metrics", "client check", "client check romashka"),
    *("profit report --limit 9", "profit report --by work", "profit report --by class --format csv"),
    *("offer best --limit 5",),
    *("profit trends --falling", "profit losses", "profit referrals", "profit campaigns", "profit actions"),
    *("client status romashka", "promise events {promise}", "request why {request}", "request complaints"),
    *(
        "request status {request}",
        "request script {request}",
        "document missing",
        "document missing romashka",
        "document orders romashka",
    ),
    *("meeting ics {meeting}", "meeting slots romashka", "meeting brief romashka", "meeting counts"),
    *("template render {template} --client romashka", "template places", "script deviations"),
    *("playbook export {playbook}", "playbook dates {playbook}", "playbook check {playbook}"),
    *("plan report", "session people {session}", "feedback export", "handover waiting", "handover report"),
    *("handover export romashka", "observation report", "policy versions {policy}", "policy check"),
    *(
        "calendar open-time 2026-10-12T09:00 2026-10-14T18:00 --calendar {calendar}",
        "policy which --priority high",
    ),
    *("standard due", "segment members {segment}", "segment check tier:A", "import profiles", "import runs"),
    *("db check", "db info", "doctor", "guide", "settings path", "settings template", "keys", "manual"),
    *("opportunity suggest --limit 9", "opportunity suggest --client romashka --why"),
    *("opportunity renewals --days 30", "opportunity whitespace --limit 9", "opportunity forecast"),
    *(
        "opportunity rates",
        "policy replay --calendar {calendar}",
        "completion bash",
        "show romashka --format json",
    ),
)
NOUNS = [kind.name.replace("_", "-") for kind in KINDS.values() if kind.typed]
LISTED = (
    *("touch-plan list", "review list", "outbox list", "novelty list", "onboarding list"),
    *("adoption list", "adoption show romashka", "health show romashka", "health history romashka"),
    *("announce list {announcement}", "team requests ivanova", "team queue nobody", "today --format json"),
    *("warnings --format json", "metrics --format json", "team --format json"),
    *("adoption report --format json", "handover report --format json", "plan report --format json"),
    *(
        "health show romashka --format json",
        "adoption show romashka --format json",
        "search а",
        "search склад",
    ),
    *(f"{noun} list --all --limit 7" for noun in NOUNS),
    *(f"{noun} show {{{noun}}}" for noun in NOUNS),
)
"""What the lists say, and one record of each kind."""
OF_THIS_MACHINE = (
    *("import runs", "db check", "db info", "doctor", "settings path", "settings template", "keys"),
    *("manual", "completion bash"),
)
"""They tell of the place where they run, of the surroundings, or what the documents have in full."""
WORDS = {"why", "report", "log", "due", "status", "brief", "events", "versions", "which", "counts", "missing"}
"""The last words by which commands that read are known."""


NOW = datetime(2026, 10, 12, 7, tzinfo=UTC)
"""A Monday, 10:00 in Moscow."""
_ANSWERS = Path(__file__).parent / "answers"
_MADE_ID = re.compile(r"\b\d{16,19}\b")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_demo(tmp_path_factory, tmp_path_factory.mktemp("firm") / "demo.db", NOW)


@pytest.fixture
def own(built: Path, tmp_path: Path) -> CommandLine:
    """A copy, for commands that bring it to the day of the system's clock."""
    return CommandLine(Path(shutil.copy(built, tmp_path / "own.db")), "ivanova")


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    monkeypatch.setattr(opening, "system_clock", lambda: NOW)


@pytest.mark.parametrize("line", [line for line in READING if line in OF_THIS_MACHINE])
def test_it_ends_well_with_rows_or_a_sentence(line: str, own: CommandLine) -> None:
    done = own.run(*line.split())
    output = done.stdout + done.stderr
    assert re.search(r"\w{2}", output), output
    assert "Traceback" not in output


@pytest.mark.parametrize("line", [line for line in (*READING, *LISTED) if line not in OF_THIS_MACHINE])
def test_it_says_what_it_has_always_said_of_the_demo(line: str, built: Path) -> None:
    firm = CommandLine(built, "ivanova")
    done = firm.run(*(_known(firm, word) for word in line.split()))
    output = _MADE_ID.sub("<id>", f"{done.stdout}{done.stderr}")
    answer = _ANSWERS / f"{slug_of(line, 100)}.txt"
    if os.environ.get("ONEWINDOW_GOLDEN") == "write":
        _ANSWERS.mkdir(exist_ok=True)
        answer.write_text(output, encoding="utf-8")
    assert output.splitlines() == answer.read_text(encoding="utf-8").splitlines()
    assert re.search(r"\w{2}", output), output


def _known(firm: CommandLine, word: str) -> str:
    """The id of the first record of a kind, for a word in braces."""
    if not word.startswith("{"):
        return word
    return str(firm.data(word.strip("{}"), "list", "--all", "--limit", "1")[0]["id"])


def _commands(command: click.Command, name: str, above: click.Context) -> Iterator[str]:
    context = click.Context(command, parent=above, info_name=name)
    if not isinstance(command, click.Group):
        yield name
        return
    for word in command.list_commands(context):
        below = command.get_command(context, word)
        assert below is not None
        yield from _commands(below, f"{name} {word}".strip(), context)


def test_no_command_that_reads_is_left_out() -> None:
    every = set(_commands(program, "", click.Context(program)))
    reading = {name for name in every if name.rsplit(" ", 1)[-1] in WORDS}
    assert len(reading) > 20
    assert [name for name in sorted(reading) if not any(line.startswith(name) for line in READING)] == []


@pytest.mark.parametrize(
    "line",
    [
        *(
            "today",
            "show romashka",
            "health show romashka",
            "touch-plan why romashka",
            "review list",
            "review agenda",
        ),
        *(
            "metrics",
            "profit report",
            "handover report",
            "request why R-1042",
            "request show R-1042",
            "adoption show romashka",
        ),
        *("handover show {handover}", "meeting brief romashka"),
    ],
)
def test_what_people_read_has_days_in_their_form(line: str, built: Path) -> None:
    """A day is 28.11, or 28.11.25 in another year; 2026-11-28 is for machines and tables of fields."""
    firm = CommandLine(built, "ivanova")
    shown = firm.out(*(_known(firm, word) for word in line.split()))
    assert re.findall(r".*\d{4}-\d{2}-\d{2}.*", shown) == []


_A_PAGE = re.compile(r"_?(?:[A-Z]+_)*(?:AT_ONCE|PAGE)")
_OF_BYTES = ("onewindow.exchange.", "onewindow.store.salvage.", "onewindow.store.failures")
PAGED = (
    *("health alarms", "health uncovered", "adoption report", "metrics", "review agenda", "touch-plan list"),
    *("feedback export", "handover report", "observation report", "plan report", "novelty list"),
    *(
        "client list --all --limit 300",
        "segment check tier:A",
        "client check",
        "document missing",
        "db check",
    ),
    *("export client --format csv", "export request --format csv", "request list --all --limit 300"),
)


@pytest.mark.parametrize("line", PAGED)
def test_what_is_read_page_by_page_says_the_same_of_pages_of_two(
    line: str, own: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages of some hundreds hold all of the demo, so that a fault at the turn of a page would not be met."""
    whole = own.out(*line.split())
    for name, module in list(sys.modules.items()):
        if name.startswith("onewindow.") and not name.startswith(_OF_BYTES):
            for word in filter(_A_PAGE.fullmatch, vars(module)):
                monkeypatch.setattr(module, word, 2)
    by_twos = own.out(*line.split())
    assert by_twos == whole
