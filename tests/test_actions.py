"""The table of actions keeps its own rules, and what is made from it is complete."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from itertools import combinations

import pytest

from onewindow import actions
from onewindow.actions import ACTIONS, SCOPES, Action
from onewindow.keyboard import key_name
from onewindow.records.kinds import KINDS


def test_ids_are_unique_and_found() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert all(actions.by_id(action.id) is action for action in ACTIONS)
    with pytest.raises(KeyError):
        actions.by_id("no.such")


def test_every_entry_is_complete() -> None:
    for action in ACTIONS:
        assert action.scope in SCOPES, action.id
        assert action.verb, action.id
        assert action.help.endswith("."), action.id
        assert action.help[0].isupper(), action.id
        assert len(action.verb) <= 16, action.id


def test_titles_tell_actions_apart_in_the_palette() -> None:
    window = [action.title for action in actions.for_scope("window")]
    assert len(set(window)) == len(window)


def test_keys_are_names_that_the_toolkit_uses() -> None:
    for action in ACTIONS:
        assert [key_name(key) for key in action.keys] == list(action.keys), action.id


def test_no_key_means_two_things_in_one_place() -> None:
    for first, second in combinations(ACTIONS, 2):
        if actions.overlap(first, second):
            assert not set(first.keys) & set(second.keys), (first.id, second.id)


def test_the_same_letter_is_the_same_verb_everywhere() -> None:
    verbs: defaultdict[str, set[str]] = defaultdict(set)
    for action in ACTIONS:
        for key in action.keys:
            if len(key) == 1 and not actions.is_box(action.scope):
                verbs[key].add(action.verb)
    # Three letters have another sense with requests: they come many times a day, and none else is as near.
    twofold = {"m": {"acknowledge", "take"}, "t": {"tag", "date"}, "z": {"put off", "wait"}}
    assert {key: found for key, found in verbs.items() if len(found) > 1} == twofold


@pytest.mark.parametrize(
    ("key", "action_id"),
    [
        ("slash", "go.find"),
        ("1", "go.requests"),
        ("6", "go.timeline"),
        ("0", "go.card"),
        ("n", "record.new"),
        ("enter", "record.open"),
        ("e", "record.edit"),
        ("u", "edit.undo"),
        ("y", "record.copy"),
        ("w", "record.why"),
        ("question_mark", "app.help"),
        ("colon", "app.palette"),
        ("ctrl+p", "app.palette"),
        ("escape", "app.back"),
        ("comma", "app.help"),
        ("full_stop", "go.find"),
    ],
)
def test_the_promised_keys_work_in_every_panel(key: str, action_id: str) -> None:
    for scope in SCOPES:
        if "window" in actions.chain(scope):
            assert [action.id for action in actions.for_scope(scope) if key in action.keys] == [action_id]


def test_letters_stay_text_where_one_types() -> None:
    for scope in ("form", "finder"):
        assert actions.is_typing(scope)
        assert {action.scope for action in actions.for_scope(scope)} == {scope, "global"}
    assert not actions.is_typing("requests")


def test_a_box_over_the_window_keeps_the_windows_keys_out() -> None:
    for scope in ("reader", "drafts", "conflict"):
        assert actions.is_box(scope)
        assert {action.scope for action in actions.for_scope(scope)} == {scope, "rows", "global"}
        assert "app.back" in [action.id for action in actions.for_scope(scope)]


def test_hints_where_one_types_name_no_letter() -> None:
    shown = {hint.actions[0].id: hint.label for hint in actions.hints("form")}
    assert shown["app.help"] == "f1"
    assert shown["app.palette"] == "ctrl+p"
    assert shown["form.save"] == "ctrl+s"


def test_own_actions_come_first() -> None:
    scopes = [action.scope for action in actions.for_scope("promises")]
    assert scopes == sorted(scopes, key=["promises", "window", "rows", "global"].index)
    with pytest.raises(KeyError):
        actions.for_scope("nowhere")


def test_siblings_may_share_a_key_but_not_with_what_is_around_them() -> None:
    window, of_list, of_card = (actions.by_id(name) for name in ("record.new", "list.sort", "card.fill"))
    assert not actions.overlap(of_list, of_card)
    assert actions.overlap(of_list, window)
    assert actions.overlap(window, of_card)
    assert not actions.overlap(actions.by_id("form.save"), window)
    assert actions.overlap(actions.by_id("form.save"), actions.by_id("app.help"))


def test_every_kind_of_record_has_its_commands() -> None:
    for kind in KINDS.values():
        assert actions.by_id(f"all.{kind.name}").keys == ()
        assert any(action.id == f"new.{kind.name}" for action in ACTIONS) == kind.typed


def test_the_hint_bar_is_in_order_and_joins_the_panels() -> None:
    shown = [(hint.label, hint.verb) for hint in actions.hints("requests")]
    assert shown[:3] == [("n", "new"), ("enter", "open"), ("r", "reply")]
    assert ("1-6", "panel") in shown
    assert shown[-2:] == [(":", "command"), ("?", "help")]
    assert ("m", "acknowledge") not in shown
    assert ("m", "acknowledge") in [(hint.label, hint.verb) for hint in actions.hints("promises")]


def test_hints_show_the_users_keys() -> None:
    rebound = {"record.new": ("insert",), "record.edit": (), "go.documents": ("ctrl+d",)}
    shown = [(hint.label, hint.verb) for hint in actions.hints("window", rebound)]
    assert shown[0] == ("insert", "new")
    assert "edit" not in [verb for _, verb in shown]
    assert ("ctrl+d", "documents") in shown
    assert ("1", "requests") in shown


def test_keys_of_prefers_the_users_choice() -> None:
    action = Action("a.b", ("x",), "do", "window", "Do.", "test")
    assert actions.keys_of(action) == ("x",)
    assert actions.keys_of(action, {"a.b": ("z",)}) == ("z",)
    assert actions.keys_of(action, {"c.d": ("z",)}) == ("x",)


def test_the_readme_table_names_every_key() -> None:
    text = actions.keys_markdown()
    for action in ACTIONS:
        assert (f"| {action.help} |" in text) == bool(action.keys), action.id
    assert "### Promises\n\n| key | does |\n|---|---|\n| `m` |" in text
    assert "| `?` `f1` `,` |" in text


def test_loading_the_table_loads_no_toolkit() -> None:
    code = (
        "import sys, onewindow.settings, onewindow.actions;"
        "print([name for name in ('textual', 'rich', 'platformdirs', 'tomllib', 'zoneinfo', 'difflib')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
