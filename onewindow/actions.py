"""The one table of actions: bindings, hint bar, help, palette, settings check and README come from it.

The rule of letters: the same letter is the same verb in every panel; digits, `c` and `P` are places.

What an action does here and now is the screen's business, and so is whether it can: a screen answers with
one sentence why not ("no client is open"), or with an empty string. The hint bar dims an action that has a
reason, and pressing its key shows the sentence. An action is never hidden because it is disabled.

Longer than 400 lines: it is one table, in which keys that collide and verbs that differ stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from onewindow.keyboard import key_label, types_text
from onewindow.records.kinds import KINDS
from onewindow.records.structs import frozen_struct

SCOPES = {
    "global": "Everywhere",
    "window": "In the window",
    "list": "Client list",
    "card": "Card",
    "promises": "Promises",
    "requests": "1 Requests",
    "documents": "2 Documents",
    "adoption": "3 Adoption",
    "adoption_screen": "Adoption",
    "feedback": "4 Feedback",
    "opportunities": "5 Opportunities",
    "timeline": "6 Timeline",
    "request": "Request",
    "catalogue": "Catalogue",
    "today": "Today",
    "team": "Team",
    "handovers": "Handovers",
    "handover": "Handover",
    "plans": "Plans",
    "plan": "Plan",
    "playbooks": "Playbooks",
    "playbook": "Playbook",
    "standards": "Standards",
    "surveys": "Surveys",
    "quality": "Data quality",
    "import": "Import",
    "alarms": "Alarms",
    "suggestions": "Suggestions",
    "renewals": "Renewals",
    "whitespace": "Whitespace",
    "rates": "Win rates",
    "metrics": "Metrics",
    "ranking": "Feedback of all clients",
    "metric_rows": "Rows behind a number",
    "profit": "Profit",
    "revenue_reports": "Reports on money",
    "offers": "Offers",
    "outbox": "Outbox",
    "segment": "Segment",
    "novelties": "Novelties",
    "announcement": "Announcement",
    "session": "Training session",
    "script": "Script",
    "settings": "Settings",
    "review": "Review",
    "rows": "In every list and text",
    "reader": "Text",
    "drafts": "Drafts",
    "conflict": "Conflict",
    "form": "Form",
    "finder": "Search box",
    "capture": "Request in one line",
    "call": "Call",
}
"""Scope -> its title, in the order of the help screen."""

_TEXT_SCOPES = frozenset({"form", "finder", "capture", "call"})
_BOX_SCOPES = frozenset({"reader", "drafts", "conflict"})

Rebound = Mapping[str, tuple[str, ...]]
"""Action id -> keys that the user chose instead."""


@frozen_struct
class Action:
    """One thing a person can ask for."""

    id: str
    keys: tuple[str, ...]
    """Toolkit names of its keys; the first is shown. None: only in the command palette."""
    verb: str
    """A word or two for the hint bar."""
    scope: str
    help: str
    group: str
    hint: int | None = None
    """Place in the hint bar, smaller first; None: not there."""

    @property
    def title(self) -> str:
        """Its name in the command palette."""
        return f"{self.group}: {self.verb}"


@frozen_struct
class Hint:
    """One entry of the hint bar; a row of neighbouring digits is one entry ("1-6 panel")."""

    label: str
    verb: str
    actions: tuple[Action, ...]


def _global() -> Iterator[Action]:
    """Keys of every screen, forms too. "," is the Russian layout's key of "?"."""
    scope, group = "global", "program"
    yield Action(
        "app.help",
        ("question_mark", "f1", "comma"),
        "help",
        scope,
        "Show every key of the place you are in.",
        group,
        90,
    )
    yield Action(
        "app.palette", ("colon", "ctrl+p"), "command", scope, "Find any command by its name.", group, 80
    )
    yield Action("app.quit", ("Q", "ctrl+q"), "quit", scope, "Leave the program; drafts are kept.", group)
    yield Action("app.theme", (), "next theme", scope, "Switch to the next colour theme.", group)
    yield Action(
        "app.settings",
        (),
        "settings",
        scope,
        "Calendars and SLA policies, and where your own settings file lies.",
        group,
    )
    yield Action("app.guide", (), "guide", scope, "What your role does here all day, with your keys.", group)
    yield Action(
        "app.tour",
        (),
        "tour",
        scope,
        "Be shown the window in ten minutes on your own clients; once more leaves the tour.",
        group,
    )
    yield Action("app.tour_skip", (), "tour: skip step", scope, "Leave out a step of the tour.", group)


def _movement() -> Iterator[Action]:
    scope, group = "rows", "move"
    yield Action("move.up", ("up", "k"), "up", scope, "One row up.", group)
    yield Action("move.down", ("down", "j"), "down", scope, "One row down.", group)
    yield Action("move.page_up", ("pageup",), "page up", scope, "One page up.", group)
    yield Action("move.page_down", ("pagedown",), "page down", scope, "One page down.", group)
    yield Action("move.first", ("home", "g"), "first", scope, "To the first row.", group)
    yield Action("move.last", ("end", "G"), "last", scope, "To the last row.", group)
    yield Action(
        "app.back", ("q", "escape", "backspace"), "back", scope, "Back to where you came from.", group
    )
    scope = "window"
    yield Action("panel.left", ("left", "h"), "left", scope, "To the panel on the left.", group)
    yield Action("panel.right", ("right", "l"), "right", scope, "To the panel on the right.", group)
    yield Action("panel.next", ("tab",), "next", scope, "To the next panel.", group)
    yield Action("panel.previous", ("shift+tab",), "previous", scope, "To the panel before.", group)


