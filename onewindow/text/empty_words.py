"""Words that stand in a cell for nothing: what programs and people write where there is nothing to write."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ERRORS = _words(
    """
    #n/a #na #ref! #div/0! #value! #name? #num! #null! #spill! #calc! #field! #getting_data #blocked!
    #unknown! #connect! #busy! #python! #n/d #н/д #ссылка! #дел/0! #знач! #имя? #число! #пусто! #перенос!
    #вычисл! #поле! #сслыка! #препр! #ст-ст! #име? #чис! #err! #error! #error #ошибка! #арг!
    err:502 err:504 err:508 err:509 err:511 err:512 err:519 err:520 err:522 err:523
    """
)
"""The errors of spreadsheets, in small letters."""
NULLS = frozenset(
    ("null", "<null>", "(null)", "[null]", "{null}", r"\n", "n/a", "n\\a", "<n/a>", "nan", "<na>", "n.a.",
     "undefined", "(blank)", "(пусто)", "(blanks)", "nat", "<none>", "#null", "n/д")
)  # fmt: skip
"""What programs write for nothing, in small letters."""
_ANYWHERE = (ERRORS | NULLS | _words("nil (none) б/н <неопределено> <нет>")) - {"nat"} | {
    *("(не указано)", "<не указано>", "<пустая ссылка>", "<пустое значение>"),
}
_NOBODY = _words(
    """
    none no нет не няма без empty blank missing unknown нема неизвестно неизвестный неизвестен test тест
    отсутствует отсутствуют отсутства пусто празно na nd нд xxx ххх tbd todo anonymous аноним unset default
    """
) | {
    *("не указан", "не указано", "не указана", "не задано", "нет данных", "без номера", "не известно"),
    *("not set", "not specified", "not available", "not provided", "no phone", "no email", "no e-mail"),
    *("no tax id", "не е посочен", "не е посочено", "нет телефона", "нет почты", "нет инн", "без инн"),
    *("not applicable", "не применимо", "неприложимо", "no data", "нет номера", "не определено"),
}
_IDENTIFYING = _words(
    """
    id external_id tax_id vat_id kpp ogrn phone phone_2 email email_2 iban account corr_account bik swift
    serial messenger number website
    """
)
_EASY = _words("123456789 1234567890 12345678901 123456789012 0123456789 9876543210")
_PHONE_END, _LEAST_SAME = 7, 4
_LONGEST_WORD, _FEW_FIGURES = 9, 3
_USUAL_NUMBER = re.compile(r"\+?[0-9][0-9 ()-]+")
_BARE = re.compile(r"[\W_]+")
_NO_MAIL = _words("none no nomail noemail noname null na nobody undefined unknown empty нет")
_MAY_BE_NO_MAIL = _NO_MAIL | _words("n nil email mail test example user username name xxx asdf a aa aaa")
_NO_HOST = _words("none no null na nil n example test localhost invalid nomail noemail mail email a")
_SHARED = _words(
    """
    info office mail post sales support help helpdesk service contact contacts hello admin administrator
    webmaster postmaster hostmaster noreply no-reply donotreply do-not-reply accounting accounts billing
    invoice invoices finance hr job jobs career zakaz order orders shop store team reception secretary buh
    buhgalteria kadry sklad client clients customer customers marketing pr press director zakupki tender
    tenders abuse security root all staff company firma priemnaya sekretar kontakt kontakti
    """
)


@lru_cache(maxsize=4096)
def is_filler(text: str) -> bool:
    """Whether a cell of any field says only that there is nothing: `-`, `NULL`, `#N/A`, `#ССЫЛКА!`."""
    plain = _plain(text)
    return plain in _ANYWHERE or not any(map(_says_something, plain))


def _says_something(sign: str) -> bool:
    """Whether a character is a letter, a figure or a picture: somebody who sends 👍 says something."""
    return sign.isalnum() or unicodedata.category(sign) == "So"


def identifies(field: str, text: str) -> bool:
    """Whether a cell can tell who or what a row means: no filler, no row of zeros, no made-up number.

    Fields that identify nobody anyway (a city, a note) say False only for what `is_filler` says.
    """
    if _is_surely_somebody(field, text):
        return True
    plain = _plain(text)
    if not plain or is_filler(plain):
        return False
    if field.rpartition(".")[2] not in _IDENTIFYING:
        return True
    if plain in _NOBODY:
        return False
    if "@" in plain:
        return not _is_no_mail(plain)
    bare = _BARE.sub("", plain)
    return bool(bare.strip("0")) and not _is_made_up(field.rpartition(".")[2], bare)


def can_identify(field: str) -> bool:
    """Whether cells of a field can tell who or what a row means."""
    return field.rpartition(".")[2] in _IDENTIFYING


def _is_surely_somebody(field: str, text: str) -> bool:
    """Whether a look says already that a cell is no filler, as of nearly all cells of a large file."""
    if text[:1].isalnum() and len(text) > _LONGEST_WORD and field.rpartition(".")[2] not in _IDENTIFYING:
        return True
    if text.isdecimal():
        return len(text) > _LONGEST_WORD and len(set(text)) > _FEW_FIGURES and text not in _EASY
    if len(text) > _LONGEST_WORD and _USUAL_NUMBER.fullmatch(text):
        figures = _BARE.sub("", text)
        many = len(figures) > _LONGEST_WORD and len(set(figures[-_PHONE_END:])) > 1
        return many and len(set(figures)) > _FEW_FIGURES and figures not in _EASY
    name, at, host = text.partition("@")
    return bool(at and host) and name.isascii() and name.isalnum() and name.casefold() not in _MAY_BE_NO_MAIL


def is_shared_mailbox(address: str) -> bool:
    """Whether many people read a mailbox (info@, sales@), so that it tells nobody apart."""
    name = address.strip().casefold().partition("@")[0]
    return re.sub(r"[\d._-]+$", "", name.partition("+")[0]) in _SHARED


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").split()).strip("'\"` ")


def _is_no_mail(address: str) -> bool:
    name, _, host = address.partition("@")
    first = host.split(".")[0]
    return not name or not host or name in _NO_MAIL or (name in _MAY_BE_NO_MAIL and first in _NO_HOST)


def _is_made_up(field: str, bare: str) -> bool:
    if field in ("phone", "phone_2"):
        digits = "".join(filter(str.isdecimal, bare))
        same = len(digits) >= _PHONE_END and len(set(digits[-_PHONE_END:])) == 1
        return same or digits in _EASY
    if field in ("external_id", "id", "number", "serial"):
        return False  # 7777 may be somebody's number there
    return bare in _EASY or (len(bare) >= _LEAST_SAME and len(set(bare)) == 1)
