"""What the declarations of fields say beside each other."""

from __future__ import annotations

import pytest

from onewindow.desk.filters.words import FIELDS
from onewindow.exchange.headers.matching import names_of_columns, normalise_header
from onewindow.records.clients import Client
from onewindow.records.column_words.likely import LIKELY_WORDS
from onewindow.records.column_words.tables import COLUMN_WORDS
from onewindow.records.fields import attributes, form_attributes, typed_attributes
from onewindow.records.kinds import KINDS

each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_words_of_columns_stand_in_one_place_only(kind: str) -> None:
    declared = {a.name: a.words for a in attributes(KINDS[kind].record)}
    beside = COLUMN_WORDS.get(kind, {}).keys() - {"external_id"}
    assert beside <= declared.keys()
    assert {declared[name] for name in beside} <= {""}


def test_likely_words_are_of_fields_or_cells() -> None:
    for kind, words in LIKELY_WORDS.items():
        known = {a.name for a in attributes(KINDS[kind].record)} | names_of_columns(kind).keys()
        assert words.keys() <= known


@each_kind
def test_a_form_has_every_typed_field_once_behind_the_one_that_it_names(kind: str) -> None:
    record = KINDS[kind].record
    asked = [a.name for a in typed_attributes(record)]
    assert sorted(asked) == sorted(a.name for a in attributes(record) if not a.derived)
    assert [a.name for a in form_attributes(record) if not a.derived] == asked
    for a in attributes(record):
        assert not a.after or asked[asked.index(a.name) - 1] == a.after


@each_kind
def test_only_choices_have_words_for_choices(kind: str) -> None:
    for a in attributes(KINDS[kind].record):
        assert not a.choice_words or (a.kind == "choice" and tuple(a.choice_words) == a.choices)


def test_filters_know_each_word_once() -> None:
    words = [word for field, others in FIELDS.items() for word in (field, *others.split())]
    assert sorted(words) == sorted(set(words))


def test_only_clients_are_filtered_by_words() -> None:
    assert {a.record for kind in KINDS.values() for a in attributes(kind.record) if a.filter_words} == {
        Client.kind
    }


def test_filters_compare_what_they_can_compare() -> None:
    asked = [a for a in attributes(Client) if a.filter_words]
    assert {a.kind for a in asked} <= {"text", "choice", "date", "country", "reference", "number", "flag"}
    assert {a.refers for a in asked if a.kind == "reference"} == {"staff"}


def test_every_name_of_a_column_says_something() -> None:
    for kind in KINDS:
        for names in names_of_columns(kind).values():
            assert all(map(normalise_header, names.split(";")))