def _places() -> Iterator[Action]:
    """Jumps. Promises and client list have their initials: no shift, and digits stay the numbered panels."""
    scope, group = "window", "panel"
    panels = ("requests", "documents", "adoption", "feedback", "opportunities", "timeline")
    for number, panel in enumerate(panels, 1):
        yield Action(f"go.{panel}", (str(number),), panel, scope, f"To panel {number}, {panel}.", group, 60)
    yield Action("go.card", ("0",), "card", scope, "To the client's card.", group)
    yield Action("go.promises", ("P",), "promises", scope, "To the promises given to the client.", group)
    yield Action(
        "go.list",
        ("c",),
        "clients",
        scope,
        "To the client list; in a narrow window it opens over it.",
        group,
        65,
    )
    yield Action(
        "go.find",
        ("slash", "ctrl+k", "full_stop"),
        "find",
        scope,
        "Find a client by name, contact, phone, tax id, request number or e-mail, in any script.",
        "client",
        50,
    )
    yield Action(
        "client.previous", ("minus",), "last client", scope, "Back and forth between two clients.", "client"
    )
    yield Action(
        "client.back",
        ("left_square_bracket",),
        "earlier",
        scope,
        "To the client opened before this one; in a request to the one before it in its list.",
        "client",
    )
    yield Action(
        "client.forward",
        ("right_square_bracket",),
        "later",
        scope,
        "To the client opened after this one; in a request to the next one in its list.",
        "client",
    )


def _records() -> Iterator[Action]:
    scope, group = "window", "record"
    yield Action("record.new", ("n",), "new", scope, "New record of the kind this place shows.", group, 10)
    yield Action(
        "record.new_other", ("N",), "new other", scope, "New record of a kind chosen from a list.", group
    )
    yield Action("record.open", ("enter",), "open", scope, "Open the row under the cursor.", group, 20)
    yield Action("record.edit", ("e",), "edit", scope, "Edit the row or field under the cursor.", group, 30)
    yield Action(
        "record.done",
        ("x",),
        "done",
        scope,
        "Mark the row done: request resolved, promise kept, step ticked, task finished, client told.",
        group,
        35,
    )
    yield Action(
        "record.archive",
        ("d",),
        "archive",
        scope,
        "Archive the row; undo brings it back. On an archived client: bring it back.",
        group,
    )
    yield Action(
        "record.why", ("w",), "why", scope, "Show the arithmetic behind what is under the cursor.", group, 40
    )
    yield Action("record.copy", ("y",), "copy", scope, "Copy the field or row under the cursor.", group)
    yield Action(
        "record.copy_all", ("Y",), "copy all", scope, "Copy the whole block, requisites for example.", group
    )
    yield Action("record.follow", ("o",), "open link", scope, "Open the link or file of the row.", group)
    yield Action(
        "record.history", ("i",), "history", scope, "Show who changed the record, when and how.", group
    )
    yield Action(
        "panel.view", ("v",), "view", scope, "Choose what the panel shows: open or all, which kinds.", group
    )
    yield Action(
        "edit.undo", ("u",), "undo", scope, "Take back the last change and say what came back.", group, 70
    )
    yield Action("edit.redo", ("U", "ctrl+r"), "redo", scope, "Make the change taken back again.", group)


def _of_places() -> Iterator[Action]:
    yield Action(
        "list.filter",
        ("f",),
        "filter",
        "list",
        "Next filter: my, team, at risk, alarms, onboarding, silent, all clients.",
        "list",
        31,
    )
    yield Action("list.sort", ("s",), "sort", "list", "Next order of the list.", "list", 32)
    yield Action("list.mark", ("space",), "mark", "list", "Mark the client for a change of many.", "list", 33)
    yield Action("list.assign", ("a",), "assign", "list", "Give the marked clients to an owner.", "list")
    yield Action(
        "list.tag", ("t",), "tag", "list", "Put a tag on the marked clients, or take it off.", "list"
    )
    yield Action(
        "card.fill", ("F",), "fill gap", "card", "Fill in the next thing missing on the card.", "card", 36
    )
    yield Action(
        "card.people",
        ("backslash",),
        "people",
        "window",
        "Phones and e-mails of the client's people: enter opens one, y copies.",
        "card",
        37,
    )
    for verb, key, hint, help_text in _OPPORTUNITY_VERBS:
        action_id = f"opportunity.{'accept' if verb == 'take' else verb}"
        yield Action(action_id, (key,), verb, "opportunities", help_text, "opportunity", hint)
    yield Action(
        "promises.acknowledge",
        ("m",),
        "acknowledge",
        "promises",
        "Say that you have read the promise.",
        "promise",
        36,
    )
    yield Action("promises.kept", ("K",), "kept", "promises", "Mark the promise kept.", "promise", 37)
    yield Action("promises.broken", ("B",), "broken", "promises", "Mark the promise broken.", "promise", 38)
    yield Action(
        "catalogue.filter",
        ("f",),
        "filter",
        "catalogue",
        "Show only rows that contain what you type.",
        "catalogue",
        31,
    )
    yield Action("catalogue.sort", ("s",), "sort", "catalogue", "Next order of the rows.", "catalogue", 32)


