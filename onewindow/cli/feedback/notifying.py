"""`onewindow feedback draft`, `tell`, `react` and `decline`: what became of a wish reaches the client."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_naming import named_record, of_client_option
from onewindow.cli.editing.record_reading import current_invocation
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.printing import print_raw, tell
from onewindow.desk.announcements import feature_messages
from onewindow.desk.feedback import notifying
from onewindow.records.feedback import Feedback
from onewindow.records.kinds import KINDS

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session

_KIND = KINDS["feedback"]


def draft_command() -> click.Command:
    """`draft`: a message of what became of a wish."""

    def draft(feedback: str, of_client: str | None) -> None:
        session = current_invocation().session()
        message = feature_messages.draft(session, _named(session, feedback, of_client))
        print_raw(str(message.id))
        tell(
            f"Draft to {message.recipient or 'nobody yet'}; `onewindow message queue {message.id}` sends it."
        )
        tell(message.text)

    return click.Command(
        "draft",
        callback=draft,
        short_help="Draft the message that tells the client what became of a wish.",
        help="Draft the message that tells the client what became of the feature that they asked for, in the "
        "language of who asked. It waits in the outbox; its id is printed, its text beside.",
        epilog="\b\nExample:\n  onewindow feedback draft 2041",
        params=[_argument(), *of_client_option(_KIND)],
    )


def tell_command() -> click.Command:
    """`tell`: the client was told."""

    def told(feedback: str, of_client: str | None) -> None:
        session = current_invocation().session()
        quote = notifying.notify(session, _named(session, feedback, of_client))
        print_raw(str(quote.id))

    return click.Command(
        "tell",
        callback=told,
        short_help="Note that the client was told what became of a wish.",
        help="Note that the client was told what became of a wish, for all their quotes on that feature.",
        epilog="\b\nExample:\n  onewindow feedback tell 2041",
        params=[_argument(), *of_client_option(_KIND)],
    )


def react_command() -> click.Command:
    """`react`: how the client took it."""
    return _with_words(
        "react",
        "Note how the client took what became of a wish; that counts as told.",
        notifying.react,
        '"they will tell it at the conference"',
    )


def decline_command() -> click.Command:
    """`decline`: the client is not to hear of it."""
    return _with_words(
        "decline",
        "Leave the client untold of a wish for good, with the reason.",
        notifying.decline,
        '"they bought another program"',
    )


def _with_words(
    verb: str, text: str, work: Callable[[Session, Feedback, str], Feedback], words: str
) -> click.Command:
    def done(feedback: str, of_client: str | None, said: tuple[str, ...]) -> None:
        session = current_invocation().session()
        print_raw(str(work(session, _named(session, feedback, of_client), " ".join(said)).id))

    return click.Command(
        verb,
        callback=done,
        short_help=text,
        help=text,
        epilog=f"\b\nExample:\n  onewindow feedback {verb} 2041 {words}",
        params=[
            _argument(),
            click.Argument(["said"], metavar="WORDS", nargs=-1, required=True),
            *of_client_option(_KIND),
        ],
    )


def _argument() -> click.Argument:
    return click.Argument(["feedback"], metavar="ID_OR_QUOTE", shell_complete=complete_record("feedback"))


def _named(session: Session, word: str, of_client: str | None) -> Feedback:
    record = named_record(session, _KIND, word, of_client)
    assert isinstance(record, Feedback)  # noqa: S101  the kind says so
    return record
