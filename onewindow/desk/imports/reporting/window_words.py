"""Sentences of an import as the window says them: with its lines and keys where the command has options."""

from __future__ import annotations

import re

_LINES = {
    "client": "client",
    "source": "source",
    "encoding": "encoding",
    "delimiter": "delimiter",
    "sheet": "sheet",
    "header-row": "column names",
    "dates": "dates",
    "profile": "profile",
    "set": "set",
    "value": "words",
    "create-clients": "new clients",
}
"""Options of the command, and the lines of the window that do the same."""
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"(?<=was left out): --map .*", ": enter on its line takes it in"),
        (r"(?<=could be it too): --map .*", ": enter on its line takes it so"),
        (r", or add --create-clients", ", or say yes on the line “new clients”"),
        (r"; --[a-z-]+ [^.;]*(?=\.)", ""),
        (r"^--(?:map|set|value) ", ""),
        (r"--dates dmy or --dates mdy", "--dates"),
    )
)
_WITH = re.compile(r"with --([a-z-]+)")
_OPTION = re.compile(r"--([a-z-]+)")


def in_window(text: str) -> str:
    """A sentence or a clause for the window: it names no option of the command."""
    if "--" not in text:
        return text
    for pattern, words in _RULES:
        text = pattern.sub(words, text)
    text = _WITH.sub(lambda match: f"on the line {_line(match[1])}", text)
    return _OPTION.sub(lambda match: f"the line {_line(match[1])}", text)


def _line(option: str) -> str:
    return f"“{_LINES.get(option, option.replace('-', ' '))}”"