def _feedback() -> Iterator[Action]:
    yield Action(
        "go.ranking",
        (),
        "feedback of all",
        "window",
        "What clients ask for, ranked by what it is worth, with all the evidence behind each feature.",
        "reports",
    )
    yield Action(
        "go.quote",
        ("quotation_mark",),
        "quote",
        "window",
        "Write down what a client said, in one line: client «words» #kind #product !3 @who %competitor v5.2.",
        "new",
    )
    scope, group = "ranking", "feedback"
    yield Action("ranking.filter", ("f",), "filter", scope, "By kind, product or segment.", group, 31)
    yield Action("ranking.sort", ("s",), "sort", scope, "Next order of the features.", group, 32)
    yield Action(
        "ranking.join", ("J",), "join", scope, "Merge the feature into one that is the same.", group, 36
    )
    yield Action("ranking.client", ("O",), "open client", scope, "Open a client who asked for it.", group, 45)
    scope = "feedback"
    yield Action(
        "feedback.join",
        ("J",),
        "join",
        scope,
        "Link the quote to a feature, similar ones first, or to a new one.",
        group,
        37,
    )
    yield Action(
        "feedback.reply",
        ("r",),
        "reply",
        scope,
        "Write to the client what became of their wish; who knows it: note what they say to it.",
        group,
        21,
    )
    yield Action(
        "feedback.decline",
        ("X",),
        "decline",
        scope,
        "Leave the client untold, with the reason.",
        group,
        38,
    )


_OPPORTUNITY_VERBS = (
    ("take", "m", 36, "Accept an idea: it is ours to offer."),
    ("offer", "greater_than_sign", 37, "Say that it was offered to the client."),
    ("decline", "X", 38, "Dismiss an idea, or note an offer as lost, with the reason."),
)


def _requests() -> Iterator[Action]:
    """What is done with a request, in its panel, on its own screen, and in every list of requests."""
    scope, group = "requests", "request"
    for verb, keys, hint, help_text in _REQUEST_VERBS:
        action_id = f"request.{verb.replace(' ', '_').replace('-', '_')}"
        yield Action(action_id, keys, verb, scope, help_text, group, hint)
    yield Action("request.client", ("O",), "open client", "request", "Open the client's window.", group, 46)


_REQUEST_VERBS: tuple[tuple[str, tuple[str, ...], int | None, str], ...] = (
    ("reply", ("r",), 21, "Answer the client; promises and manner stand above the text."),
    ("take", ("m",), 22, "Make the request mine."),
    ("wait", ("z",), 23, "Wait for the client: the clock of the solution pauses."),
    ("date", ("t",), 24, "Give the client a date, or move it with the reason."),
    ("hand off", ("D",), 25, "Give a part to a department, a lead to sales, a debt to finance."),
    ("assign", ("a",), 26, "Give the request to somebody, with the reason."),
    ("resume", ("Z",), None, "Go on after waiting, or open a closed request again."),
    ("decline", ("X",), None, "Say no, with the reason that the client sees."),
    ("split", ("S",), None, "Make a part of the request a request of its own."),
    ("join", ("J",), None, "Merge it into another request as a duplicate, or link the two."),
    ("note", (), None, "Write an internal note, which the client never sees."),
    ("client wrote", (), None, "Record what the client said; a bare thank you opens nothing."),
    ("no answer", (), None, "Say that the client's last message needs no answer."),
    ("ask a lead", (), None, "Ask a lead to look at the request."),
    ("lead looked", (), None, "Say that a lead has looked at the request."),
    ("corrective task", (), None, "Promise a corrective action by a date."),
    ("hand-off state", (), None, "Say how a hand-off stands: accepted, ready, confirmed, returned, dropped."),
    ("told client", (), None, "Record what the client was told of a hand-off, who answers them now."),
)


def _days() -> Iterator[Action]:
    yield Action(
        "go.today",
        ("T",),
        "today",
        "window",
        "What to do next, over all your clients, in one order.",
        "day",
        68,
    )
    yield Action(
        "go.team", ("W",), "team", "window", "Load of each person, absences, and everybody's queues.", "day"
    )
    scope, group = "today", "today"
    yield Action(
        "today.filter", ("f",), "filter", scope, "Next kind of rows, then what is put off.", group, 33
    )
    yield Action(
        "today.put_off",
        ("z",),
        "put off",
        scope,
        "Put the row off with a reason, or bring it back.",
        group,
        36,
    )
    yield Action(
        "today.warn",
        ("t",),
        "date",
        scope,
        "Warn the client of a promised date, and move it.",
        group,
        37,
    )
    yield Action("today.take", ("m",), "take", scope, "Make the request mine.", group, 38)
    yield Action(
        "today.reply",
        ("r",),
        "reply",
        scope,
        "Write to the client what became of their wish, or note what they say to it.",
        group,
        40,
    )
    yield Action(
        "today.decline",
        ("X",),
        "decline",
        scope,
        "Leave the client untold, with the reason.",
        group,
        41,
    )
    yield Action("today.client", ("O",), "open client", scope, "Open the client of the row.", group, 39)
    scope, group = "team", "team"
    yield Action(
        "team.view", ("f",), "filter", scope, "People, late requests, unanswered, for a lead.", group, 31
    )
    yield Action("team.mark", ("space",), "mark", scope, "Mark the request for a change of many.", group, 33)
    yield Action("team.assign", ("a",), "assign", scope, "Give the marked requests to somebody.", group, 34)
    yield Action(
        "team.absence", ("E",), "absence", scope, "Note from when till when a person is away.", group, 35
    )


