"""A line that registers a request, taken apart: marks and dates that are understood, and the rest, its title.

The parts of a line lie side by side and cover it whole, so that no letter is lost and none is used twice.
Who is meant by names is not known here; `desk/requests/intake.py` finds clients, people and colleagues in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from onewindow.records.structs import frozen_struct
from onewindow.text.capture.hints import DEPARTMENTS
from onewindow.text.capture_dates import find_deadline
from onewindow.text.choices import spellings
from onewindow.text.dates import utc_text
from onewindow.text.fold import fold

Role = Literal[
    "title", "client", "contact", "kind", "priority", "assignee", "promised", "tag", "department", "number"
]
LONGEST_LINE = 2000
"""Only so many characters are read; what comes after them belongs to the title."""

_WORD = re.compile(r"\S+")
_PUNCTUATION = ',.;:!?)»”"'
_NUMBER = re.compile(r"(?<!\S)(?:\+[0-9]|[0-9(])(?:[ \t().\-–]{0,2}[0-9]){6,14}(?![0-9])")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")


@frozen_struct
class Part:
    """A piece of the line, from `start` up to `end`: what it was understood as, and its value.

    The value of a deadline is UTC text, of a priority, kind or department its name, of a client or colleague
    their id once they are found, else the words.
    """

    role: Role
    start: int
    end: int
    value: str


@frozen_struct
class Word:
    """One word of the title, without the punctuation behind it."""

    start: int
    end: int
    text: str


def read_line(text: str, now: datetime) -> tuple[Part, ...]:
    """The parts of a line, which cover it from end to end; it raises nothing, whatever was typed.

    `now` is the present, aware, in the zone of the person.
    """
    parts: tuple[Part, ...] = (Part("title", 0, len(text), ""),) if text else ()
    seen: set[str] = set()
    for word in words_of(text, parts):
        marked = _marked(word.text)
        if marked is None:
            continue
        role, value = marked
        if role in ("kind", "department") and role in seen:
            role, value = "tag", word.text[1:]
        if role == "assignee" and role in seen:
            continue
        seen.add(role)
        parts = with_part(parts, Part(role, word.start, word.end, value))
    parts = _with_deadline(text, parts, now)
    for number in _NUMBER.finditer(text, 0, LONGEST_LINE):
        parts = with_part(parts, Part("number", number.start(), number.end(), number[0]))
    for mail in _MAIL.finditer(text, 0, LONGEST_LINE):
        end = mail.start() + len(mail[0].rstrip(_PUNCTUATION))
        parts = with_part(parts, Part("number", mail.start(), end, text[mail.start() : end]))
    return parts


def words_of(text: str, parts: Iterable[Part]) -> list[Word]:
    """The words of the pieces that still belong to the title, in order."""
    words: list[Word] = []
    for part in parts:
        if part.role == "title":
            for word in _WORD.finditer(text, part.start, min(part.end, LONGEST_LINE)):
                bare = word[0].rstrip(_PUNCTUATION) or word[0]
                words.append(Word(word.start(), word.start() + len(bare), bare))
    return words


def with_part(parts: Sequence[Part], new: Part) -> tuple[Part, ...]:
    """The parts with a piece of the title understood; a piece that is not all title changes nothing."""
    placed: list[Part] = []
    is_placed = False
    for part in parts:
        if part.role != "title" or new.start >= new.end or not part.start <= new.start < new.end <= part.end:
            placed.append(part)
            continue
        is_placed = True
        if part.start < new.start:
            placed.append(Part("title", part.start, new.start, ""))
        placed.append(new)
        if new.end < part.end:
            placed.append(Part("title", new.end, part.end, ""))
    return tuple(placed) if is_placed else tuple(parts)


def given_back(parts: Sequence[Part], *roles: Role) -> tuple[Part, ...]:
    """The parts with all of some roles given back to the title."""
    kept: list[Part] = []
    for part in parts:
        role = "title" if part.role in roles else part.role
        if role == "title" and kept and kept[-1].role == "title":
            kept[-1] = Part("title", kept[-1].start, part.end, "")
        else:
            kept.append(Part(role, part.start, part.end, "" if role == "title" else part.value))
    return tuple(kept)


def title_of(text: str, parts: Iterable[Part]) -> str:
    """What is left of the line, with single spaces: what the client asks for."""
    left = " ".join(text[part.start : part.end] for part in parts if part.role == "title")
    words = [word for word in left.split() if word.strip(",;:")]
    return " ".join(words).strip(" ,;:")


def _marked(word: str) -> tuple[Role, str] | None:
    mark, name = word[0], word[1:]
    if mark == "!" or word in ("!!", "!!!"):
        bangs = len(word) - len(word.lstrip("!"))
        named = word[bangs:]
        if named:
            priority = spellings("request", "priority").get(fold(named))
            return ("priority", priority) if priority else None
        return ("priority", "high" if bangs == 1 else "urgent") if bangs < 4 else None
    folded = fold(name)
    if mark == "#" and any(letter.isalpha() for letter in name) and folded:
        if department := DEPARTMENTS.get(folded):
            return "department", department
        kind = spellings("request", "request_kind").get(folded)
        return ("kind", kind) if kind else ("tag", name)
    if mark == "@" and folded:
        return "assignee", name
    return None


def _with_deadline(text: str, parts: tuple[Part, ...], now: datetime) -> tuple[Part, ...]:
    """Take the first deadline out of the title; its words must stand side by side in the line."""
    words = words_of(text, parts)
    keys = [word.text.casefold() for word in words]
    deadline = find_deadline(keys, now)
    if deadline is None:
        return parts
    start, end = words[deadline.first].start, words[deadline.end - 1].end
    return with_part(parts, Part("promised", start, end, utc_text(deadline.moment)))
