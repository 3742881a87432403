"""Messages into a folder: mails as .eml, which any mail program opens, others as .txt."""

from __future__ import annotations

from pathlib import Path

from onewindow.exchange.messages.mail_text import mail_bytes
from onewindow.exchange.messages.outgoing import NoService, Outgoing, one_line
from onewindow.store.file.paths import MODE, mode_in, write_private


def send_into_folder(folder: Path, outgoing: Outgoing, *, is_mail: bool) -> str:
    """Write the message into the folder under its key and give back the path.

    A second time writes the same file again. It is whole on the disk when this returns. Raises NoService if
    the folder cannot be written, Refused for an address that is none.
    """
    if is_mail:
        content = mail_bytes(outgoing)
    else:
        content = f"{one_line(outgoing.recipient)}\n\n{outgoing.text}\n".encode()
    name = outgoing.key.partition("@")[0]
    target = folder / f"{name}{'.eml' if is_mail else '.txt'}"
    unfinished = target.with_suffix(".part")
    try:
        if not folder.exists():
            folder.mkdir(parents=True, mode=0o700)
            if mode_in(folder.parent) == MODE:
                folder.chmod(0o770)
        write_private(unfinished, content)
        unfinished.replace(target)
    except OSError as error:
        raise NoService(f"{target} cannot be written: {error.strerror}.") from error
    return str(target)