def _adoption() -> Iterator[Action]:
    yield Action(
        "go.adoption_screen",
        (),
        "adoption, whole",
        "window",
        "A year of each product in bars, functions, versions, workplaces, people and lessons of the client.",
        "client",
    )
    scope, group = "adoption_screen", "adoption"
    yield Action("adoption.missed", ("X",), "decline", scope, "Say who missed the lesson.", group, 36)
    yield Action("adoption.date", ("t",), "date", scope, "Move the lesson to another day.", group, 33)


def _handovers() -> Iterator[Action]:
    yield Action(
        "go.handovers",
        ("H",),
        "handovers",
        "window",
        "Clients who come from sales: what waits, what is missing, what sales owes.",
        "day",
    )
    yield Action(
        "client.restore",
        (),
        "bring back",
        "window",
        "Bring an archived client back: the one on the screen, or one chosen from a list.",
        "client",
    )
    yield Action(
        "client.erase_private",
        (),
        "erase private",
        "window",
        "Erase what is private of a person for good, as that person may ask; it asks before.",
        "client",
    )
    yield Action(
        "client.handover",
        (),
        "the handover",
        "window",
        "Open the newest handover of this client.",
        "client",
    )
    yield Action(
        "card.hand_off",
        ("D",),
        "hand off",
        "card",
        "Hand the client over to another owner, with a package of all that is known.",
        "card",
        38,
    )
    scope, group = "handovers", "handover"
    yield Action("handovers.view", ("f",), "filter", scope, "Waiting, owing, returned, accepted.", group, 31)
    yield Action("handovers.mine", ("s",), "sort", scope, "Mine first, or everybody's.", group, 32)
    yield Action("handovers.client", ("O",), "open client", scope, "Open the client of the row.", group, 45)
    scope = "handover"
    yield Action("handover.reply", ("r",), "reply", scope, "Answer the question under the cursor.", group, 21)
    yield Action(
        "handover.acknowledge",
        ("m",),
        "acknowledge",
        scope,
        "Say that you know the special term under the cursor and keep it.",
        group,
        22,
    )
    yield Action(
        "handover.decline",
        ("X",),
        "decline",
        scope,
        "Return it to sales with a reason; on a change, keep what the card says; on an answer, ask again.",
        group,
        36,
    )
    yield Action("handover.client", ("O",), "open client", scope, "Open the client's window.", group, 46)


def _announcements() -> Iterator[Action]:
    yield Action(
        "go.novelties",
        (),
        "novelties",
        "window",
        "Announcements, releases and training: who was told, who answered, who came, what followed.",
        "day",
    )
    yield Action(
        "go.segments",
        (),
        "segment",
        "window",
        "The clients of a saved segment, chosen from a list.",
        "list",
    )
    yield Action(
        "segment.client", ("O",), "open client", "segment", "Open the client of the row.", "segment", 45
    )
    yield Action(
        "novelties.view", ("f",), "filter", "novelties", "Announcements, sessions, releases.", "novelty", 31
    )
    scope, group = "announcement", "announcement"
    yield Action(
        "delivery.reply",
        ("r",),
        "reply",
        scope,
        "Write down what the client answered; it may become a quote or a request.",
        group,
        21,
    )
    yield Action(
        "delivery.acknowledge", ("m",), "acknowledge", scope, "Note that the client has read it.", group, 22
    )
    yield Action("delivery.decline", ("X",), "decline", scope, "Note that it is not wanted.", group, 23)
    yield Action("delivery.resume", ("Z",), "resume", scope, "Let it wait again, with the reason.", group)
    yield Action(
        "delivery.view",
        ("f",),
        "filter",
        scope,
        "Next state: all, queued, told, read, answered, declined.",
        group,
        31,
    )
    yield Action("delivery.client", ("O",), "open client", scope, "Open the client of the row.", group, 45)
    scope, group = "session", "session"
    yield Action(
        "attendance.acknowledge", ("m",), "acknowledge", scope, "Note that the client will come.", group, 22
    )
    yield Action(
        "attendance.decline",
        ("X",),
        "decline",
        scope,
        "Note who will not come, or did not.",
        group,
        23,
    )
    yield Action(
        "attendance.resolve", (), "end session", scope, "Say that it was held, or call it off.", group, 24
    )
    yield Action("attendance.client", ("O",), "open client", scope, "Open the client of the row.", group, 45)


def _surveys() -> Iterator[Action]:
    group = "surveys"
    yield Action("go.surveys", (), "results", "window", "All surveys, and what each came to.", group)
    yield Action(
        "survey.ask",
        (),
        "ask by phone",
        "window",
        "Ask the client a survey on the telephone, question by question, one key an answer.",
        group,
    )


