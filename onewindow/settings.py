"""Reads and checks the user's settings file.

A mistake in the file never stops the program: it is reported with its line, and the default holds. Where
things lie is taken from an environment that the caller passes in.

What only some files or platforms need, and the table of actions, is loaded when it is asked for: every
command comes by here.

Longer than 400 lines: an option, its default and its check are read side by side.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, cast

from onewindow.records.structs import frozen_struct

_LARGEST = 256 * 1024
"""Bytes. Whatever is larger is not a settings file."""


@frozen_struct
class Problem:
    """One mistake in the settings file."""

    line: int
    """Line in the file, from 1; 0 is the file as a whole."""
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}" if self.line else self.message


@frozen_struct
class Settings:
    """What the user chose; every field has a default that works."""

    language: str = "auto"
    region: str = "RU"
    currency: str = "RUB"
    time_zone: str = "system"
    theme: str = "dark"
    ascii: bool = False
    mouse: bool = True
    keyboard: str = "auto"
    login: str | None = None
    database: Path | None = None
    backups: Path | None = None
    page_size: int = 200
    search_limit: int = 50
    stale_after_days: int = 180
    expiring_within_days: int = 60
    mail_by: str = "folder"
    mail_from: str | None = None
    smtp_host: str = "localhost"
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_user: str | None = None
    smtp_password_variable: str = "ONEWINDOW_SMTP_PASSWORD"  # noqa: S105  the name of a variable
    smtp_password_command: tuple[str, ...] = ()
    sms_command: tuple[str, ...] = ()
    messenger_command: tuple[str, ...] = ()
    outbox_folder: Path | None = None
    departments: tuple[str, ...] = ()
    quiet_from: str = "21:00"
    quiet_till: str = "08:00"
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Action id -> keys chosen instead of its own; checked, so it can be applied as it is."""


_Mistake = tuple[tuple[str, ...], str]
"""Path of the value in the file, and what is wrong with it."""
Check = Callable[[Any], object]
"""Gives back the value to keep, or raises ValueError with what was expected."""


@frozen_struct
class _Option:
    name: str
    check: Check
    comment: str


def _one_of(*choices: str) -> Check:
    def check(value: Any) -> str:
        if value in choices:
            return value
        raise ValueError(f"expected {_listed(choices)}{_meant(value, choices)}")

    return check


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("expected true or false, without quotes")


