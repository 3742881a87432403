"""Classes of values behave as frozen dataclasses do."""

from __future__ import annotations

import dataclasses
from dataclasses import field, replace

import pytest

from onewindow.records.structs import frozen_struct


@frozen_struct
class Span:
    """A text of a colour."""

    text: str
    tone: str = "plain"
    notes: list[str] = field(default_factory=list[str])


@frozen_struct
class Share:
    """A number that must be right."""

    part: float

    def __post_init__(self) -> None:
        if not 0 <= self.part <= 1:
            raise ValueError(self.part)


def test_values_come_by_place_by_name_or_by_default() -> None:
    assert Span("a", "red") == Span(tone="red", text="a") == Span("a", tone="red", notes=[])
    assert Span("a").tone == "plain"
    assert Span("a").notes is not Span("a").notes


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ((), {}),
        (("a", "b", "c", "more"), {}),
        (("a",), {"text": "twice"}),
        (("a",), {"colour": "red"}),
        ((), {"tone": "red", "colour": "red"}),
    ],
)
def test_what_does_not_fit_is_refused(given: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="Span takes text, tone, notes"):
        Span(*given, **named)  # pyright: ignore[reportArgumentType,reportCallIssue]


def test_a_value_does_not_change() -> None:
    span = Span("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        span.text = "b"  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del span.text  # pyright: ignore[reportAttributeAccessIssue]
    changed = replace(span, text="b")
    assert (span.text, changed.text, changed.tone) == ("a", "b", "plain")


def test_equal_values_are_one_key_and_other_kinds_are_not_equal() -> None:
    assert {Share(0.5): 1}[Share(0.5)] == 1
    assert Share(0.5) != Share(0.6)
    assert Share(0.5) != Span("a")
    assert Share(1) != 1


def test_a_value_is_checked_when_it_is_made_and_changed() -> None:
    for wrong in (lambda: Share(2), lambda: replace(Share(1), part=-1)):
        with pytest.raises(ValueError, match=r"2|-1"):
            wrong()


def test_a_value_shows_its_fields() -> None:
    span = Span("a", notes=["n"])
    assert repr(span) == "Span(text='a', tone='plain', notes=['n'])"
    assert [each.name for each in dataclasses.fields(span)] == ["text", "tone", "notes"]