def _plans() -> Iterator[Action]:
    group = "plans"
    places = (
        ("go.plans", "plans", "Running plans: onboarding, projects, deliveries, new colleagues."),
        ("go.playbooks", "playbooks", "Playbooks by which plans start: read, edit, try on a date."),
        ("go.standards", "standards", "The register of standards, and the checks that keep them alive."),
    )
    for name, verb, told in places:
        yield Action(name, (), verb, "window", told, group)
    scope = "plans"
    yield Action("plans.filter", ("f",), "filter", scope, "Next kind of plans.", group, 31)
    yield Action("plans.mine", ("s",), "sort", scope, "Mine only, or everybody's.", group, 32)
    yield Action("plans.client", ("O",), "open client", scope, "Open the client of the plan.", group, 33)
    scope, group = "plan", "plan"
    yield Action("plan.skip", ("X",), "decline", scope, "Leave the step out, with a reason.", group, 31)
    yield Action("plan.move", ("t",), "date", scope, "Give the step another date, with a reason.", group, 32)
    yield Action("plan.assign", ("a",), "assign", scope, "Give the step to somebody.", group, 33)
    yield Action("plan.ready", ("m",), "acknowledge", scope, "Somebody inside is ready.", group, 34)
    yield Action("plan.client", ("O",), "open client", scope, "Open the client of the plan.", group, 35)
    yield Action("plan.deliver", (), "deliver", scope, "Record what was delivered of the phase.", group)
    yield Action("plan.move_all", (), "move all", scope, "Move all open steps, with a reason.", group)
    yield Action("plan.mentor", (), "mentor", scope, "Say who guides the plan.", group)
    yield Action("plan.over", (), "pass over", scope, "Tick a step over an open control point.", group)
    yield Action("plan.stop", (), "stop", scope, "End the plan before its time, with a reason.", group)
    yield Action("playbook.try", ("t",), "date", "playbook", "See the dates of a start.", "playbook", 31)
    scope, group = "standards", "standards"
    yield Action("standards.failed", ("X",), "decline", scope, "Note what is not right yet.", group, 31)
    yield Action("standards.review", ("z",), "put off", scope, "It holds: look again later.", group, 32)


def _quality() -> Iterator[Action]:
    yield Action(
        "go.quality",
        (),
        "data quality",
        "window",
        "Find what is missing, wrong, doubled or stale in the cards, and mend it.",
        "client",
    )
    scope, group = "quality", "quality"
    yield Action("quality.filter", ("f",), "filter", scope, "Next kind of finding.", group, 31)
    yield Action(
        "quality.correct", ("C",), "correct", scope, "Correct a name with letters of two scripts.", group, 32
    )
    yield Action("quality.assign", ("a",), "assign", scope, "Give the client to an owner.", group, 33)
    yield Action("quality.client", ("O",), "open client", scope, "Open the client of the finding.", group, 34)


def _importing() -> Iterator[Action]:
    yield Action(
        "go.import",
        (),
        "import a file",
        "window",
        "Bring in a file of another program, after a look at what its rows would become.",
        "file",
    )
    scope, group = "import", "import"
    yield Action(
        "import.run", ("ctrl+s",), "import", scope, "Bring in what is shown; u takes it back.", group, 10
    )
    yield Action("import.filter", ("f",), "filter", scope, "New, updated, flagged, refused rows.", group, 31)
    yield Action("files.complete", ("tab",), "complete", "finder", "Complete the path that is typed.", "file")


def _alarms() -> Iterator[Action]:
    yield Action(
        "go.alarms",
        (),
        "alarms",
        "window",
        "Who wants a look: silent clients, clients for whom nobody is there, the gravest first.",
        "client",
    )
    yield Action(
        "go.silence",
        (),
        "silence radar",
        "window",
        "Clients who fell silent against their own past, with what was expected and seen.",
        "client",
    )
    scope, group = "alarms", "alarms"
    yield Action("alarms.filter", ("f",), "filter", scope, "Next kind of alarm.", group, 31)
    yield Action("alarms.client", ("O",), "open client", scope, "Open the client of the alarm.", group, 34)


def _repeat_sales() -> Iterator[Action]:
    group = "opportunity"
    places = (
        ("go.suggestions", "suggestions", "What to offer to whom, the most promising first, with evidence."),
        ("go.not_offered", "not offered", "What the rules suggest and something forbids, and what that is."),
        ("go.renewals", "renewals", "What ends in 90, 60 and 30 days, and what is done about each."),
        ("go.whitespace", "whitespace", "Which segments own which products, and who does not."),
        ("go.rates", "win rates", "What came of each rule, and what the open ones will bring."),
    )
    for name, verb, told in places:
        yield Action(name, (), verb, "window", told, group)
    scope, group = "suggestions", "suggestions"
    yield Action("suggestions.accept", ("m",), "take", scope, "Take it: it is ours to offer.", group, 31)
    yield Action(
        "suggestions.offer", ("greater_than_sign",), "offer", scope, "Say that it was offered.", group, 32
    )
    yield Action("suggestions.decline", ("X",), "decline", scope, "Decline it with the reason.", group, 33)
    yield Action("suggestions.filter", ("f",), "filter", scope, "Next rule.", group, 34)
    yield Action("renewals.filter", ("f",), "filter", "renewals", "Within 90, 60 or 30 days.", "renewals", 31)
    yield Action("rates.retire", ("X",), "decline", "rates", "Let a rule rest, or wake it.", "win rates", 31)


def _metrics() -> Iterator[Action]:
    yield Action(
        "go.metrics",
        ("M",),
        "metrics",
        "window",
        "Every figure of the department with its chart, groups, interval and definition.",
        "reports",
    )
    scope, group = "metrics", "metrics"
    yield Action("metrics.by", ("s",), "sort", scope, "Next grouping of the rows.", group, 31)
    yield Action("metrics.period", ("f",), "filter", scope, "Next period.", group, 32)
    yield Action(
        "metrics.compare",
        ("equals_sign",),
        "compare",
        scope,
        "Compare with the period before, a year ago, or a baseline.",
        group,
        33,
    )
    yield Action(
        "metrics.freeze", (), "freeze", scope, "Keep the figure as a baseline to compare with later.", group
    )
    scope, group = "metric_rows", "metrics"
    yield Action("metric_rows.client", ("O",), "open client", scope, "Open the client of the row.", group, 34)


