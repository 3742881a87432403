"""What the palette finds: words by their beginnings, in three languages, and no way out by mistake."""

from __future__ import annotations

import pytest

from onewindow import actions
from onewindow.action_words import synonyms
from onewindow.actions import ACTIONS
from onewindow.app import OneWindowApp
from onewindow.screens.frame.palette import distance, matching, readings
from onewindow.screens.queue.team import TeamScreen
from onewindow.text.fold import fold, layout_variants

OFFERED = [
    action for action in ACTIONS if not actions.is_typing(action.scope) and not actions.is_box(action.scope)
]


def _first(query: str, scope: str = "window") -> str:
    matches = [action.id for action in matching(query, scope) if action in OFFERED]
    return matches[0] if matches else ""


def test_every_action_has_words_in_russian_and_bulgarian() -> None:
    without = [action.id for action in OFFERED if not all(synonyms(action.id)[1:])]
    assert without == []


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("обращение", "new.request"),
        ("звонок", "call.take"),
        ("передать", "request.hand_off"),
        ("отпуск", "team.absence"),
        ("leave", "team.absence"),
        ("настройки", "app.settings"),
        ("шаблон", "new.template"),
        ("отчёт", "go.metrics"),
        ("отчет", "go.metrics"),
        ("удалить", "record.archive"),
        ("изтрий", "record.archive"),
        ("delete", "record.archive"),
        ("выход", "app.quit"),
        ("изход", "app.quit"),
        ("exit", "app.quit"),
        ("quit", "app.quit"),
        ("draft", "draft.list"),
        ("сегодня", "go.today"),
        ("днес", "go.today"),
        ("отменить", "edit.undo"),
        ("клиент", "new.client"),
        ("новый клиент", "new.client"),
        ("нов клиент", "new.client"),
        ("новое обращение", "new.request"),
        ("нова заявка", "new.request"),
        ("новый контакт", "new.contact"),
        ("новая задача", "new.task"),
        ("новое обещание", "new.promise"),
        ("создать договор", "new.document"),
        ("напоминание", "new.task"),
        ("решить", "record.done"),
        ("отмена", "edit.undo"),
        ("новинка", "go.novelties"),
        ("метрики", "go.metrics"),
        ("отчеты", "go.metrics"),
        ("жалоба", "new.request"),
        ("релиз", "new.release"),
        ("почта", "message.write"),
        ("владелец", "list.assign"),
        ("черновик", "draft.list"),
        ("политика", "new.policy"),
        ("язык", "app.settings"),
        ("бухгалтерия", "request.hand_off"),
        ("смс", "message.write"),
        ("замещ", "team.absence"),
        ("позвонить", "call.take"),
        ("обади се", "call.take"),
    ],
)
def test_a_word_of_any_language_finds_its_action_in_either_layout(typed: str, wanted: str) -> None:
    assert _first(typed) == wanted
    assert _first(layout_variants(typed)[0]) == wanted


def test_a_word_that_nothing_begins_with_finds_nothing_that_leaves() -> None:
    for typed in ("export", "expo", "draft", "kept", "program kept"):
        assert "app.quit" not in [action.id for action in matching(typed, "window")], typed


def test_nothing_is_guessed_where_no_word_begins_so() -> None:
    for typed in ("лид", "обновить", "sql", "refresh", "vcard", "овить", "есто", "equest"):
        assert _first(typed) == "", typed
    assert "new.request" in [action.id for action in matching("nreq", "window")]


def test_leaving_is_never_the_first_hit_of_another_word() -> None:
    own = {fold(part) for words in synonyms("app.quit") for word in words for part in (word, *word.split())}
    own |= {"quit"}
    prefixes = {
        fold(word)[:length]
        for action in OFFERED
        if action.id != "app.quit"
        for name in (action.title, action.verb, *(w for words in synonyms(action.id) for w in words))
        for word in name.split()
        for length in range(3, len(fold(word)) + 1)
    }
    leave = actions.by_id("app.quit")
    fitting = [prefix for prefix in sorted(prefixes - own) if distance(leave, readings(prefix)) is not None]
    assert [prefix for prefix in fitting if _first(prefix) == "app.quit"] == []


def test_all_that_is_typed_of_a_title_keeps_its_action_in_sight() -> None:
    for action in OFFERED:
        assert action in matching(action.title, "window")[:30], action.id


async def test_an_action_of_another_screen_opens_that_screen(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("colon", *"отпуск", "enter")
        await pilot.pause()
        assert isinstance(app.screen, TeamScreen)
        assert "absence" in app.screen.hint_bar.said
