"""Doing an action of the table in the window by its route, or saying why it cannot be done.

What does the actions of one kind is loaded when the first of them is asked for: a start does none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from onewindow import actions
from onewindow.records.structs import frozen_struct
from onewindow.screens.frame.host_app import KeyedScreen
from onewindow.screens.window.client_window import WindowScreen
from onewindow.screens.window.reasons import WindowReasons
from onewindow.store.problems import StoreProblem

if TYPE_CHECKING:
    from onewindow.screens.feedback.replies import FeedbackReplies
    from onewindow.screens.frame.lists_above import ListsAbove
    from onewindow.screens.meetings.actions import MeetingActions
    from onewindow.screens.messages.writing import MessageActions
    from onewindow.screens.requests.actions import RequestActions
    from onewindow.screens.window.card_actions import CardActions
    from onewindow.screens.window.intake_actions import IntakeActions
    from onewindow.screens.window.list_actions import ListActions
    from onewindow.screens.window.opportunity_actions import OpportunityActions
    from onewindow.screens.window.place_actions import PlaceActions
    from onewindow.screens.window.program_actions import ProgramActions
    from onewindow.screens.window.record_actions import RecordActions
    from onewindow.screens.window.record_opening import RecordOpening


@frozen_struct
class Routes:
    """What is done in the window."""

    of_window: Mapping[str, Callable[[WindowActions], None]]
    """Action id -> what does it."""
    to_screens: Mapping[str, str]
    """Scope of a screen over the window -> the action that opens it."""


class WindowActions:
    """Does each action of one window by its route."""

    def __init__(self, window: WindowScreen, routes: Callable[[], Routes]) -> None:
        """Serve one window; `routes` loads its routes, which a start does not need."""
        self.window = window
        self._load_routes = routes
        self._reasons = WindowReasons(window, lambda: self.requests)
        self.reason, self.reasons = self._reasons.reason, self._reasons.reasons

    def make_ready(self) -> None:
        """Load what the first key needs, as soon as the window is there."""
        _ = self._routes, self.places, self.records

    @cached_property
    def _routes(self) -> Routes:
        return self._load_routes()

    @cached_property
    def above(self) -> ListsAbove:
        """The screens over the window on which a client is chosen."""
        from onewindow.screens.frame.lists_above import ListsAbove

        return ListsAbove(self.window)

    @cached_property
    def opening(self) -> RecordOpening:
        """The record under the cursor, and the forms and screens that open from there."""
        from onewindow.screens.window.record_opening import RecordOpening

        return RecordOpening(self.window)

    @cached_property
    def records(self) -> RecordActions:
        """What can be done to the record under the cursor."""
        from onewindow.screens.window.record_actions import RecordActions

        return RecordActions(
            self.opening,
            capture=lambda client_id: self.intake.capture(client_id),
            resolve=lambda: self.requests.resolve(),
            win=lambda: self.opportunities.won(),
            bring_back=lambda client: self.cards.bring_back(client),
        )

    @cached_property
    def cards(self) -> CardActions:
        """What can be done to the client on the screen and the promises given to it."""
        from onewindow.screens.window.card_actions import CardActions

        return CardActions(self.opening)

    @cached_property
    def intake(self) -> IntakeActions:
        """Taking requests and calls, and the work that is put aside for them."""
        from onewindow.screens.window.intake_actions import IntakeActions

        return IntakeActions(self.window, self.opening)

    @cached_property
    def lists(self) -> ListActions:
        """What can be done with the list of clients."""
        from onewindow.screens.window.list_actions import ListActions

        return ListActions(self.window)

    @cached_property
    def places(self) -> PlaceActions:
        """Where the keys stand in the window."""
        from onewindow.screens.window.place_actions import PlaceActions

        return PlaceActions(self.window)

    @cached_property
    def program(self) -> ProgramActions:
        """Help, commands, undo, leaving, and what else belongs to no place."""
        from onewindow.screens.window.program_actions import ProgramActions

        return ProgramActions(self.window, self.above, self.reason)

    @property
    def requests(self) -> RequestActions:
        """What can be done with the request under the cursor, with the rules of answering."""
        return self._requests

    @cached_property
    def _requests(self) -> RequestActions:
        from onewindow.screens.requests.actions import RequestActions

        window = self.window
        return RequestActions(
            window, window.session, self.opening.request_under_cursor, self.opening.say_done
        )

    @cached_property
    def opportunities(self) -> OpportunityActions:
        """What can become of the opportunity under the cursor."""
        from onewindow.screens.window.opportunity_actions import OpportunityActions

        return OpportunityActions(
            self.window, self.opening.opportunity, self.opening.suggestion, self.opening.say_done
        )

    @cached_property
    def replies(self) -> FeedbackReplies:
        """What a client is told of a wish, and what they say to it."""
        from onewindow.screens.feedback.replies import FeedbackReplies

        window = self.window
        return FeedbackReplies(
            window,
            window.session,
            self.opening.say_done,
            lambda text, warns: window.say(text, warning=warns),
        )

    @cached_property
    def meetings(self) -> MeetingActions:
        """Meetings with the client on the screen, and the touch plan."""
        from onewindow.screens.meetings.actions import MeetingActions

        return MeetingActions(self.window)

    @property
    def messages(self) -> MessageActions:
        """What can be written to the client on the screen."""
        return self._messages

    @cached_property
    def _messages(self) -> MessageActions:
        from onewindow.screens.messages.writing import MessageActions

        return MessageActions(self.window, self.window.session, self.opening.about, self._say)

    def _say(self, text: str, is_warning: bool) -> None:
        self.window.say(text, warning=is_warning)

    def do(self, action_id: str) -> None:
        """Do an action, go to the screen to which it belongs, or say why it cannot be done here."""
        place = self._routes.to_screens.get(actions.by_id(action_id).scope)
        if place is not None:
            self._go_for(action_id, place)
            return
        reason = self.reason(action_id)
        if reason:
            self.window.say(reason, warning=True)
            return
        from onewindow.screens.frame.screen_stack import follow  # a start does nothing

        try:
            follow(self.window.host, action_id, partial(self._routes.of_window[action_id], self))
        except StoreProblem as problem:
            self.window.say(str(problem), warning=True)
        if self.window.tour is not None:
            self.window.tour.did(action_id)

    def _go_for(self, action_id: str, place: str) -> None:
        """Open the screen of an action that was asked for by name, and say which key does it there."""
        self.do(place)
        action, screen = actions.by_id(action_id), self.window.host.screen
        if screen is not self.window and isinstance(screen, KeyedScreen):
            key = actions.main_key(action_id, self.window.session.settings.keys)
            screen.say(f"{key} {action.verb}: {action.help}")
