"""What the documents say is what the program does; ONEWINDOW_GOLDEN=write writes again what it generates."""

from __future__ import annotations

import doctest
import os
import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import click
import pytest
import screenshot

from onewindow import actions, keyboard, settings
from onewindow.cli.program import program
from onewindow.cli.shell.manual import manual_markdown

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SOURCE = ROOT / "onewindow"
FOR_BUILDERS = [
    ROOT / "CONTRIBUTING.md",
    DOCS / "architecture.md",
    DOCS / "testing.md",
    *sorted(DOCS.glob("decisions/*.md")),
]
"""Documents for those who change the program: they may name what only the tests know."""
TEXTS = sorted({ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.glob("*.md"), *FOR_BUILDERS})

_MARK = re.compile(r"^<!-- .*onewindow (?:keys|manual).*-->\n\n", re.MULTILINE)
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\((?!https:)([^)#]+)")
_ENDS_CALL = frozenset({"|", ">", ">>", "<", ";", "&&"})
_REMARK = re.compile(r"(?<=\S) {2,}.*")
"""What a line says after its command: two spaces and an explanation."""


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _blocks(text: str, language: str = "") -> list[str]:
    return [body for kind, body in _BLOCK.findall(text) if kind == language]


def _spans(text: str) -> list[str]:
    """The code inside of sentences."""
    return _INLINE.findall(_BLOCK.sub("", text))


def _assert_written(path: Path, generated: str) -> None:
    """Compare what stands behind the mark of a document with what the program says."""
    text = _text(path)
    mark = _MARK.search(text)
    wanted = text[: mark.end() if mark else 0] + generated
    if os.environ.get("ONEWINDOW_GOLDEN") == "write":
        path.write_text(wanted, encoding="utf-8")
    assert _text(path) == wanted, f"`make docs` writes {path.name} again"


def test_the_keys_are_those_of_the_program() -> None:
    _assert_written(DOCS / "keys.md", actions.keys_markdown())


def test_the_command_line_is_that_of_the_program() -> None:
    _assert_written(DOCS / "command-line.md", manual_markdown(program))


async def test_the_picture_is_the_window(tmp_path: Path) -> None:
    snapshot = DOCS / "window.svg"
    drawn = await screenshot.draw(tmp_path)
    if os.environ.get("ONEWINDOW_GOLDEN") == "write":
        snapshot.write_text(drawn, encoding="utf-8")
    assert "url(http" not in drawn
    assert _text(snapshot) == drawn, "`make docs` draws it again"


def _calls(line: str) -> Iterator[list[str]]:
    """The words of each call of ours in a line for a shell, up to a pipe or a redirection."""
    lexer = shlex.shlex(_REMARK.sub("", line.split("  #")[0]), posix=True, punctuation_chars="|><;&()")
    lexer.whitespace_split, lexer.commenters = True, ""
    words = list(lexer)
    for start in (at for at, word in enumerate(words) if word == "onewindow"):
        rest = words[start + 1 :]
        yield list(takewhile(lambda word: word not in _ENDS_CALL and word != ")", rest))


def _mistake(words: list[str], *, is_whole: bool) -> str:
    """What click says against a call, which it reads and does not run; a mere mention may lack arguments."""
    context = click.Context(program, info_name="onewindow")
    command: click.Command = program
    try:
        rest = program.make_parser(context).parse_args(list(words))[1]
        while isinstance(command, click.Group) and rest and rest[0] not in ("…", "NOUN"):
            found = command.get_command(context, rest[0])
            if found is None:
                return f"there is no command {rest[0]}"
            command, rest = found, rest[1:]
        if not isinstance(command, click.Group):
            command.make_context(command.name, ["5" if word == "N" else word for word in rest], context)
    except click.MissingParameter as error:
        return error.format_message() if is_whole else ""
    except click.ClickException as error:
        return error.format_message()
    return ""


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_command_written_in_a_document_exists(path: Path) -> None:
    """Usage lines are left out: they are generated, and their [OPTIONS] are no words to type."""
    text = _text(path)
    lines = [line for block in _blocks(text) for line in block.splitlines()]
    mentions = [span for span in _spans(text) if "[OPTIONS]" not in span]
    wrong = [
        f"{line}: {mistake}"
        for line, is_whole in [*((each, True) for each in lines), *((each, False) for each in mentions)]
        if re.search(r"(?:^|[\s(])onewindow(?:$| )", line)
        for words in _calls(line)
        if (mistake := _mistake(words, is_whole=is_whole))
    ]
    assert wrong == []


def test_a_wrong_command_would_be_noticed() -> None:
    assert _mistake(["client", "shwo", "C-17"], is_whole=True)
    assert _mistake(["client", "list", "--nope"], is_whole=False)
    assert _mistake(["client", "list", "--format", "xml"], is_whole=False)
    assert _mistake(["--nope", "client", "list"], is_whole=False)
    assert _mistake(["show"], is_whole=True)
    assert list(_calls("id=$(onewindow client list | head) onewindow undo   # back")) == [
        ["client", "list"],
        ["undo"],
    ]


def _paths(command: click.Command, path: str) -> Iterator[str]:
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            member = command.get_command(context, name)
            assert member is not None
            yield from _paths(member, f"{path} {name}")


def test_the_manual_has_every_command() -> None:
    text = _text(DOCS / "command-line.md")
    missing = [
        path
        for path in _paths(program, "onewindow")
        if f"`{path} [" not in text and f"### {path}\n" not in text
    ]
    assert missing == []


def _key_rows() -> list[tuple[list[str], str]]:
    """The keys of each cell of README's table, and what the cell beside it says of them."""
    found: list[tuple[list[str], str]] = []
    for line in _text(ROOT / "README.md").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| `") and len(cells) == 4:
            found += [(_keys_of(cells[0]), cells[1]), (_keys_of(cells[2]), cells[3])]
    return found


def _keys_of(cell: str) -> list[str]:
    """The names of the keys: `1`…`6` are six, `hjkl` are four."""
    spans = re.sub(
        r"`(\d)`…`(\d)`", lambda r: " ".join(f"`{n}`" for n in range(int(r[1]), int(r[2]) + 1)), cell
    )
    labels = [label for span in _INLINE.findall(spans) for label in (span if span == "hjkl" else [span])]
    return [keyboard.key_name(label) for label in labels]


def _says(action: actions.Action, words: str) -> bool:
    """Whether a description shares a telling word with what the program says of the action."""
    said = {word[:4] for word in re.findall(r"\w{3,}", f"{action.title} {action.help}".casefold())}
    return any(
        word[:4] in said for word in re.findall(r"\w{3,}", words.casefold()) if word not in _EMPTY_WORDS
    )


_EMPTY_WORDS = frozenset({"the", "this", "and", "its", "any", "anything"})


def test_every_key_of_the_readme_means_what_it_says() -> None:
    rows = _key_rows()
    assert sum(len(keys) for keys, _ in rows) >= 30
    for keys, words in rows:
        parts = words.split(", ")
        for at, key in enumerate(keys):
            bound = [action for action in actions.ACTIONS if key in action.keys]
            # As many words as keys: each has its own. Otherwise they are told together.
            told = parts[at] if len(parts) == len(keys) else words
            assert any(_says(action, told) for action in bound), f"{key} is not “{told}”"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    links = _LINK.findall(_text(path))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_target_of_make_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", _text(ROOT / "Makefile"), re.MULTILINE))
    for path in TEXTS:
        text = _text(path)
        lines = [line for block in _blocks(text) for line in block.splitlines()] + _spans(text)
        named = {line.split()[1] for line in lines if line.startswith("make ")}
        assert named <= targets, path.name


def test_every_variable_of_the_environment_is_read() -> None:
    source = "".join(_text(path) for path in SOURCE.rglob("*.py"))
    with_tests = source + "".join(_text(path) for path in (ROOT / "tests").rglob("*.py"))
    for path in TEXTS:
        named = set(re.findall(r"\bONEWINDOW_[A-Z]+\b", _text(path)))
        read = with_tests if path in FOR_BUILDERS else source
        assert {name for name in named if f'"{name}"' not in read} == set(), path.name


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_example_of_a_settings_file_holds(path: Path, tmp_path: Path) -> None:
    text = _text(path)
    examples = _blocks(text, "toml") + [span for span in _spans(text) if re.match(r"[a-z_]+ = \S", span)]
    for example in examples:
        written = tmp_path / "settings.toml"
        written.write_text(example, encoding="utf-8")
        assert settings.load(written)[1] == [], example


def _is_there(place: str) -> bool:
    return any(list(folder.glob(name)) for folder in (ROOT, SOURCE) for name in (place, f"{place}.py"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_source_named_in_a_document_exists(path: Path) -> None:
    named = [span for span in _spans(_text(path)) if re.fullmatch(r"(?:[\w*]+/)*[\w*]+\.py|desk/\w+", span)]
    assert [place for place in named if not _is_there(place)] == []
    assert named or path.name != "architecture.md"


def test_the_worked_examples_of_the_formulas_come_out() -> None:
    failed, tried = doctest.testfile(str(DOCS / "formulas.md"), module_relative=False, encoding="utf-8")
    assert tried > 10
    assert failed == 0
