"""`onewindow feedback capture`: what a client said, in one line."""

from __future__ import annotations

import click

from onewindow.cli.editing.record_reading import current_invocation
from onewindow.cli.shell.printing import print_raw, tell
from onewindow.desk.requests.feedback_intake import FeedbackIntake, lines_of


def capture_command() -> click.Command:
    """`capture`: one line becomes a quote."""

    def capture(words: tuple[str, ...], *, dry_run: bool) -> None:
        session = current_invocation().session()
        intake = FeedbackIntake(session)
        read = intake.understand(" ".join(words))
        if dry_run or not read.problems:
            for label, text in lines_of(read):
                tell(f"{label}: {text}")
        if not dry_run:
            print_raw(str(intake.save(read).id))

    return click.Command(
        "capture",
        callback=capture,
        short_help="Write down what a client said, in one line.",
        help="Write down what a client said, in one line: the client, their words in «», and marks: #wish "
        "(or usage, remark, competitor, reaction) and #product, !0 to !3 importance, @who of the client "
        "said it, %competitor, v5.2 for a release, =feature or =1 for the first similar one. Several words "
        "after a mark stand in quotation marks, or with _ between. Its id is printed, what was understood "
        "beside.",
        epilog="\b\nExample:\n"
        "  onewindow feedback capture 'ромашка «выгрузка в 1С раз в месяц» #пожелание !3 @Ким'",
        params=[
            click.Argument(["words"], nargs=-1, required=True),
            click.Option(["--dry-run"], is_flag=True, help="Only say what is understood."),
        ],
    )