def _profit() -> Iterator[Action]:
    yield Action(
        "go.profit",
        (),
        "profit",
        "window",
        "What clients leave after the work for them, by client, class, segment, kind of work or month.",
        "reports",
    )
    yield Action(
        "go.revenue_reports",
        (),
        "reports on money",
        "window",
        "Who buys less, why clients left, who brought whom, campaigns, which action works.",
        "reports",
    )
    yield Action(
        "revenue_reports.period", ("f",), "filter", "revenue_reports", "Next period.", "revenue_reports", 31
    )
    yield Action(
        "revenue_reports.client",
        ("O",),
        "open client",
        "revenue_reports",
        "Open the client of the row.",
        "revenue_reports",
        32,
    )
    scope, group = "profit", "profit"
    yield Action("profit.by", ("s",), "sort", scope, "Next grouping of the rows.", group, 31)
    yield Action("profit.period", ("f",), "filter", scope, "Next period.", group, 32)


def _offers() -> Iterator[Action]:
    yield Action(
        "go.offers",
        (),
        "offers",
        "window",
        "Offers: drafts, what waits for a lead or the client, what came of it.",
        "client",
    )
    scope, group = "offers", "offers"
    yield Action(
        "offers.decline", ("X",), "decline", scope, "Withdraw it, refuse it, or note a no.", group, 31
    )
    yield Action("offers.line", ("plus",), "line", scope, "Add a line to the offer.", group, 32)
    yield Action("offers.filter", ("f",), "filter", scope, "Open ones, or answered ones.", group, 33)
    yield Action("offers.client", ("O",), "open client", scope, "Open the client of the offer.", group, 34)


def _settings() -> Iterator[Action]:
    yield Action(
        "settings.replay",
        ("equals_sign",),
        "replay",
        "settings",
        "Count the breaches of the past under other targets or another calendar.",
        "settings",
        37,
    )


def _messages() -> Iterator[Action]:
    scope, group = "window", "message"
    yield Action(
        "message.write",
        ("L",),
        "letter",
        scope,
        "Write to the client from a template, about the request under the cursor.",
        group,
    )
    yield Action(
        "message.acknowledge",
        ("I",),
        "acknowledge",
        scope,
        "Tell the client that the request under the cursor was received.",
        group,
    )
    yield Action("message.warn", (), "warn", scope, "Tell the client that a promised date moves.", group)
    yield Action(
        "message.apology", (), "apology", scope, "Admit a mistake, with its cause and correction.", group
    )
    yield Action(
        "message.who_is_who",
        (),
        "who is who",
        scope,
        "Tell the client whom to turn to, and who deputises.",
        group,
    )
    yield Action(
        "message.status", (), "copy status", scope, "Copy what the client may be told of its requests.", group
    )
    yield Action(
        "message.script",
        ("V",),
        "script",
        scope,
        "Follow the script of the request under the cursor, step by step.",
        group,
    )
    yield Action(
        "script.skip", ("equals_sign",), "skip", "script", "Skip the step, with the reason.", "script", 36
    )
    yield Action("go.outbox", (), "outbox", scope, "Messages that wait, failed or were sent.", group)


def _touching() -> Iterator[Action]:
    """Meetings, the touch plan, and the review. f5 is no letter, so that the brief opens in a call too."""
    scope, group = "window", "meeting"
    yield Action(
        "meeting.brief",
        ("f5",),
        "brief",
        scope,
        "All that one must know before a call or meeting of this client, on one page.",
        group,
    )
    for verb, help_text in _MEETING_VERBS:
        yield Action(f"meeting.{verb}", (), verb, scope, help_text, group)
    group = "touch plan"
    for verb, help_text in _TOUCH_VERBS:
        yield Action(f"touch.{verb.replace(' ', '_')}", (), verb, scope, help_text, group)
    yield Action(
        "go.review",
        ("R",),
        "review",
        scope,
        "Walk your clients in order of risk, one key a decision, and end with an agenda for the lead.",
        "day",
    )
    scope, group = "review", "review"
    yield Action(
        "review.touch", ("t",), "date", scope, "Get in touch by a date: a task of the owner.", group, 36
    )
    yield Action(
        "review.put_off", ("z",), "put off", scope, "Keep the client out of my day till a date.", group, 37
    )
    yield Action(
        "review.escalate",
        ("D",),
        "hand off",
        scope,
        "Escalate to the lead, into their day and agenda.",
        group,
        38,
    )
    yield Action(
        "review.filter",
        ("f",),
        "filter",
        scope,
        "Whose clients: mine, a colleague's, a segment's.",
        group,
        41,
    )
    yield Action("review.client", ("O",), "open client", scope, "Open the client's window.", group, 46)
    yield Action("review.agenda", (), "agenda", scope, "Show the agenda for the lead.", group)
    yield Action("review.end", (), "end", scope, "End the round; the next one has all clients again.", group)


_MEETING_VERBS = (
    ("plan", "Plan a meeting from one line, in the client's time, with what both sides have free."),
    ("invite", "Queue the invitation to the next meeting; a mail carries the calendar file."),
    ("postpone", "Move the next meeting, with the reason; how often is counted."),
    ("held", "Note what came of the next meeting; it becomes a touch."),
    ("cancel", "Call the next meeting off, with the reason."),
)
_TOUCH_VERBS = (
    ("why", "Last touch, cadence, and every reason to get in touch within a month."),
    ("done", "Log the touch that is due with what was said."),
    ("send", "Queue the message that fits the touch due."),
    ("skip", "Leave out the touch that is due, with the reason."),
    ("put off", "Move the touch that is due to a later day, with the reason."),
)


