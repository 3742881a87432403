"""The actions on a request: what the window and the request's own screen both do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from onewindow.screens.requests.actions import (
        RequestActions,  # the window loads it when it is needed first
    )


class HasRequests(Protocol):
    """A screen on which one request is meant."""

    @property
    def requests(self) -> RequestActions:
        """What can be done with it."""
        ...


REQUEST_ROUTES: Mapping[str, Callable[[HasRequests], None]] = {
    "request.reply": lambda on: on.requests.reply(),
    "request.take": lambda on: on.requests.take(),
    "request.wait": lambda on: on.requests.wait(),
    "request.date": lambda on: on.requests.date(),
    "request.hand_off": lambda on: on.requests.hand_off(),
    "request.assign": lambda on: on.requests.assign(),
    "request.resume": lambda on: on.requests.resume(),
    "request.decline": lambda on: on.requests.decline(),
    "request.split": lambda on: on.requests.split(),
    "request.join": lambda on: on.requests.join(),
    "request.note": lambda on: on.requests.note(),
    "request.client_wrote": lambda on: on.requests.client_wrote(),
    "request.no_answer": lambda on: on.requests.no_answer(),
    "request.ask_a_lead": lambda on: on.requests.ask_a_lead(),
    "request.lead_looked": lambda on: on.requests.lead_looked(),
    "request.corrective_task": lambda on: on.requests.corrective_task(),
    "request.hand_off_state": lambda on: on.requests.hand_off_state(),
    "request.told_client": lambda on: on.requests.told_client(),
}
"""Action id -> what it does."""
