"""Short messages by a command of the user: the recipient among its words, the text on its input, no shell."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from onewindow.exchange.messages.outgoing import NoService, Outgoing, Refused, TryLater, Unclear, one_line

_TIMEOUT_SECONDS = 60
_TEMPORARY_FAILURE = 75
"""EX_TEMPFAIL of sysexits.h: the same may work later."""


def send_by_command(words: Sequence[str], outgoing: Outgoing, timeout: float = _TIMEOUT_SECONDS) -> str:
    """Run the command with `{recipient}` and `{key}` put into its words, and give back its first line.

    Exit code 0 means sent, 75 not now, any other refused. Raises NoService if there is no such command,
    Refused, TryLater, and Unclear if it was still running after `timeout` seconds or was killed.
    """
    if outgoing.recipient.startswith("-"):
        raise Refused(f"“{one_line(outgoing.recipient)}” would be read as an option of the command.")
    filled = [
        word.replace("{recipient}", outgoing.recipient).replace("{key}", outgoing.key) for word in words
    ]
    try:
        done = subprocess.run(  # noqa: S603  the user's own command, word by word
            filled, input=outgoing.text.encode(), capture_output=True, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unclear(f"{filled[0]} did not end within {timeout:g} seconds.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NoService(f"{filled[0]} cannot be run: {reason}.") from error
    said = _first_line(done.stdout)
    complaint = _first_line(done.stderr) or said or f"it ended with {done.returncode}"
    if done.returncode == 0:
        return said
    if done.returncode == _TEMPORARY_FAILURE:
        raise TryLater(f"{filled[0]}: {complaint}")
    if done.returncode < 0:
        raise Unclear(f"{filled[0]} was stopped by signal {-done.returncode}.")
    raise Refused(f"{filled[0]}: {complaint}")


def _first_line(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return one_line(lines[0])[:500] if lines else ""