def _of_boxes() -> Iterator[Action]:
    """Boxes over the window have few keys of their own, so a letter may mean another verb there."""
    yield Action("reader.copy", ("y",), "copy", "reader", "Copy the whole text.", "text", 10)
    yield Action("drafts.open", ("enter",), "open", "drafts", "Go on with this form.", "draft", 10)
    yield Action("drafts.discard", ("d",), "discard", "drafts", "Throw this draft away.", "draft", 20)
    yield Action(
        "drafts.undo", ("u",), "undo", "drafts", "Bring the draft back that was thrown away.", "draft", 30
    )
    yield Action("conflict.mine", ("m",), "mine", "conflict", "Save what I typed.", "conflict", 10)
    yield Action(
        "conflict.theirs", ("t",), "theirs", "conflict", "Leave what the other saved.", "conflict", 20
    )


def _typing() -> Iterator[Action]:
    scope, group = "form", "form"
    yield Action("form.save", ("ctrl+s",), "save", scope, "Save from any field.", group, 10)
    yield Action("form.next", ("tab", "down"), "next", scope, "To the next field.", group, 20)
    yield Action("form.previous", ("shift+tab", "up"), "previous", scope, "To the field before.", group)
    yield Action(
        "form.more",
        ("ctrl+n",),
        "more",
        scope,
        "Show the fields that are seldom filled in at first.",
        group,
        35,
    )
    yield Action(
        "form.template",
        ("ctrl+t",),
        "template",
        scope,
        "Expand the shortcut before the cursor, or choose a template and put it there.",
        group,
    )
    yield Action("form.choose", ("ctrl+o",), "choose", scope, "Open the choices of the field.", group, 30)
    yield Action(
        "form.cancel", ("escape",), "back", scope, "Leave the form; what you typed stays a draft.", group, 40
    )
    yield Action(
        "form.discard",
        ("ctrl+g",),
        "discard draft",
        scope,
        "Throw away what you typed, and close; undo brings it back.",
        group,
    )
    yield Action(
        "form.draft",
        ("ctrl+r",),
        "older draft",
        scope,
        "Go on with the draft that you typed over; what you typed since stays a draft too.",
        group,
    )
    scope, group = "finder", "search"
    yield Action("finder.open", ("enter",), "open", scope, "Take the row under the cursor.", group, 10)
    yield Action("finder.up", ("up",), "up", scope, "To the row above.", group)
    yield Action("finder.down", ("down",), "down", scope, "To the row below.", group)
    group = "call"
    yield Action(
        "caller.contact",
        ("f2",),
        "new contact of…",
        scope,
        "An unknown number: a new person of a client.",
        group,
    )
    yield Action("caller.client", ("f3",), "new client", scope, "An unknown number: a new client.", group)
    yield Action(
        "caller.lead", ("f4",), "lead to sales", scope, "An unknown number: a lead that sales answers.", group
    )
    group = "search"
    yield Action("finder.close", ("escape",), "back", scope, "Close the search box.", group, 40)


def _interruptions() -> Iterator[Action]:
    """Everywhere, forms too, where letters are text: F8 and F9 reach the program in every terminal."""
    scope, group = "global", "call"
    yield Action(
        "interruption.push",
        ("p", "f8"),
        "phone",
        scope,
        "The phone rings: put this work aside, draft and all, and find who calls.",
        group,
    )
    yield Action(
        "interruption.pop", ("b", "f9"), "go on", scope, "Go on with the work that was put aside last.", group
    )
    yield Action(
        "interruption.list", (), "what waits", scope, "Show the work that was put aside for calls.", group
    )
    yield Action(
        "draft.list", (), "drafts", scope, "Show what was typed and never saved, and go on with it.", group
    )


def _capturing() -> Iterator[Action]:
    """The line that becomes a request; letters are text there."""
    scope, group = "capture", "request"
    yield Action(
        "capture.save",
        ("enter", "ctrl+s"),
        "register",
        scope,
        "Register the request; on one that is open already, open that one.",
        group,
        10,
    )
    yield Action(
        "capture.next",
        ("tab", "ctrl+o"),
        "other reading",
        scope,
        "Read the part under the cursor in its next way.",
        group,
        20,
    )
    yield Action(
        "capture.previous",
        ("shift+tab",),
        "reading before",
        scope,
        "Read the part in the way before.",
        group,
    )
    yield Action("capture.up", ("up",), "up", scope, "To the part above.", group)
    yield Action("capture.down", ("down",), "down", scope, "To the part below.", group)
    yield Action(
        "capture.form",
        ("ctrl+n",),
        "whole form",
        scope,
        "Open the form of a request with all that was understood.",
        group,
        30,
    )
    yield Action(
        "capture.discard",
        ("ctrl+g",),
        "discard",
        scope,
        "Throw away what you typed, and close; undo brings it back.",
        group,
    )
    yield Action(
        "capture.draft",
        ("ctrl+r",),
        "older draft",
        scope,
        "Go on with the draft that you typed over; what you typed since stays a draft too.",
        group,
    )
    yield Action(
        "capture.cancel",
        ("escape",),
        "back",
        scope,
        "Leave; what you typed stays a draft.",
        group,
        40,
    )


