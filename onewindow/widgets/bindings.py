"""Key bindings of widgets and screens, made from the one table of actions so that users can rebind them."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingType

from onewindow.actions import by_id


def bindings_of(methods: Mapping[str, str]) -> list[BindingType]:
    """Return a binding for each action id, to the named Textual action; KeyError for an unknown id."""
    return [
        Binding(",".join(by_id(action_id).keys), method, by_id(action_id).verb, show=False, id=action_id)
        for action_id, method in methods.items()
    ]