def _whole(low: int, high: int) -> Check:
    def check(value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        raise ValueError(f"expected a whole number from {low} to {high}")

    return check


def _code(letters: int, example: str) -> Check:
    def check(value: Any) -> str:
        if isinstance(value, str) and re.fullmatch(f"[A-Za-z]{{{letters}}}", value):
            return value.upper()
        raise ValueError(f'expected {letters} letters, for example "{example}"')

    return check


def _text(value: Any) -> str | None:
    if isinstance(value, str) and value.isprintable():
        return value.strip() or None
    raise ValueError("expected one line of text in quotes")


def _words(value: Any) -> tuple[str, ...]:
    """The words of a command; [] for none."""
    if isinstance(value, list):
        words = cast("list[object]", value)
        if all(isinstance(word, str) and "\x00" not in word for word in words) and "" not in words[:1]:
            return tuple(str(word) for word in words)
    raise ValueError('expected a command as a list of words, ["send-sms", "{recipient}"]')


def _names(value: Any) -> tuple[str, ...]:
    """Names, each once; [] for none."""
    if isinstance(value, list):
        names = cast("list[object]", value)
        if all(isinstance(name, str) and name.isprintable() and name.strip() for name in names):
            return tuple(dict.fromkeys(str(name).strip() for name in names))
    raise ValueError('expected names in quotes, ["склад", "разработка"]')


def _clock(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return value
    raise ValueError('expected a time of day, "21:00"')


def _variable(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z_]\w*", value, re.ASCII):
        return value
    raise ValueError('expected the name of an environment variable, "ONEWINDOW_SMTP_PASSWORD"')


def _mail(value: Any) -> str | None:
    text = _text(value)
    if text is None or re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", text):
        return text
    raise ValueError('expected a mail address, "service@firm.example"')


def _host(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"[\w.:-]+", value):
        return value
    raise ValueError('expected the name of a server, "mail.firm.example"')


def _file(value: Any) -> Path | None:
    named = _text(value)
    return _home(named) if named else None


def _home(named: str) -> Path:
    """The path with `~` replaced; as it is written if there is no such person."""
    try:
        return Path(named).expanduser()
    except RuntimeError:
        return Path(named)


def _zone(value: Any) -> str:
    if isinstance(value, str) and value.startswith("Etc/GMT") and value[7:8] in ("+", "-"):
        raise ValueError(
            'expected a place like "Europe/Moscow": the sign of Etc/GMT zones means the opposite'
        )
    if isinstance(value, str) and (value == "system" or is_zone(value)):
        return value
    from zoneinfo import available_timezones

    raise ValueError(
        f'expected "system" or a zone like "Europe/Moscow"{_meant(value, available_timezones())}'
    )


def is_zone(name: str) -> bool:
    """Whether there are rules for that zone; asks for one file, as listing all costs a walk over the disk."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


_OPTIONS = (
    _Option(
        "language",
        _one_of("auto", "en", "ru", "bg"),
        "Your language, for reading keys: auto (that of the system), en, ru or bg; texts are English.",
    ),
    _Option("region", _code(2, "RU"), "Country of phone numbers written without a country code."),
    _Option("currency", _code(3, "RUB"), "Currency of amounts written without one."),
    _Option("time_zone", _zone, "Time zone in which times are shown: system, or a name like Europe/Moscow."),
    _Option(
        "theme",
        _one_of("dark", "light", "high-contrast", "terminal"),
        "Colours: dark, light, high-contrast, or terminal (the 16 colours of the terminal itself).",
    ),
    _Option("ascii", _flag, "Draw borders and charts with plain ASCII characters."),
    _Option("mouse", _flag, "Listen to the mouse; false leaves selecting text to the terminal."),
    _Option(
        "keyboard",
        _one_of("auto", "ru", "bg-bds", "bg-phonetic", "bg-bas"),
        "Layout in which keys work as if typed in Latin; auto goes by the language.",
    ),
    _Option("login", _text, "Who you are; empty: the name of the system account."),
    _Option(
        "database", _file, "File of the data, relative to this file; empty: the data folder of the system."
    ),
    _Option(
        "backups",
        _file,
        "Folder of the backups, relative to this file; empty: the folder backups beside the data.",
    ),
    _Option("page_size", _whole(20, 2000), "Rows read from the database at once."),
    _Option("search_limit", _whole(5, 500), "Clients shown by a search."),
    _Option(
        "stale_after_days",
        _whole(1, 3650),
        "Days without a touch and without an edit after which a card counts as stale.",
    ),
    _Option(
        "expiring_within_days",
        _whole(1, 3650),
        "Days before its end at which a document is shown as expiring.",
    ),
    _Option("mail_by", _one_of("folder", "smtp"), "How mail goes out: into a folder as .eml, or smtp."),
    _Option("mail_from", _mail, "Sender of mail; empty: the address of the colleague who wrote it."),
    _Option("smtp_host", _host, "Mail server."),
    _Option("smtp_port", _whole(1, 65535), "Its port: 587 with starttls, 465 with ssl."),
    _Option("smtp_security", _one_of("starttls", "ssl", "none"), "How the way to the server is encrypted."),
    _Option("smtp_user", _text, "User at the mail server; empty: it asks for none."),
    _Option(
        "smtp_password_variable",
        _variable,
        "Environment variable with the password; the password itself never stands in this file.",
    ),
    _Option(
        "smtp_password_command",
        _words,
        "Command whose first line is the password, as a list of words; it comes before the variable.",
    ),
    _Option(
        "sms_command",
        _words,
        'Command that sends an SMS, as a list of words: ["send-sms", "{recipient}"]; the text is its input.'
        " [] writes a file.",
    ),
    _Option("messenger_command", _words, "The same for messengers."),
    _Option(
        "outbox_folder",
        _file,
        "Folder for messages that go out as files; empty: the folder outbox beside the data.",
    ),
    _Option("quiet_from", _clock, "From this time on, at the client's, messages wait for the morning."),
    _Option(
        "departments",
        _names,
        'Departments to which parts of requests go, ["склад", "разработка"]; those in use are known anyway.',
    ),
    _Option("quiet_till", _clock, "Until this time, at the client's, messages wait."),
)
_BY_NAME = {option.name: option for option in _OPTIONS}


def settings_path(environ: Mapping[str, str]) -> Path:
    """The settings file: ONEWINDOW_CONFIG, or settings.toml in the configuration folder of the platform."""
    if named := environ.get("ONEWINDOW_CONFIG"):
        return _home(named)
    if sys.platform == "linux":
        # Every command comes by here, and asking the library costs as much as reading a client.
        named = environ.get("XDG_CONFIG_HOME", "")
        folder = Path(named) if named.startswith("/") else Path.home() / ".config"
        return folder / "onewindow" / "settings.toml"
    from platformdirs import user_config_path

    return user_config_path("onewindow", appauthor=False) / "settings.toml"


def default_database() -> Path:
    """The file of the data if nobody names another: onewindow.db in the data folder of the platform."""
    from platformdirs import user_data_path

    return user_data_path("onewindow", appauthor=False) / "onewindow.db"


def from_environment(environ: Mapping[str, str]) -> tuple[Settings, list[Problem]]:
    """The user's settings with ONEWINDOW_DB and ONEWINDOW_USER over them, and the mistakes in the file."""
    settings, problems = load(settings_path(environ))
    if database := environ.get("ONEWINDOW_DB"):
        settings = replace(settings, database=_home(database))
    if login := environ.get("ONEWINDOW_USER"):
        settings = replace(settings, login=login)
    return settings, problems


def load(path: Path) -> tuple[Settings, list[Problem]]:
    """The settings in that file and its mistakes in the order of lines; a missing file is all defaults."""
    try:
        text = _read(path)
    except FileNotFoundError:
        return Settings(), []
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Settings(), [Problem(line, "the file is not UTF-8; defaults are used")]
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return Settings(), [Problem(0, f"{path} cannot be read: {reason}; defaults are used")]
    import tomllib

    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Settings(), [_syntax_problem(text, str(error))]
    settings, mistakes = _checked(content, path.parent)
    if not mistakes:
        return settings, []
    from onewindow.toml_lines import line_of, lines_of

    try:
        lines = lines_of(text)
    except RecursionError:  # a name of thousands of parts parses, and nothing else can walk through it
        lines = {}
    problems = [Problem(line_of(place, lines), message) for place, message in mistakes]
    return settings, sorted(problems, key=lambda problem: problem.line)


def language_of(settings: Settings, environ: Mapping[str, str]) -> str:
    """The language to speak, "en", "ru" or "bg": the chosen one, else that of the locale, else English."""
    if settings.language != "auto":
        return settings.language
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return locale[:2].lower() if locale[:2].lower() in ("ru", "bg") else "en"


def zone_of(settings: Settings, environ: Mapping[str, str]) -> str:
    """The name of the time zone to show times in: the chosen one, else that of the system, else "UTC"."""
    if settings.time_zone != "system":
        return settings.time_zone
    linked = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    named = environ.get("TZ", "").removeprefix(":")
    return next((name for name in (named, linked) if is_zone(name)), "UTC")


def template() -> str:
    """A settings file in which every line is commented out and says what holds without it."""
    from onewindow import actions, keyboard

    defaults = Settings()
    lines = ["# Settings of One Window. Remove the # in front of a line to change what it says.", ""]
    for option in _OPTIONS:
        lines += [f"# {option.comment}", f"# {option.name} = {_toml(getattr(defaults, option.name))}", ""]
    lines += ["# Keys: one, or several as a list; [] takes the keys away.", "[keys]"]
    for action in actions.ACTIONS:
        if action.keys:
            labels = [keyboard.key_label(key) for key in action.keys]
            lines += [f"# {action.help}", f"# {action.id} = {_toml(labels)}"]
    return "\n".join(lines) + "\n"


def _read(path: Path) -> str:
    from onewindow.ordinary_file import is_endless  # most have no settings file, and start without

    if is_endless(path):
        raise ValueError("it is no ordinary file")
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST // 1024} KB")
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def _checked(content: Mapping[str, Any], folder: Path) -> tuple[Settings, list[_Mistake]]:
    mistakes: list[_Mistake] = []
    values: dict[str, Any] = {}
    for name, value in content.items():
        if name == "keys":
            continue
        option = _BY_NAME.get(name)
        if option is None:
            mistakes.append(((name,), f"unknown setting '{name}'{_meant(name, (*_BY_NAME, 'keys'))}"))
            continue
        try:
            values[name] = option.check(value)
        except ValueError as error:
            mistakes.append(((name,), f"{name}: {error}"))
    for name in ("database", "backups", "outbox_folder"):
        if values.get(name):
            values[name] = folder / values[name]
    values["keys"] = _rebound(content.get("keys", {}), mistakes)
    return Settings(**values), mistakes


def _rebound(table: Any, mistakes: list[_Mistake]) -> dict[str, tuple[str, ...]]:
    """The user's keys that can be applied; adds what is wrong with the others to `mistakes`."""
    from onewindow import keyboard

    if not isinstance(table, dict):
        mistakes.append((("keys",), "keys: expected a table, [keys]"))
        return {}
    chosen: dict[str, tuple[str, ...]] = {}
    places: dict[str, tuple[str, ...]] = {}
    for place, value in _leaves(cast("dict[str, Any]", table)):
        name = ".".join(place)
        if name in places:
            mistakes.append((("keys", *place), f"{name}: it is set twice"))
            continue
        places[name] = ("keys", *place)
        try:
            chosen[name] = _action_keys(name, value)
        except ValueError as error:
            mistakes.append((places[name], str(error)))
    while clash := _clash(chosen):
        name, key, other = clash
        mistakes.append((places[name], f"{name}: {keyboard.key_label(key)} is already the key of {other}"))
        del chosen[name]
    return chosen


def _action_keys(name: str, value: Any) -> tuple[str, ...]:
    from onewindow import actions, keyboard

    known = {action.id: action for action in actions.ACTIONS}
    if name not in known:
        raise ValueError(f"unknown action '{name}'{_meant(name, known)}")
    written = cast("list[Any]", value) if isinstance(value, list) else [value]
    if not all(isinstance(key, str) for key in written):
        raise ValueError(f'{name}: expected a key in quotes, "n", or a list of them')
    try:
        keys = tuple(dict.fromkeys(keyboard.key_name(key) for key in written))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
    typed = [key for key in keys if keyboard.types_text(key)]
    if typed and actions.is_typing(known[name].scope):
        raise ValueError(
            f"{name}: {keyboard.key_label(typed[0])} is text there; choose ctrl+… or a function key"
        )
    return keys


def _clash(chosen: dict[str, tuple[str, ...]]) -> tuple[str, str, str] | None:
    """The last chosen action that shares a key with one reachable from the same place: id, key, other id."""
    from onewindow import actions

    for name in reversed(chosen):
        mine = actions.by_id(name)
        for other in actions.ACTIONS:
            if other.id == name or not actions.overlap(mine, other):
                continue
            theirs = actions.keys_of(other, chosen)
            for key in chosen[name]:
                if key in theirs:
                    return name, key, other.id
    return None


def _leaves(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value of nested tables: `go.find = "x"` and `"go.find" = "x"` mean the same here."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(cast("dict[str, Any]", value), (*above, name))
        else:
            yield (*above, name), value


def _syntax_problem(text: str, message: str) -> Problem:
    match = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(match[1]) if match else text.rstrip().count("\n") + 1
    sentence = re.sub(r" *\(at [^()]*\)$", "", message)
    return Problem(line, f"not valid TOML: {sentence}; defaults are used")


def _meant(written: object, known: Collection[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(str(written), list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def _listed(choices: Iterable[str]) -> str:
    return ", ".join(f'"{choice}"' for choice in choices)


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        value = list(cast("tuple[object, ...]", value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in cast("list[object]", value)) + "]"
    escaped = str(value or "").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