def _calling() -> Iterator[Action]:
    """The screen of a call is a form; what is not typing has keys that are no letters."""
    yield Action(
        "call.take",
        ("A",),
        "call",
        "window",
        "A call of this client: script, what is known, and the outcome saved at once.",
        "call",
    )
    scope, group = "call", "call"
    yield Action("call.done", ("f2",), "step done", scope, "Tick the next step of the script.", group, 20)
    yield Action("call.skip", ("f3",), "skip", scope, "Skip the next step, and say why.", group)
    yield Action(
        "call.difficult",
        ("f4",),
        "angry",
        scope,
        "The caller is angry: the script that calms, and a lead shall look; once more takes it back.",
        group,
        25,
    )
    yield Action("call.up", ("f6",), "scroll up", scope, "Scroll what is known up.", group)
    yield Action("call.down", ("f7",), "scroll down", scope, "Scroll what is known down.", group)


def _of_kinds() -> Iterator[Action]:
    """Two palette commands for each kind of record, so that a new kind needs no line here."""
    for kind in KINDS.values():
        every = f"Open the list of all {kind.plural}."
        yield Action(f"all.{kind.name}", (), kind.plural, "window", every, "catalogue")
        if kind.typed:
            yield Action(
                f"new.{kind.name}",
                (),
                kind.display_name,
                "window",
                f"New record: {kind.display_name}.",
                "new",
            )


ACTIONS: tuple[Action, ...] = (
    *_global(),
    *_movement(),
    *_places(),
    *_records(),
    *_of_places(),
    *_feedback(),
    *_requests(),
    *_days(),
    *_adoption(),
    *_handovers(),
    *_announcements(),
    *_plans(),
    *_quality(),
    *_importing(),
    *_alarms(),
    *_repeat_sales(),
    *_metrics(),
    *_surveys(),
    *_profit(),
    *_offers(),
    *_settings(),
    *_messages(),
    *_touching(),
    *_of_boxes(),
    *_typing(),
    *_interruptions(),
    *_capturing(),
    *_calling(),
    *_of_kinds(),
)
"""Every action there is."""

_BY_ID = {action.id: action for action in ACTIONS}


def by_id(action_id: str) -> Action:
    """The action of that id. Raises KeyError if there is none."""
    return _BY_ID[action_id]


def chain(scope: str) -> tuple[str, ...]:
    """The scopes whose keys work in `scope`, innermost first; boxes and forms lie over the window."""
    if scope == "global":
        return ("global",)
    if scope == "call":
        return ("call", "form", "global")
    if scope == "rows" or is_typing(scope):
        return (scope, "global")
    if scope == "window" or is_box(scope):
        return (scope, "rows", "global")
    if scope == "request":
        return (scope, "requests", "window", "rows", "global")
    return (scope, "window", "rows", "global")


def is_typing(scope: str) -> bool:
    """Whether letters are text in that scope."""
    return scope in _TEXT_SCOPES


def is_box(scope: str) -> bool:
    """Whether the scope is a box over the window, where the window's own keys do not work."""
    return scope in _BOX_SCOPES


def overlap(first: Action, second: Action) -> bool:
    """Whether both can be reached from one place, so that they must not share a key."""
    return first.scope in chain(second.scope) or second.scope in chain(first.scope)


@cache
def for_scope(scope: str) -> tuple[Action, ...]:
    """What can be asked for in that scope, its own actions first. Raises KeyError for an unknown scope."""
    SCOPES[scope]
    return tuple(action for part in chain(scope) for action in ACTIONS if action.scope == part)


def keys_of(action: Action, rebound: Rebound | None = None) -> tuple[str, ...]:
    """The keys of an action, the user's own if they chose some."""
    return action.keys if rebound is None else rebound.get(action.id, action.keys)


def main_key(action_id: str, rebound: Rebound | None = None) -> str:
    """The key of an action as people read it, the palette's ":" where it has none."""
    keys = keys_of(by_id(action_id), rebound)
    return key_label(keys[0]) if keys else ":"


def usable_keys(action: Action, scope: str, rebound: Rebound | None = None) -> tuple[str, ...]:
    """The keys of an action that work in that scope: where one types, letters and signs are text."""
    keys = keys_of(action, rebound)
    return tuple(key for key in keys if not types_text(key)) if is_typing(scope) else keys


def hints(scope: str, rebound: Rebound | None = None) -> tuple[Hint, ...]:
    """The hint bar of that scope in order; an action that no key reaches is left out."""
    by_rank: dict[int, list[tuple[str, Action]]] = {}
    for action in for_scope(scope):
        keys = usable_keys(action, scope, rebound)
        if action.hint is not None and keys:
            by_rank.setdefault(action.hint, []).append((key_label(keys[0]), action))
    return tuple(hint for rank in sorted(by_rank) for hint in _joined(by_rank[rank]))


def keys_markdown() -> str:
    """The default keys as Markdown tables for the README, one for each scope that has keys of its own."""
    parts: list[str] = []
    for scope, title in SCOPES.items():
        rows = [action for action in ACTIONS if action.scope == scope and action.keys]
        if rows:
            parts.append(f"### {title}\n\n| key | does |\n|---|---|\n" + "".join(map(_row, rows)))
    return "\n".join(parts)


def _row(action: Action) -> str:
    labels = " ".join(f"`{key_label(key)}`" for key in action.keys)
    return f"| {labels} | {action.help} |\n"


def _joined(same_rank: list[tuple[str, Action]]) -> Iterable[Hint]:
    labels = [label for label, _ in same_rank]
    if len(labels) > 1 and "".join(labels) in "0123456789":
        actions = tuple(action for _, action in same_rank)
        return (Hint(f"{labels[0]}-{labels[-1]}", actions[0].group, actions),)
    return tuple(Hint(label, action.verb, (action,)) for label, action in same_rank)
