"""Replies to surveys as texts: filled in, quoted, quoted empty below, several in one file."""

from __future__ import annotations

from onewindow.exchange.surveys.reply_text import Reply, replies_in, reply_block
from onewindow.records.survey_questions import Question

QUESTIONS = (
    Question(1, "Порекомендуете?", "nps", 0, 10, "higher_is_better"),
    Question(2, "Почему мы?", "words", 0, 0, "higher_is_better", "", ("цена", "совет")),
)


def test_what_is_sent_to_fill_in_holds_no_answer() -> None:
    block = reply_block(QUESTIONS, "ru", 12, 34)
    assert replies_in(block) == [Reply(12, 34, {})]
    assert "1 (0-10): " in block.splitlines()
    assert "2 (цена; совет): " in block.splitlines()


def test_filled_in_and_quoted_lines_are_read() -> None:
    block = reply_block(QUESTIONS, "bg", 12, 34)
    filled = block.replace("1 (0-10): ", "1 (0-10): 9").replace("2 (цена; совет): ", "2 (цена; совет): цена")
    quoted = "\n".join(f"> > {line}" for line in filled.splitlines())
    expected = [Reply(12, 34, {"1": "9", "2": "цена"})]
    assert replies_in(quoted) == expected
    assert replies_in(f"{filled}\n\nписал:\n{quoted}") == expected


def test_an_answer_above_its_empty_quotation_counts() -> None:
    assert replies_in("#survey 12\n1: 7\n*: да\n\n> #survey 12\n> #code 3\n> 1 (0-10): \n> *: ") == [
        Reply(12, 3, {"1": "7", "*": "да"})
    ]


def test_words_go_on_in_further_lines_until_an_empty_one() -> None:
    text = "#survey 12\n2: долго ждали\nи не дождались\n\nС уважением\nАнна"
    assert replies_in(text) == [Reply(12, None, {"2": "долго ждали и не дождались"})]


def test_several_replies_in_one_text() -> None:
    assert replies_in("#survey 1\n1: 5\n#survey 2\n1: 6") == [
        Reply(1, None, {"1": "5"}),
        Reply(2, None, {"1": "6"}),
    ]


def test_a_text_without_a_marker_is_no_reply() -> None:
    assert replies_in("1: 5\n2: да") == []
    assert replies_in("#survey x\n1: 5") == []
