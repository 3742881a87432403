"""Every word that `words_of_files.txt` lists means the choice of a field that stands before it there."""

from __future__ import annotations

from pathlib import Path

from onewindow.records.choice_words import words_of
from onewindow.records.fields import attribute_of
from onewindow.records.kinds import KINDS
from onewindow.text.choices import read_choice, read_word

_LISTED = (Path(__file__).parent / "words_of_files.txt").read_text(encoding="utf-8")


def test_words_of_files_mean_their_choices() -> None:
    read: dict[tuple[str, str], str | None] = {}
    listed: dict[tuple[str, str], str | None] = {}
    for line in _LISTED.splitlines():
        if line.startswith("#"):
            continue
        place, _, words = line.partition(": ")
        field, _, choice = place.partition(" → ")
        kind, _, name = field.rpartition(".")
        for word in words.split(", "):
            listed[field, word] = choice
            read[field, word] = (
                read_choice(attribute_of(KINDS[kind].record, name), word)
                if kind
                else read_word("", name, tuple(words_of("", name)), word)
            )

    assert len(listed) > 2000
    assert {place: meant for place, meant in read.items() if meant != listed[place]} == {}
