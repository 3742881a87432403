"""Handlers of messages bear the names of messages: the toolkit passes over one that does not, in silence."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import TypeVar

import textual.widgets as stock
from textual.message import Message
from textual.message_pump import MessagePump

import onewindow.screens
import onewindow.widgets

T = TypeVar("T")


def test_each_handler_hears_a_message_that_exists() -> None:
    for room in (onewindow.screens, onewindow.widgets):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)
    importlib.import_module("onewindow.app")
    # Named, because the toolkit loads a stock widget only when somebody asks for it.
    assert stock.Input.Changed in set(_all(Message))
    assert stock.TextArea.Changed in set(_all(Message))
    heard = {message.handler_name for message in _all(Message)}
    assert "on_form_started_again" in heard
    assert "on_form_begun_anew" not in heard
    deaf = {
        f"{pump.__qualname__}.{name}"
        for pump in _all(MessagePump)
        if pump.__module__.startswith("onewindow")
        for name in vars(pump)
        if name.startswith("on_") and name not in heard and name != "on_event"
    }
    assert deaf == set()


def _all(kind: type[T]) -> Iterator[type[T]]:
    for below in kind.__subclasses__():
        yield below
        yield from _all(below)
