"""What each action of the table does in the window: action id -> the method or screen that does it.

An action of the window or of its client stands in `ROUTES`. What belongs to a screen over the window is done
by that screen (the `routes` at the end of its class); asked for in the window, it opens the screen
(`SCREENS`). What is typed into boxes is bound there (`BINDINGS`). A test holds that each action is answered.

A screen is loaded when somebody opens it: no start shows one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from onewindow.records.kinds import KINDS
from onewindow.screens.frame.protocols import WINDOW_PLACES
from onewindow.screens.messages.routes import MESSAGE_ROUTES
from onewindow.screens.requests.routes import REQUEST_ROUTES
from onewindow.screens.window.actions import WindowActions
from onewindow.widgets.moving import MOVES

Route = Callable[[WindowActions], None]


def _adoption(of: WindowActions) -> None:
    from onewindow.screens.adoption import AdoptionScreen

    if of.window.snapshot is None:
        of.window.say("There is no client yet.", warning=True)
        return
    of.window.host.push_screen(AdoptionScreen(of.window.session, of.window.snapshot.client.id))


def _alarms(of: WindowActions) -> None:
    from onewindow.screens.alarms import AlarmsScreen

    of.above.show_list(AlarmsScreen(of.window.session))


def _silence(of: WindowActions) -> None:
    from onewindow.screens.alarms import AlarmsScreen

    of.above.show_list(AlarmsScreen(of.window.session, "silence"))


def _hand_over(of: WindowActions) -> None:
    from onewindow.screens.handover.opening import hand_over

    hand_over(of.window)


def _handover(of: WindowActions) -> None:
    from onewindow.screens.handover.opening import show_newest

    show_newest(of.window)


def _handovers(of: WindowActions) -> None:
    from onewindow.screens.handover.waiting import HandoversScreen

    of.above.show_queue(HandoversScreen(of.window.session))


def _import(of: WindowActions) -> None:
    from onewindow.screens.imports.import_screen import ImportScreen

    of.window.host.push_screen(ImportScreen(of.window.session))


def _metrics(of: WindowActions) -> None:
    from onewindow.screens.metrics import MetricsScreen

    of.above.show_queue(MetricsScreen(of.window.session))


def _revenue_reports(of: WindowActions) -> None:
    from onewindow.screens.revenue.reports import RevenueReportsScreen

    of.above.show_queue(RevenueReportsScreen(of.window.session))


def _offers(of: WindowActions) -> None:
    from onewindow.screens.offers import OffersScreen

    window, key = of.window, of.window.selected_key()
    about = key.id if key is not None and key.kind == "opportunity" else None
    client_id = window.snapshot.client.id if window.snapshot is not None else None
    of.above.show_queue(OffersScreen(window.session, client_id, about))


def _profit(of: WindowActions) -> None:
    from onewindow.screens.revenue.profit import ProfitScreen

    of.above.show_queue(ProfitScreen(of.window.session))


def _releases(of: WindowActions) -> None:
    from onewindow.screens.announcements.releases import ReleasesScreen

    of.above.show_queue(ReleasesScreen(of.window.session))


def _outbox(of: WindowActions) -> None:
    from onewindow.screens.messages.outbox import OutboxScreen

    of.window.host.push_screen(OutboxScreen(of.window.session))


def _plans(of: WindowActions) -> None:
    from onewindow.screens.plans.running import PlansScreen

    snapshot = of.window.snapshot
    of.above.show_list(PlansScreen(of.window.session, snapshot.client.id if snapshot is not None else None))


def _playbooks(of: WindowActions) -> None:
    from onewindow.screens.plans.playbooks import PlaybooksScreen

    of.window.host.push_screen(PlaybooksScreen(of.window.session))


def _quality(of: WindowActions) -> None:
    from onewindow.screens.clients.findings import QualityScreen

    of.above.show_list(QualityScreen(of.window.session))


def _quote(of: WindowActions) -> None:
    from onewindow.screens.feedback.opening import write_down

    write_down(of.window, lambda: of.window.host.screen is of.window)


def _ranking(of: WindowActions) -> None:
    from onewindow.screens.feedback.ranking import RankingScreen

    of.above.show_queue(RankingScreen(of.window.session))


def _review(of: WindowActions) -> None:
    from onewindow.screens.review import ReviewScreen

    of.above.show_queue(ReviewScreen(of.window.session))


def _script(of: WindowActions) -> None:
    from onewindow.screens.requests.script import open_script

    _, request = of.opening.about()
    open_script(of.window, of.window.session, request)


def _segments(of: WindowActions) -> None:
    from onewindow.screens.segment import choose_segment

    choose_segment(of.window, of.above)


def _settings(of: WindowActions) -> None:
    from onewindow.screens.settings.settings_screen import SettingsScreen

    of.window.host.push_screen(SettingsScreen(of.window.session))


def _standards(of: WindowActions) -> None:
    from onewindow.screens.plans.standards import StandardsScreen

    of.window.host.push_screen(StandardsScreen(of.window.session))


def _surveys(of: WindowActions) -> None:
    from onewindow.screens.surveys.surveys import SurveysScreen

    of.window.host.push_screen(SurveysScreen(of.window.session))


def _ask_survey(of: WindowActions) -> None:
    from onewindow.screens.surveys.asking import ask_by_telephone

    ask_by_telephone(of.window, of.window.snapshot)


def _team(of: WindowActions) -> None:
    from onewindow.screens.queue.team import TeamScreen

    of.above.show_queue(TeamScreen(of.window.session))


def _today(of: WindowActions) -> None:
    from onewindow.screens.queue.today import TodayScreen

    of.above.show_queue(TodayScreen(of.window.session, of.window.last_chosen))


def _suggestions(of: WindowActions, *, held_back: bool) -> None:
    from onewindow.screens.opportunities.suggestions import SuggestionsScreen

    of.above.show_queue(SuggestionsScreen(of.window.session, held_back=held_back))


def _renewals(of: WindowActions) -> None:
    from onewindow.screens.opportunities.renewals import RenewalsScreen

    of.above.show_queue(RenewalsScreen(of.window.session))


def _whitespace(of: WindowActions) -> None:
    from onewindow.screens.opportunities.whitespace import WhitespaceScreen

    of.above.show_queue(WhitespaceScreen(of.window.session))


def _rates(of: WindowActions) -> None:
    from onewindow.screens.opportunities.rates import RatesScreen

    of.above.show_queue(RatesScreen(of.window.session))


def _all(kind: str, of: WindowActions) -> None:
    from onewindow.screens.editing.catalogue import Catalogue

    of.above.show_list(Catalogue(of.window.session, kind))


def _new(kind: str, of: WindowActions) -> None:
    of.records.new_of(kind)


def _move(action_id: str, of: WindowActions) -> None:
    of.places.move(action_id)


def _stand(place: str, of: WindowActions) -> None:
    of.window.stand_in(place)


ROUTES: Mapping[str, Route] = {
    # the program
    "app.help": lambda of: of.program.help(),
    "app.palette": lambda of: of.program.palette(),
    "app.quit": lambda of: of.program.quit(),
    "app.theme": lambda of: of.program.theme(),
    "app.settings": _settings,
    "app.guide": lambda of: of.program.guide(),
    "app.tour": lambda of: of.program.tour(),
    "app.tour_skip": lambda of: of.program.tour_skip(),
    "app.back": lambda of: of.program.back(),
    "edit.undo": lambda of: of.program.undo(),
    "edit.redo": lambda of: of.program.redo(),
    # rows, panels and clients
    **{action_id: partial(_move, action_id) for action_id in MOVES},
    "panel.left": lambda of: of.places.left(),
    "panel.right": lambda of: of.places.right(),
    "panel.next": lambda of: of.places.next(),
    "panel.previous": lambda of: of.places.previous(),
    "panel.view": lambda of: of.records.next_view(),
    **{f"go.{place}": partial(_stand, place) for place in WINDOW_PLACES},
    "client.previous": lambda of: of.places.last_client(),
    "client.back": lambda of: of.places.earlier_client(),
    "client.forward": lambda of: of.places.later_client(),
    # records
    "record.new": lambda of: of.records.new(),
    "record.new_other": lambda of: of.records.new_other(),
    "record.open": lambda of: of.records.open(),
    "record.edit": lambda of: of.records.edit(),
    "record.done": lambda of: of.records.done(),
    "record.archive": lambda of: of.records.archive(),
    "record.why": lambda of: of.records.why(),
    "record.history": lambda of: of.records.history(),
    "record.copy": lambda of: of.records.copy(),
    "record.copy_all": lambda of: of.records.copy_all(),
    "record.follow": lambda of: of.records.follow(),
    # the client and its card
    "card.fill": lambda of: of.cards.fill(),
    "card.people": lambda of: of.cards.people(),
    "card.hand_off": _hand_over,
    "client.handover": _handover,
    "client.restore": lambda of: of.cards.restore(),
    "client.erase_private": lambda of: of.cards.erase_private(),
    "promises.acknowledge": lambda of: of.cards.acknowledge(),
    "promises.kept": lambda of: of.cards.kept(),
    "promises.broken": lambda of: of.cards.broken(),
    "feedback.join": lambda of: of.replies.join(of.opening.quote()),
    "feedback.reply": lambda of: of.replies.reply(of.opening.quote()),
    "feedback.decline": lambda of: of.replies.decline(of.opening.quote()),
    "opportunity.accept": lambda of: of.opportunities.accept(),
    "opportunity.offer": lambda of: of.opportunities.offer(),
    "opportunity.decline": lambda of: of.opportunities.decline(),
    # the list of clients
    "list.filter": lambda of: of.lists.next_filter(),
    "list.sort": lambda of: of.lists.next_order(),
    "list.mark": lambda of: of.lists.mark(),
    "list.assign": lambda of: of.lists.assign(),
    "list.tag": lambda of: of.lists.tag(),
    # requests, messages, meetings
    **REQUEST_ROUTES,
    **MESSAGE_ROUTES,
    "message.script": _script,
    "meeting.brief": lambda of: of.meetings.brief(),
    "meeting.plan": lambda of: of.meetings.plan(),
    "meeting.invite": lambda of: of.meetings.invite(),
    "meeting.postpone": lambda of: of.meetings.postpone(),
    "meeting.held": lambda of: of.meetings.held(),
    "meeting.cancel": lambda of: of.meetings.cancel(),
    "touch.why": lambda of: of.meetings.touch_why(),
    "touch.done": lambda of: of.meetings.touch_done(),
    "touch.send": lambda of: of.meetings.touch_send(),
    "touch.skip": lambda of: of.meetings.touch_skip(),
    "touch.put_off": lambda of: of.meetings.touch_put_off(),
    # calls, interruptions, drafts
    "go.find": lambda of: of.intake.find_client(),
    "call.take": lambda of: of.intake.take_call(),
    "interruption.push": lambda of: of.intake.suspend(),
    "interruption.pop": lambda of: of.intake.go_on(),
    "interruption.list": lambda of: of.intake.list_waiting(),
    "draft.list": lambda of: of.intake.list_drafts(),
    # screens over the window
    "go.adoption_screen": _adoption,
    "go.alarms": _alarms,
    "go.handovers": _handovers,
    "go.import": _import,
    "go.metrics": _metrics,
    "go.profit": _profit,
    "go.revenue_reports": _revenue_reports,
    "go.offers": _offers,
    "go.novelties": _releases,
    "go.outbox": _outbox,
    "go.plans": _plans,
    "go.playbooks": _playbooks,
    "go.not_offered": partial(_suggestions, held_back=True),
    "go.quality": _quality,
    "go.quote": _quote,
    "go.ranking": _ranking,
    "go.rates": _rates,
    "go.renewals": _renewals,
    "go.review": _review,
    "go.segments": _segments,
    "go.silence": _silence,
    "go.standards": _standards,
    "go.surveys": _surveys,
    "survey.ask": _ask_survey,
    "go.suggestions": partial(_suggestions, held_back=False),
    "go.team": _team,
    "go.today": _today,
    "go.whitespace": _whitespace,
    **{f"all.{kind}": partial(_all, kind) for kind in KINDS},
    **{f"new.{name}": partial(_new, name) for name, kind in KINDS.items() if kind.typed},
}
"""Action id -> what it does in the window."""

SCREENS: Mapping[str, str] = {
    "today": "go.today",
    "team": "go.team",
    "metrics": "go.metrics",
    "metric_rows": "go.metrics",
    "profit": "go.profit",
    "revenue_reports": "go.revenue_reports",
    "offers": "go.offers",
    "ranking": "go.ranking",
    "review": "go.review",
    "handovers": "go.handovers",
    "handover": "client.handover",
    "segment": "go.segments",
    "novelties": "go.novelties",
    "announcement": "go.novelties",
    "session": "go.novelties",
    "plans": "go.plans",
    "plan": "go.plans",
    "playbooks": "go.playbooks",
    "playbook": "go.playbooks",
    "standards": "go.standards",
    "surveys": "go.surveys",
    "quality": "go.quality",
    "import": "go.import",
    "alarms": "go.alarms",
    "suggestions": "go.suggestions",
    "renewals": "go.renewals",
    "whitespace": "go.whitespace",
    "rates": "go.rates",
    "adoption_screen": "go.adoption_screen",
    "settings": "app.settings",
    "outbox": "go.outbox",
    "catalogue": "all.request",
    "script": "message.script",
}
"""Scope of a screen over the window -> the action that opens it."""
