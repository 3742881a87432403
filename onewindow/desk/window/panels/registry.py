"""The panels of the window in their order: what a screen and the command line go through."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.desk.session.context import Session
from onewindow.desk.window.panels import (
    adoption,
    documents,
    feedback,
    opportunities,
    promises,
    requests,
    timeline,
)
from onewindow.desk.window.panels.view import PanelView
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.records.structs import frozen_struct


@frozen_struct
class PanelKind:
    """One panel: the key that jumps to it, its title, and the function that fills it."""

    name: str
    number: str
    title: str
    modes: tuple[str, ...]
    """What `v` goes through; the first is the usual one."""
    view: Callable[[Session, ClientSnapshot, str], PanelView]
    kinds: frozenset[str]
    """A change of one of these kinds concerns the panel."""
    new_kind: str
    """What `n` makes here."""


_MODULES = (requests, documents, adoption, feedback, opportunities, timeline, promises)

PANELS: dict[str, PanelKind] = {
    panel.NAME: PanelKind(
        panel.NAME, panel.NUMBER, panel.TITLE, panel.MODES, panel.view, panel.KINDS, panel.NEW_KIND
    )
    for panel in _MODULES
}
"""Every panel by name: the six numbered ones in their order, then the promises."""


def panel_view(session: Session, snapshot: ClientSnapshot, name: str, mode: str = "") -> PanelView:
    """One panel of a snapshot; where a damaged value of the file lies on it, one that says that instead.

    An error that no value of the file explains is raised on.
    """
    panel = PANELS[name]
    try:
        return panel.view(session, snapshot, mode)
    except (ValueError, LookupError, TypeError, AttributeError):
        # Loaded here: a sound file never needs it.
        from onewindow.desk.session.problem_text import unreadable_value

        if unreadable_value(session.store.path) is None:
            raise
        return _unreadable(panel)


def _unreadable(panel: PanelKind) -> PanelView:
    return PanelView(
        name=panel.name,
        title=f"{panel.number} {panel.title}".strip(),
        summary="cannot be read",
        worst="cannot be read",
        columns=(),
        rows=(),
        empty="A value here is damaged. `onewindow db check` names it.",
        new_kind=panel.new_kind,
        kinds=panel.kinds,
        alarming=("cannot be read",),
    )
