"""Whether a request asks for one more user, by its words in Russian, Bulgarian and English."""

from __future__ import annotations

from onewindow.text.patterns import pattern

_NEAR = r"[^.!?;\n]{0,40}?"
_MORE = (
    r"\b(?:add(?:ing|itional)?|new|create|another|extra|more|добав\w*|созда\w*|завест\w*|завед\w*|завод\w*"
    r"|нов\w+|ещ[её]|подключ\w*|дополнительн\w*|създа\w*|допълнителн\w*|още)\b"
)
_USER = (
    r"\b(?:users?|seats?|accounts?|logins?|licen[cs]es?|employees?|colleagues?|пользовател\w*|сотрудни\w*"
    r"|уч[её]тн\w*|логин\w*|лиценз\w*|рабоч\w+\s+мест\w*|потребител\w*|служител\w*|колег\w*|акаунт\w*"
    r"|профил\w*|работн\w+\s+мест\w*)\b"
)
_ASKS = pattern(f"(?i){_MORE}{_NEAR}{_USER}")


def asks_for_user(text: str) -> bool:
    """Whether a text asks to add a user, a seat or an account: `добавить пользователя`, `2 more seats`."""
    return _ASKS.search(text) is not None
