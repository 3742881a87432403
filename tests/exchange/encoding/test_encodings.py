"""Which encoding a file is in: told by its letters, said in the notes, or refused with how to say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.exchange.encoding.detection import decode_text, open_text
from onewindow.exchange.encoding.twice_encoded import twice_through
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import ReadAs
from onewindow.exchange.tables.opening import read_rows

RUSSIAN = "Название;Город\nООО Ромашка;Казань\nИП Щукин Юрий;Уфа\n"
SHORT = "name;city\nВектор;Тула\n"
CAPITALS = "ИМЯ;ГОРОД\nЗАВОД МЕТИЗОВ;ПЕРМЬ\n"
BULGARIAN = "Име;Град\nЖеков и синове ООД;Търговище\nЩерев;Ямбол\n"
TEXTS = (RUSSIAN, SHORT, CAPITALS, BULGARIAN)
_TO_MIK = bytes.maketrans(bytes(range(0xE0, 0xF0)), bytes(range(0xB0, 0xC0)))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("cp1251", "Windows-1251"),
        ("cp866", "CP866 (DOS)"),
        ("koi8_r", "KOI8-R"),
        ("mac_cyrillic", "Mac Cyrillic"),
        ("iso8859_5", "ISO 8859-5"),
    ],
)
def test_code_pages_are_told_by_letters_even_of_short_files(text: str, codec: str, label: str) -> None:
    found = open_text(text.encode(codec), "a.csv")
    if (text, codec) == (CAPITALS, "mac_cyrillic"):
        label = "CP866 (DOS)"  # whose capitals are the same bytes
    assert (found.whole(), found.encoding.label) == (text, label)
    notes = read_rows(text.encode(codec), "a.csv").notes
    assert notes.sentences() == [f"Read as {label}, judged by its letters; --encoding names another."]


def test_bulgarian_dos_has_a_page_of_its_own() -> None:
    found = open_text(BULGARIAN.encode("cp866").translate(_TO_MIK), "a.csv")
    assert (found.whole(), found.encoding.label) == (BULGARIAN, "MIK (Bulgarian DOS)")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
def test_unicode_is_known_with_and_without_a_mark(text: str, codec: str) -> None:
    assert decode_text(text.encode(codec), "a.csv") == text


@pytest.mark.parametrize("page", ["cp1251", "cp1252"])
def test_text_encoded_twice_is_read_back(page: str) -> None:
    def sign(byte: int) -> str:
        return bytes([byte]).decode(page, errors="ignore") or chr(byte)

    twice = "".join(map(sign, RUSSIAN.encode())).encode()
    found = open_text(twice, "a.csv")
    assert found.whole() == RUSSIAN
    assert found.encoding.label.startswith("UTF-8 saved twice (once as Windows-")


def test_letters_lost_in_a_second_encoding_are_refused_with_the_row() -> None:
    twice = "Название\nРомашка\nИрис\n".encode().decode("cp1251", errors="replace").encode()
    with pytest.raises(FileProblem, match=r"row 3: its text was encoded twice, and letters were lost"):
        decode_text(twice, "a.csv")


def test_plain_text_with_signs_is_not_taken_for_twice_encoded() -> None:
    for text in ("ГОСТ Р 50779;§ 5\n", "name;note\nÅse;â„¢ marks\nVéra;é\n", "Река С°;Р\n"):
        assert decode_text(text.encode(), "a.csv") == text


@pytest.mark.parametrize(
    ("text", "codec"), [("顧客名簿;東京都\n株式会社\n", "shift_jis"), ("客户名称;北京\n有限公司\n", "gbk")]
)
def test_what_fits_no_encoding_is_refused_with_how_to_say_it(text: str, codec: str) -> None:
    with pytest.raises(FileProblem, match=r"its encoding cannot be told.*--encoding"):
        read_rows(text.encode(codec), "a.csv")
    table = read_rows(text.encode(codec), "a.csv", ReadAs(encoding=codec))
    assert [list(row.values.values()) for row in table.rows] == [[text.splitlines()[1], ""]]


@pytest.mark.parametrize("said", ["cp866", "CP866", "dos", "866", "ibm866"])
def test_an_encoding_is_said_as_people_say_it(said: str) -> None:
    found = open_text("Ф\n".encode("cp866"), "a.csv", said)
    assert (found.whole(), found.encoding.label) == ("Ф\n", "CP866 (DOS)")


def test_an_encoding_that_is_none_or_does_not_fit_is_refused() -> None:
    with pytest.raises(FileProblem, match="there is no encoding “klingon”; name one of utf-8"):
        open_text(b"a", "a.csv", "klingon")
    with pytest.raises(FileProblem, match="row 2: it is not UTF-8 from here on"):
        open_text(b"name\n\xc0\xc1\n", "a.csv", "utf-8")
    with pytest.raises(FileProblem, match="there is no encoding"):
        open_text(b"a", "a.csv", "base64")


def test_halves_of_letters_that_a_database_wrote_are_made_whole() -> None:
    assert decode_text(b"name\n\xed\xa0\xbd\xed\xb8\x80\xed\xa0\xbd\n", "a.csv") == "name\n\U0001f600\ufffd\n"


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0\x1a", exclude_categories=["Cc"]), min_size=1)
)
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    if text.strip("\ufeff \n"):
        data = f"name\n{text}".encode("utf-8-sig")
        assert decode_text(data, "a.csv") == f"name\n{text}"


@pytest.mark.parametrize(("strange", "is_twice"), [(0, True), (1, True), (2, False)])
def test_a_tenth_of_the_letters_that_come_back_may_be_strange(strange: int, is_twice: bool) -> None:
    once = "ж" * (10 - strange) + "☃" * strange + ";name"
    twice = "".join(bytes([byte]).decode("cp1251", errors="ignore") or chr(byte) for byte in once.encode())
    assert twice_through(twice) == ("cp1251" if is_twice else "")
